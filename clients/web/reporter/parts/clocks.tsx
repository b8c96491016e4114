// Both legal terms: by when, when met, or that it is late.
import { format_day } from '../../page/words/format.ts';
import { use_app } from '../app_context.ts';
import type { CaseView, Clock, Day } from '../session.ts';

function ClockRow({ title, clock, today }: { title: string; clock: Clock; today: Day }) {
  const { app, t } = use_app();
  const { met_by } = clock;
  const late = clock.met_day === null && today > clock.due_day;
  const text =
    clock.met_day !== null
      ? t.case.met(format_day(clock.met_day, t))
      : late
        ? t.case.overdue(format_day(clock.due_day, t))
        : t.case.due(format_day(clock.due_day, t));
  return (
    <div class={late ? 'clock clock-late' : clock.met_day !== null ? 'clock clock-met' : 'clock'}>
      <dt>{title}</dt>
      <dd>
        {text}
        {met_by !== null && (
          <button type="button" class="link" data-dispute={met_by} onClick={() => app.step('dispute', met_by)}>
            {t.lead.dispute.button}
            <span class="unseen">: {title}</span>
          </button>
        )}
      </dd>
    </div>
  );
}

export function Clocks({ view }: { view: CaseView }) {
  const { t } = use_app();
  const clocks = view.clocks;
  const late =
    clocks &&
    [clocks.acknowledge, clocks.feedback].some(
      (clock) => clock.met_day === null && view.today > clock.due_day,
    );
  return (
    <section aria-labelledby="clocks">
      <h2 id="clocks">{t.case.clocks}</h2>
      {clocks ? (
        <dl class="clocks">
          <ClockRow title={t.case.acknowledge} clock={clocks.acknowledge} today={view.today} />
          <ClockRow title={t.case.feedback} clock={clocks.feedback} today={view.today} />
        </dl>
      ) : (
        <p>{t.case.no_clock}</p>
      )}
      {late && <p class="warn">{t.case.overdue_text}</p>}
    </section>
  );
}
