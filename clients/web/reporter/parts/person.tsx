// Somebody of the directory, as a reporter needs to know them.
import { format_day, format_list, kWeek, language_name, shown_name, weekday_name } from '../../page/words/format.ts';
import { use_app } from '../app_context.ts';
import type { Person } from '../session.ts';
import { KeyChanged } from './key_changed.tsx';

// Nothing for who is here.
export function Away({ id }: { id: string }) {
  const { state, t } = use_app();
  const found = state.at_work.get(id);
  if (!found?.away_until) return null;
  return <span class="choice-line warn">{t.adviser.away(format_day(found.away_until, t), shown_name(found.stand_in))}</span>;
}

// Nothing for who works every day, or has not said.
function WorkingDays({ id }: { id: string }) {
  const { state, t } = use_app();
  const mask = state.at_work.get(id)?.days ?? 0;
  const days = kWeek.filter((day) => (mask >> day) & 1).map((day) => weekday_name(day, t));
  return days.length % 7 ? <span class="choice-line">{t.adviser.works(format_list(days, t))}</span> : null;
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
      <WorkingDays id={person.id} />
      <Away id={person.id} />
      <KeyChanged id={person.id} />
    </>
  );
}
