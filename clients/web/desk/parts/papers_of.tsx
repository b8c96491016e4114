// What the adviser keeps for themself about a case: labels, and which cases belong together.
import { useState } from 'preact/hooks';
import { kBelongsWithMax, kLabelBytesMax, kLabelsPerCaseMax } from '../../generated/rules.ts';
import { exactly, fromHex } from '../../core/crypto/bytes.ts';
import { kNoPapers } from '../../core/desk/papers.ts';
import { handleWords } from '../../core/names.ts';
import { Handle } from '../../core/protocol/ids.ts';
import { use_case } from '../app_context.ts';
import { labels_of } from '../papers.ts';
import { use_draft } from './draft.tsx';
import { WorkLine } from './work_line.tsx';

// Kept when the field is left. What can't be kept stays in it, and it says so.
function Labels() {
  const { app, open, state, t } = use_case();
  const { key } = open.row;
  const [typed, type] = use_draft('labels');
  const [edited, edit] = useState<string | null>(null);
  const shown = edited ?? (typed || (state.papers.get(key) ?? kNoPapers).labels.join(', '));
  const is_wrong = labels_of(shown) === null;
  const change = (text: string | null): void => {
    edit(text);
    type(text ?? '');
  };
  const keep = (): void => {
    const labels = labels_of(shown);
    if (labels === null || (edited === null && typed === '')) return;
    app.paper(key, { labels });
    change(null);
  };
  return (
    <div class="field">
      <label for="labels">{t.papers.labels}</label>
      <input
        type="text"
        id="labels"
        autocomplete="off"
        spellcheck={false}
        dir="auto"
        value={shown}
        aria-invalid={is_wrong ? 'true' : undefined}
        aria-describedby={is_wrong ? 'labels-wrong' : undefined}
        onInput={(event) => change(event.currentTarget.value)}
        onChange={keep}
        onBlur={keep}
      />
      {is_wrong && (
        <p class="warn" role="alert" id="labels-wrong">
          {t.papers.labels_wrong(kLabelsPerCaseMax, kLabelBytesMax)}
        </p>
      )}
    </div>
  );
}

function Belongs() {
  const { app, open, state, t } = use_case();
  const { key } = open.row;
  const of = (other: string): readonly string[] => state.papers.get(other)?.belongsWith ?? [];
  const mine = of(key);
  const reads = (other: string): boolean => state.rows.some((row) => row.key === other);
  const name_of = (other: string): string => handleWords(exactly(Handle, fromHex(other)!)); // also of one that is read no more
  const has_room = (other: string): boolean => of(other).length < kBelongsWithMax;
  const others = has_room(key) ? state.rows.filter((row) => row.key !== key && !mine.includes(row.key) && has_room(row.key)) : [];
  // What belongs together does so both ways.
  const join = (other: string): void => {
    app.paper(key, { belongsWith: [...mine, other] });
    app.paper(other, { belongsWith: [...of(other).filter((one) => one !== key), key] });
  };
  const part = (other: string): void => {
    app.paper(key, { belongsWith: mine.filter((one) => one !== other) });
    app.paper(other, { belongsWith: of(other).filter((one) => one !== key) });
  };
  return (
    <div class="field">
      <label for="belongs">{t.papers.belongs}</label>
      <ul class="file-list">
        {mine.map((other) => (
          <li key={other}>
            {reads(other) ? (
              <button type="button" class="link" onClick={() => app.go(other)}>
                {name_of(other)}
              </button>
            ) : (
              <span translate={false}>{name_of(other)}</span>
            )}{' '}
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
  );
}

export function PapersOf() {
  const { t } = use_case();
  return (
    <details class="fold" id="fold-papers">
      <summary>{t.papers.title}</summary>
      <p class="hint">{t.papers.hint}</p>
      <Labels />
      <WorkLine name="papers" />
      <WorkLine name="read_papers" quiet />
      <Belongs />
    </details>
  );
}
