// A case as plain text in the reporter's language: what they take along to read, without us.
import { format_day, shown_name } from '../page/words/format.ts';
import type { Proposal, ProposedReader } from './lead.ts';
import { by_whom, reads_what, reads_when, row_text, unconsented_text } from './row_text.ts';
import type { CaseView, Organisation } from './session.ts';
import type { Words } from './words/shape.ts';

// Who would be let in to what, and the text they would read, as it was drafted.
function proposed({ readers, summary }: Proposal, t: Words): string[] {
  const { question, access, row } = t.lead;
  const would_read = ({ name, compartments, lead, last_day }: ProposedReader): string =>
    [
      `${shown_name(name)} ${question.reads(reads_what(compartments, t))}`,
      lead && question.leads,
      last_day !== null && access.until(format_day(last_day, t)),
    ]
      .filter(Boolean)
      .join(', ');
  return [
    `${question.readers}:`,
    ...(readers.length > 0 ? readers.map(would_read) : [question.nobody]),
    ...(summary === '' ? [] : [row.draft, summary]),
  ];
}

export function own_text(view: CaseView, organisation: Organisation | null, t: Words): string {
  const rows = view.rows.flatMap((row) => {
    const { line, written } = row_text(row, organisation, t);
    const said = [line, ...written].filter((text) => text !== '');
    // What the screens show elsewhere than in the timeline.
    const beside = [
      ...view.unconsented.filter(({ seq }) => seq === row.seq).map((one) => unconsented_text(one, t)),
      ...view.proposals.filter(({ seq }) => seq === row.seq).flatMap((one) => proposed(one, t)),
    ];
    return [by_whom(row, t), ...said, ...beside, ...(row.counts ? [] : [t.case.row.void]), ''];
  });
  const access = view.access.map(
    (row) => `${shown_name(row.name)}: ${reads_what(row.compartments, t)}, ${reads_when(row, t)}`,
  );
  const since = t.case.since(format_day(view.day_opened, t));
  const head = [t.case.title(view.handle_words), organisation?.name ?? '', since, t.case.state[view.state ?? 'unknown']];
  return [...head, '', ...rows, t.case.access, ...access, ''].join('\n');
}
