// Somebody of the directory, as a reporter needs to know them.
import { format_day, format_list, language_name, shown_name } from '../../page/words/format.ts';
import { use_app } from '../app_context.ts';
import type { Person } from '../session.ts';

// Nothing for who is here.
export function Away({ id }: { id: string }) {
  const { state, t } = use_app();
  const absence = state.absences.get(id);
  if (!absence) return null;
  const { until, stand_in } = absence;
  return <span class="choice-line warn">{t.adviser.away(format_day(until, t), shown_name(stand_in))}</span>;
}

export function PersonLines({ person }: { person: Person }) {
  const { t } = use_app();
  const spoken = format_list(
    person.languages.map((code) => language_name(code, t)),
    t,
  );
  return (
    <>
      <span class="choice-line">{t.adviser.unit(person.unit)}</span>
      {person.line && (
        <span class="choice-line person-line" dir="auto" translate={false}>
          {person.line}
        </span>
      )}
      {spoken && (
        <span class="choice-line">
          {t.adviser.speaks}: {spoken}
        </span>
      )}
      <Away id={person.id} />
      {person.key_changed_day !== null && (
        <span class="choice-line warn">{t.adviser.changed(format_day(person.key_changed_day, t))}</span>
      )}
    </>
  );
}
