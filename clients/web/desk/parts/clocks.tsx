// Both legal terms: by when, when met, or that it is late.
import { CaseState } from '../../generated/rules.ts';
import { overdue, type Clock } from '../../core/protocol/calendar.ts';
import { format_day } from '../../page/words/format.ts';
import { use_case } from '../app_context.ts';

function OneClock({ title, clock }: { title: string; clock: Clock }) {
  const { app, t } = use_case();
  const late = overdue(clock, app.session.today);
  const words = clock.metDay !== 0 ? t.case.met : late ? t.case.overdue : t.case.due;
  return (
    <div class={late ? 'clock clock-late' : clock.metDay !== 0 ? 'clock clock-met' : 'clock'}>
      <dt>{title}</dt>
      <dd>{words(format_day(clock.metDay || clock.dueDay, t))}</dd>
    </div>
  );
}

export function Clocks() {
  const { open, t } = use_case();
  const { clocked, clocks, state } = open.state;
  if (!clocked || state === CaseState.withdrawn) return <p class="hint">{t.case.no_clock}</p>;
  return (
    <dl class="clocks" aria-label={t.case.clocks}>
      <OneClock title={t.case.acknowledge} clock={clocks.acknowledge} />
      <OneClock title={t.case.feedback} clock={clocks.feedback} />
    </dl>
  );
}
