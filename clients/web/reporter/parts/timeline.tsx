// What happened in a case, oldest first. People's own words each find their own direction.
import { use_app } from '../app_context.ts';
import { is_open, is_yes } from '../lead.ts';
import { by_whom, row_text } from '../row_text.ts';
import type { CaseView, RowContent, TimelineRow } from '../session.ts';
import { CaseFiles } from './case_files.tsx';

export function Written({ text }: { text: string }) {
  return (
    <p class="written" dir="auto" translate={false}>
      {text}
    </p>
  );
}

// Whether a yes that names people was carried out: said once it is so, and never before.
function CarriedOut({ proposal, seq }: { proposal: number; seq: number }) {
  const { state, t } = use_app();
  const found = state.view?.proposals.find((one) => one.seq === proposal);
  const decided = found?.decision;
  if (!found || found.readers.length === 0 || !decided || decided.seq !== seq || !is_yes(decided.choice)) return null;
  return <p class="hint">{decided.carried_out ? t.lead.question.carried_out : t.lead.question.not_carried_out}</p>;
}

// What is long or known already stands behind its line.
const kFolded: readonly RowContent['kind'][] = ['report', 'summary'];

function Content({ row, closed }: { row: TimelineRow; closed: boolean }) {
  const { app, state, t } = use_app();
  const { content } = row;
  const { line, written } = row_text(row, state.organisation, t);
  if (content.kind === 'outcome')
    return (
      <>
        <h3>{line}</h3>
        <Written text={content.text} />
        <h3>{t.case.row.reason}</h3>
        <Written text={content.reason} />
      </>
    );
  if (content.kind === 'files')
    return (
      <>
        <p>{line}</p>
        <CaseFiles files={content.files} />
      </>
    );
  const texts = written.map((text, place) => <Written key={place} text={text} />);
  const asked = content.kind === 'proposal' && !closed && state.view?.proposals.find(({ seq }) => seq === row.seq);
  return (
    <>
      {line !== '' && <p>{line}</p>}
      {kFolded.includes(content.kind) && texts.length > 0 ? (
        <details>
          <summary>{t.case.row.read}</summary>
          {texts}
        </details>
      ) : (
        texts
      )}
      {content.kind === 'decision' && <CarriedOut proposal={content.proposal} seq={row.seq} />}
      {asked && is_open(asked) && (
        <button type="button" class="link" onClick={() => app.step('question', row.seq, { summary: asked.summary })}>
          {t.lead.look}
          <span class="unseen">: {line}</span>
        </button>
      )}
    </>
  );
}

const kSaid: readonly RowContent['kind'][] = [
  'message',
  'outcome',
  'proposal',
  'unconsented',
  'assessment',
  'triage',
  'sensitive',
  'consultation',
];
const is_said = ({ content }: TimelineRow): boolean => kSaid.includes(content.kind);

function shape_of(row: TimelineRow): string {
  const said = is_said(row);
  if (!row.counts) return 'row row-void';
  if (!said) return 'row';
  return row.mine ? 'row said said-mine' : 'row said said-theirs';
}

// One more line of the same person on the same day needs no name and day again.
function goes_on(row: TimelineRow, before: TimelineRow | undefined): boolean {
  return !is_said(row) && before?.day === row.day && before.mine === row.mine && before.author === row.author;
}

// `closed`: only to read, as for a complaint, whose steps are not asked about here.
export function Timeline({ view, closed = false }: { view: CaseView; closed?: boolean }) {
  const { t } = use_app();
  const last_mine = view.rows.findLast((row) => row.mine)?.seq ?? -1;
  const fresh_from = view.rows.find((row) => row.seq > last_mine)?.seq;
  return (
    <section aria-labelledby="talk">
      <h2 id="talk">{t.case.talk}</h2>
      <ol class="timeline">
        {view.rows.map((row, place) => (
          <li key={row.seq} class={shape_of(row)}>
            {row.seq === fresh_from && (
              <p class="fresh" id="fresh" tabIndex={-1}>
                {t.case.fresh}
              </p>
            )}
            {!goes_on(row, view.rows[place - 1]) && (
              <p class="row-by">
                {by_whom(row, t)}
                {row.content.kind === 'message' && row.content.urgent && (
                  <strong class="state state-urgent">{t.case.urgent}</strong>
                )}
              </p>
            )}
            <Content row={row} closed={closed} />
            {!row.counts && <p class="warn">{t.case.row.void}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}
