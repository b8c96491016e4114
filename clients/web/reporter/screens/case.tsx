// A case, as its owner sees it: what waits, the terms, what happened, who reads along, and talking.
import { format_day } from '../../page/words/format.ts';
import { use_app } from '../app_context.ts';
import { Access } from '../parts/access.tsx';
import { Clocks } from '../parts/clocks.tsx';
import { Page } from '../parts/page.tsx';
import { Talk } from '../parts/talk.tsx';
import { Timeline } from '../parts/timeline.tsx';
import { WorkStrip } from '../parts/work_strip.tsx';
import { Waiting } from '../parts/waiting.tsx';
import type { CaseView } from '../session.ts';

function Alarms({ view }: { view: CaseView }) {
  const { t } = use_app();
  if (view.alarms.length === 0) return null;
  return (
    <section class="alarms" aria-labelledby="alarms">
      <h2 id="alarms">{t.alarm.title}</h2>
      <ul>
        {view.alarms.map((alarm) => (
          <li key={`${alarm.seq}-${alarm.kind}`}>{t.alarm[alarm.kind]}</li>
        ))}
      </ul>
      <p>{t.alarm.text}</p>
    </section>
  );
}

function Standing({ view }: { view: CaseView }) {
  const { t } = use_app();
  const waiting = {
    adviser: t.case.waiting_adviser,
    reporter: t.case.waiting_reporter,
    nobody: t.case.waiting_nobody,
  }[view.waiting_for];
  return (
    <section class="standing" aria-labelledby="standing">
      <h2 id="standing">{t.case.waiting}</h2>
      <p>
        <strong class="state">{t.case.state[view.state]}</strong>
        {view.urgent && <strong class="state state-urgent">{t.case.urgent}</strong>}
      </p>
      <p>{waiting}</p>
      {view.waiting_for === 'reporter' && (
        <button type="button" class="link" id="to-fresh" onClick={() => document.getElementById('fresh')?.focus()}>
          {t.case.to_fresh}
        </button>
      )}
      {view.state === 'paused' && <p>{t.case.state_paused}</p>}
      {view.state === 'closed' && <p>{t.case.state_closed}</p>}
    </section>
  );
}

export function Case() {
  const { app, state, t } = use_app();
  const view = state.view;
  if (!view) return <Waiting title={t.back.opening} />;
  const going = state.opening.status === 'going';
  return (
    <Page title={t.case.title(view.handle_words)} intro={t.case.since(format_day(view.day_opened, t))} wide>
      <Alarms view={view} />
      <div class="case">
        <Standing view={view} />
        <div class="case-talk">
          <Timeline view={view} />
          <WorkStrip work={state.opening} retry={() => app.look_again()} />
          <button
            type="button"
            class="button button-quiet"
            id="look-again"
            disabled={going}
            onClick={() => app.look_again()}
          >
            {t.case.check}
          </button>
          <Talk files />
        </div>
        <div class="case-side">
          <Clocks view={view} />
          <Access view={view} />
        </div>
      </div>
      <section class="panel" aria-labelledby="more">
        <h2 id="more">{t.case.more}</h2>
        <p class="hint">{t.case.name_hint}</p>
        <div class="tool-row">
          <button type="button" class="button button-quiet" id="urgent" onClick={() => app.go('urgent')}>
            {t.case.make_urgent}
          </button>
          {view.access.length > 0 && (
            <button type="button" class="button button-quiet" id="another" onClick={() => app.go('another')}>
              {t.case.another}
            </button>
          )}
          <button type="button" class="button button-quiet" id="close" onClick={() => app.close()}>
            {t.case.close}
          </button>
        </div>
      </section>
    </Page>
  );
}
