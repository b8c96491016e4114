// Both legal terms: by when, when met, or that it is late.
import { format_day } from '../../page/words/format.ts';
import { use_app } from '../app_context.ts';
import type { CaseView, Clock, Day } from '../session.ts';

const is_late = ({ met_day, due_day }: Clock, today: Day): boolean => met_day === null && today > due_day;

// Of what an entry says was done; null: none that can be disputed.
export function Dispute({ seq, about }: { seq: number | null; about: string }) {
  const { app, t } = use_app();
  return seq === null ? null : (
    <button type="button" class="link" data-dispute={seq} onClick={() => app.step('dispute', seq)}>
      {t.lead.dispute.button}
      <span class="unseen">: {about}</span>
    </button>
  );
}

function ClockRow({ title, clock, today }: { title: string; clock: Clock; today: Day }) {
  const { t } = use_app();
  const late = is_late(clock, today);
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
        <Dispute seq={clock.met_by} about={title} />
      </dd>
    </div>
  );
}

export function Clocks({ view }: { view: CaseView }) {
  const { t } = use_app();
  const clocks = view.clocks;
  const late =
    clocks &&
    (is_late(clocks.acknowledge, view.today) || is_late(clocks.feedback, view.today));
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
