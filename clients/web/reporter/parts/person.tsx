// Somebody of the directory, as a reporter needs to know them.
import { use_app } from '../app_context.ts';
import type { Person } from '../session.ts';
import { format_day, format_list, language_name } from '../words/languages.ts';

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
      {person.key_changed_day !== null && (
        <span class="choice-line warn">{t.adviser.changed(format_day(person.key_changed_day, t))}</span>
      )}
    </>
  );
}

// The name people see: as the directory has it, with a capital.
export function shown_name(name: string): string {
  return name.charAt(0).toLocaleUpperCase() + name.slice(1);
}
