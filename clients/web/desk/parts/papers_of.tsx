// What the adviser keeps for themself about a case: labels, and which cases belong together.
import { use_case } from '../app_context.ts';
import type { Paper } from '../inbox.ts';

const kLabelsMax = 16;
const kNoPaper: Pick<Paper, 'labels' | 'belongs_with'> = { labels: [], belongs_with: [] };

export function PapersOf() {
  const { app, open, state, t } = use_case();
  const { key } = open.row;
  const { labels, belongs_with } = state.papers.get(key) ?? kNoPaper;
  const name_of = (other: string): string => state.rows.find((row) => row.key === other)?.name ?? '';
  const others = state.rows.filter((row) => row.key !== key && !belongs_with.includes(row.key));
  // What belongs together does so both ways.
  const join = (other: string): void => {
    const theirs = state.papers.get(other)?.belongs_with ?? [];
    app.paper(key, { belongs_with: [...belongs_with, other] });
    app.paper(other, { belongs_with: [...theirs.filter((one) => one !== key), key] });
  };
  const part = (other: string): void => {
    const theirs = state.papers.get(other)?.belongs_with ?? [];
    app.paper(key, { belongs_with: belongs_with.filter((one) => one !== other) });
    app.paper(other, { belongs_with: theirs.filter((one) => one !== key) });
  };
  return (
    <details class="fold" id="fold-papers">
      <summary>{t.papers.title}</summary>
      <p class="hint">{t.papers.hint}</p>
      <div class="field">
        <label for="labels">{t.papers.labels}</label>
        <input
          type="text"
          id="labels"
          autocomplete="off"
          spellcheck={false}
          dir="auto"
          defaultValue={labels.join(', ')}
          onChange={(event) => {
            const typed = event.currentTarget.value.split(',').map((label) => label.trim());
            app.paper(key, { labels: [...new Set(typed)].filter((label) => label !== '').sort().slice(0, kLabelsMax) });
          }}
        />
      </div>
      <h3>{t.papers.belongs}</h3>
      <ul class="file-list">
        {belongs_with.map((other) => (
          <li key={other}>
            <button type="button" class="link" onClick={() => app.go(other)}>
              {name_of(other)}
            </button>
            <button type="button" class="link" onClick={() => part(other)}>
              {t.papers.remove}
              <span class="unseen">: {name_of(other)}</span>
            </button>
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <select
          id="belongs"
          aria-label={t.papers.belongs}
          value=""
          onChange={(event) => {
            const other = event.currentTarget.value;
            event.currentTarget.value = '';
            if (other) join(other);
          }}
        >
          <option value="">{t.papers.belongs_none}</option>
          {others.map((row) => (
            <option key={row.key} value={row.key}>
              {row.name}
            </option>
          ))}
        </select>
      )}
    </details>
  );
}
