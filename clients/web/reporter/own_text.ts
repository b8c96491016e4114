// A case as plain text in the reporter's language: what they take along to read, without us.
import { format_day, format_list, shown_name } from '../page/words/format.ts';
import { row_text } from './row_text.ts';
import type { CaseView, Organisation } from './session.ts';
import type { Words } from './words/shape.ts';

export function own_text(view: CaseView, organisation: Organisation | null, t: Words): string {
  const rows = view.rows.flatMap((row) => {
    const who = row.mine ? t.common.you : shown_name(row.author);
    const { line, written } = row_text(row, organisation, t);
    const said = [line, ...written].filter((text) => text !== '');
    return [t.case.row.by(who, format_day(row.day, t)), ...said, ...(row.counts ? [] : [t.case.row.void]), ''];
  });
  const access = view.access.map((row) => {
    const what = format_list(row.compartments.map((one) => t.case.compartment[one]), t);
    const since = row.dormant ? t.case.access_dormant : t.case.access_since(format_day(row.since_day, t));
    return `${shown_name(row.name)}: ${what}, ${since}`;
  });
  const head = [t.case.title(view.handle_words), organisation?.name ?? '', t.case.since(format_day(view.day_opened, t))];
  return [...head, t.case.state[view.state], '', ...rows, t.case.access, ...access, ''].join('\n');
}
