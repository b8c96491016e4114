// A case as plain text in the reporter's language: what they take along to read, without us.
import { format_day, shown_name } from '../page/words/format.ts';
import { by_whom, reads_what, reads_when, row_text } from './row_text.ts';
import type { CaseView, Organisation } from './session.ts';
import type { Words } from './words/shape.ts';

export function own_text(view: CaseView, organisation: Organisation | null, t: Words): string {
  const rows = view.rows.flatMap((row) => {
    const { line, written } = row_text(row, organisation, t);
    const said = [line, ...written].filter((text) => text !== '');
    return [by_whom(row, t), ...said, ...(row.counts ? [] : [t.case.row.void]), ''];
  });
  const access = view.access.map(
    (row) => `${shown_name(row.name)}: ${reads_what(row.compartments, t)}, ${reads_when(row, t)}`,
  );
  const since = t.case.since(format_day(view.day_opened, t));
  const head = [t.case.title(view.handle_words), organisation?.name ?? '', since, t.case.state[view.state ?? 'unknown']];
  return [...head, '', ...rows, t.case.access, ...access, ''].join('\n');
}
