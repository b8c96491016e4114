// What is due, what is urgent and not answered on top.
import { useState } from 'preact/hooks';
import { Heading } from '../../page/parts/heading.tsx';
import { use_app } from '../app_context.ts';
import { count_of, kFilters, wanted } from '../inbox.ts';
import { Alerts } from '../parts/alerts.tsx';
import { Away } from '../parts/away.tsx';
import { InboxRow } from '../parts/inbox_row.tsx';
import { ToTakeOver } from '../parts/take_over.tsx';
import { WorkLine } from '../parts/work_line.tsx';
import { kRowsAtOnce } from '../state.ts';

function Filters() {
  const { app, state, t } = use_app();
  const { rows, papers, wish } = state;
  return (
    <fieldset class="filters">
      <legend class="unseen">{t.inbox.filters}</legend>
      {kFilters.map((filter) => {
        const count = count_of(rows, papers, filter);
        const calls = filter === 'wrong' && count > 0;
        return (
          <label key={filter} class={calls ? 'filter filter-wrong' : 'filter'}>
            <input
              type="radio"
              name="filter"
              id={`filter-${filter}`}
              checked={wish.filter === filter}
              autocomplete="off"
              onChange={() => app.want({ filter })}
            />
            <span>
              {t.inbox.filter[filter]} <span class="count">{count}</span>
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}

function Search() {
  const { app, state, t } = use_app();
  const labels = [...new Set([...state.papers.values()].flatMap((paper) => paper.labels))].sort();
  return (
    <div class="search">
      <div class="field">
        <label for="search">{t.inbox.search}</label>
        <input
          type="text"
          id="search"
          value={state.wish.query}
          autocomplete="off"
          spellcheck={false}
          dir="auto"
          aria-describedby="search-hint"
          onInput={(event) => app.want({ query: event.currentTarget.value })}
        />
        <p class="hint" id="search-hint">
          {t.inbox.search_hint}
        </p>
      </div>
      {labels.length > 0 && (
        <div class="field">
          <label for="label">{t.inbox.label}</label>
          <select id="label" value={state.wish.label} onChange={(event) => app.want({ label: event.currentTarget.value })}>
            <option value="">{t.inbox.any_label}</option>
            {labels.map((label) => (
              <option key={label} value={label}>
                {label}
              </option>
            ))}
          </select>
        </div>
      )}
    </div>
  );
}

// Up and down go from case to case, as in any list one reads all day.
function step(event: KeyboardEvent): void {
  const way = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (way === 0) return;
  const rows = [...document.querySelectorAll<HTMLElement>('.inbox-row')];
  const at = rows.findIndex((row) => row === document.activeElement);
  if (at < 0) return;
  event.preventDefault();
  rows[at + way]?.focus();
}

// Why the list is empty, and the way out where a search emptied it.
function Nothing() {
  const { app, state, t } = use_app();
  const { rows, wish } = state;
  const searches = wish.query.trim() !== '' || wish.label !== '';
  if (rows.length === 0 || !searches) return <p>{rows.length === 0 ? t.inbox.empty : t.inbox.none}</p>;
  const over = (): void => {
    app.want({ query: '', label: '', filter: 'open' });
    document.getElementById('search')?.focus();
  };
  return (
    <p>
      {t.inbox.not_found}{' '}
      <button type="button" class="link" id="search-over" onClick={over}>
        {t.inbox.search_over}
      </button>
    </p>
  );
}

export function Inbox() {
  const { app, state, t } = use_app();
  const [away, set_away] = useState(false);
  const { rows, papers, wish, shown } = state;
  const found = wanted(rows, papers, wish);
  const left = rows.filter((row) => row.brief === null && row.trouble === null).length;
  const looks = app.working('inbox').status === 'going';
  const look = async (): Promise<void> => {
    if (await app.look()) app.announce(t.inbox.looked);
  };
  const more = (): void => {
    app.set({ shown: shown + kRowsAtOnce });
    setTimeout(() => document.querySelectorAll<HTMLElement>('.inbox-row')[shown]?.focus()); // it is drawn first
  };
  const is_loading = looks && rows.length === 0;
  return (
    <main id="content" class="page page-inbox">
      <div class="inbox-head">
        <Heading title={t.inbox.title} />
        <button type="button" class="link" id="check" aria-disabled={looks} onClick={() => void look()}>
          {looks ? t.going : t.inbox.check}
        </button>
      </div>
      <Alerts />
      <ToTakeOver />
      <Search />
      <Filters />
      <p class="hint inbox-count">
        <span role="status">{t.inbox.found(found.length)}</span>
        {left > 0 && <span id="left"> · {t.inbox.opening(left)}</span>}
      </p>
      <WorkLine name="inbox" quiet={rows.length > 0} />
      <WorkLine name="case" />
      {found.length === 0 && !is_loading && <Nothing />}
      <ul class="inbox" aria-label={t.inbox.list} onKeyDown={step}>
        {found.slice(0, shown).map((row) => (
          <li key={row.key}>
            <InboxRow row={row} />
          </li>
        ))}
      </ul>
      {found.length > shown && (
        <button type="button" class="button button-quiet" id="more" onClick={more}>
          {t.inbox.more}
        </button>
      )}
      <details class="fold" id="fold-away" onToggle={() => set_away(true)}>
        <summary>{t.away.title}</summary>
        {away && <Away />}
      </details>
    </main>
  );
}
