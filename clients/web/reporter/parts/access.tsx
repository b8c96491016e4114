// Who can read which part, and since when; who may let others in; and taking it back.
import { format_day, format_list, shown_name } from '../../page/words/format.ts';
import { use_app } from '../app_context.ts';
import { reads_what, reads_when } from '../row_text.ts';
import type { AccessRow, CaseView } from '../session.ts';
import { Away } from './person.tsx';
import { WorkStrip } from './work_strip.tsx';

const kEnd = 'end_delegation:';

// Grants that would read the same but for what they give read as one.
export function merged(rows: readonly AccessRow[]): readonly AccessRow[] {
  const found = new Map<string, AccessRow>();
  for (const row of rows) {
    const key = key_of(row);
    const before = found.get(key) ?? row;
    const compartments = [...new Set([...before.compartments, ...row.compartments])];
    found.set(key, { ...before, compartments, holder: before.holder || row.holder });
  }
  return [...found.values()];
}

const key_of = ({ id, dormant, stands_in_for, since_day, last_day }: AccessRow): string =>
  `${id} ${last_day} ${dormant ? stands_in_for : since_day}`;

function Row({ row, closed }: { row: AccessRow; closed: boolean }) {
  const { app, t } = use_app();
  const name = shown_name(row.name);
  return (
    <li class={row.dormant ? 'dormant' : ''}>
      <span class="access-name">
        {name}
        {row.holder && !row.dormant && <span class="hint"> {t.case.access_holder}</span>}
      </span>
      <span>{reads_what(row.compartments, t)}</span>
      <span class="hint">{reads_when(row, t)}</span>
      <Away id={row.id} />
      {!closed && (
        <button type="button" class="link" data-take-back={row.name} onClick={() => app.step('take_back', row.id)}>
          {t.lead.access.take_back}
          <span class="unseen">: {name}</span>
        </button>
      )}
    </li>
  );
}

// `closed`: only to look at.
export function Access({ view, closed = false }: { view: CaseView; closed?: boolean }) {
  const { app, state, t } = use_app();
  const end = (from: string): void => {
    app.acting.about(`${kEnd}${from}`);
    void app.acting.move({ kind: 'end_delegation', from }).then((ended) => ended && app.announce(t.lead.accepted));
  };
  return (
    <section aria-labelledby="access">
      <h2 id="access">{t.case.access}</h2>
      <ul class="access">
        {merged(view.access).map((row) => (
          <Row key={key_of(row)} row={row} closed={closed} />
        ))}
        {!closed &&
          view.delegations.map(({ id, name, people, compartments, last_day }) => (
            <li key={`${id} ${people.join()} ${last_day}`} class="delegation">
              <span>{t.lead.access.may_let_in(shown_name(name), format_list(people.map(shown_name), t))}</span>
              <span class="hint">
                {t.lead.access.may_what(
                  reads_what(compartments, t),
                  format_day(last_day, t),
                )}
              </span>
              <button type="button" class="link" data-end-delegation={name} onClick={() => end(id)}>
                {t.lead.delegate.end}
                <span class="unseen">: {shown_name(name)}</span>
              </button>
              {state.lead.about === `${kEnd}${id}` && <WorkStrip work={state.lead.acting} />}
            </li>
          ))}
      </ul>
      <p class="hint">{t.case.access_server}</p>
      {!closed && (
        <button type="button" class="button button-quiet" id="let-in" onClick={() => app.step('let_in')}>
          {t.lead.access.let_in}
        </button>
      )}
    </section>
  );
}
