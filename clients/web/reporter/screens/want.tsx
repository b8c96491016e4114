import { use_app } from '../app_context.ts';
import { Choice, Choices } from '../../page/parts/choice.tsx';
import { Page } from '../parts/page.tsx';
import type { Lead, Want as WantName } from '../session.ts';

export const kWants: readonly WantName[] = ['heard', 'stop', 'repair', 'investigate'];
export const kLeads: readonly Lead[] = ['every_step', 'adviser_shares'];

export function Want() {
  const { app, state, t } = use_app();
  const { wants, lead, kind } = state.draft;
  const choose = (want: WantName, chosen: boolean): void =>
    app.write({ wants: kWants.filter((one) => (one === want ? chosen : wants.includes(one))) });
  return (
    <Page title={t.want.title} back>
      <Choices legend={t.want.title} unseen hint={t.want.hint}>
        {kWants.map((want) => (
          <Choice
            key={want}
            type="checkbox"
            name="want"
            checked={wants.includes(want)}
            title={t.want[want].title}
            line={t.want[want].line}
            on_change={(chosen) => choose(want, chosen)}
          />
        ))}
      </Choices>
      {kind !== 'advice' && (
        <Choices legend={t.want.lead} hint={t.want.lead_limit}>
          {kLeads.map((one) => (
            <Choice
              key={one}
              type="radio"
              name="lead"
              checked={lead === one}
              title={t.want[one].title}
              line={t.want[one].line}
              on_change={() => app.write({ lead: one })}
            />
          ))}
        </Choices>
      )}
      <button type="button" class="button" id="next" onClick={() => app.next()}>
        {t.common.next}
      </button>
    </Page>
  );
}
