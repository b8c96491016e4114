// What the adviser keeps for themself about a case: labels, and which cases belong together.
import { kNoPapers } from '../../core/desk/papers.ts';
import { use_case } from '../app_context.ts';
import { labels_of } from '../papers.ts';
import { use_draft } from './draft.tsx';
import { WorkLine } from './work_line.tsx';

export function PapersOf() {
  const { app, open, state, t } = use_case();
  const { key } = open.row;
  const [typed, type] = use_draft('labels');
  const { labels, belongsWith } = state.papers.get(key) ?? kNoPapers;
  const name_of = (other: string): string => state.rows.find((row) => row.key === other)?.name ?? '';
  const others = state.rows.filter((row) => row.key !== key && !belongsWith.includes(row.key));
  // What belongs together does so both ways.
  const join = (other: string): void => {
    const theirs = state.papers.get(other)?.belongsWith ?? [];
    app.paper(key, { belongsWith: [...belongsWith, other] });
    app.paper(other, { belongsWith: [...theirs.filter((one) => one !== key), key] });
  };
  const part = (other: string): void => {
    const theirs = state.papers.get(other)?.belongsWith ?? [];
    app.paper(key, { belongsWith: belongsWith.filter((one) => one !== other) });
    app.paper(other, { belongsWith: theirs.filter((one) => one !== key) });
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
          defaultValue={typed || labels.join(', ')}
          onInput={(event) => type(event.currentTarget.value)}
          onChange={(event) => {
            app.paper(key, { labels: labels_of(event.currentTarget.value) });
            type('');
          }}
        />
      </div>
      <WorkLine name="papers" />
      <div class="field">
        <label for="belongs">{t.papers.belongs}</label>
        <ul class="file-list">
          {belongsWith.map((other) => (
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
        <select
          id="belongs"
          disabled={others.length === 0}
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
      </div>
    </details>
  );
}
