// Who can read which part, and since when.
import { format_day, format_list, shown_name } from '../../page/words/format.ts';
import { use_app } from '../app_context.ts';
import type { CaseView } from '../session.ts';

export function Access({ view }: { view: CaseView }) {
  const { t } = use_app();
  return (
    <section aria-labelledby="access">
      <h2 id="access">{t.case.access}</h2>
      <ul class="access">
        {view.access.map((row) => (
          <li key={`${row.name}-${row.since_day}-${row.dormant}`} class={row.dormant ? 'dormant' : ''}>
            <span class="access-name">
              {shown_name(row.name)}
              {row.holder && <span class="hint"> {t.case.access_holder}</span>}
            </span>
            <span>{format_list(row.compartments.map((one) => t.case.compartment[one]), t)}</span>
            <span class="hint">
              {row.dormant ? t.case.access_dormant : t.case.access_since(format_day(row.since_day, t))}
            </span>
          </li>
        ))}
      </ul>
      <p class="hint">{t.case.access_server}</p>
    </section>
  );
}
