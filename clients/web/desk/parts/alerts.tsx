// Terms that were missed, for whom the directory names: which case, which unit, which clock, and nothing of its
// content.
import { LegalClock } from '../../generated/rules.ts';
import { toHex } from '../../core/crypto/bytes.ts';
import { handleWords } from '../../core/names.ts';
import { format_day } from '../../page/words/format.ts';
import { use_app } from '../app_context.ts';

export function Alerts() {
  const { app, state, t } = use_app();
  const { alerts, rows } = state;
  if (alerts === null) return null;
  const { directory, today } = app.session;
  const first = [...alerts].sort((a, b) => a.dueDay - b.dueDay);
  return (
    <section class="alarms-list" aria-labelledby="alerts">
      <h2 id="alerts">{t.alerts.title}</h2>
      <p class="hint">{t.alerts.hint}</p>
      {first.length === 0 && <p>{t.alerts.none}</p>}
      <ul class="access">
        {first.map(({ handle, unitId, clock, dueDay, furtherDay }) => {
          const key = toHex(handle);
          const shared = rows.some((row) => row.key === key);
          return (
            <li key={`${key} ${clock}`} class="alert-row" data-alert={handleWords(handle)}>
              <span>
                <strong translate={false}>{handleWords(handle)}</strong> · {directory.unit(unitId)?.name ?? t.kind.unknown} ·{' '}
                {clock === LegalClock.acknowledge ? t.alerts.clock.acknowledge : t.alerts.clock.feedback}
              </span>
              <span class="warn">{t.alerts.was_due(format_day(dueDay, t))}</span>
              <span class="hint">
                {today >= furtherDay ? t.alerts.went_further(format_day(furtherDay, t)) : t.alerts.further(format_day(furtherDay, t))}
              </span>
              {shared && (
                <button type="button" class="link" onClick={() => app.go(key)}>
                  {t.alerts.shared}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
