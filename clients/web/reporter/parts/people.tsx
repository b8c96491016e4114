// Choosing people of the directory: somebody by name, or a committee and who of it is left out.
import { shown_name } from '../../page/words/format.ts';
import { Choice, Choices } from '../../page/parts/choice.tsx';
import { use_app } from '../app_context.ts';
import { kParts, type Part } from '../lead.ts';
import type { Colleague, Organisation, Seat } from '../session.ts';
import { KeyChanged } from './key_changed.tsx';

const kCommittee = 'committee:';

interface PeopleSelectProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly offered: (person: Colleague) => boolean;
  readonly committees?: boolean;
  readonly on_change: (value: string) => void;
}

export function PeopleSelect({ id, label, value, offered, committees = false, on_change }: PeopleSelectProps) {
  const { state, t } = use_app();
  const people = (state.organisation?.people ?? []).filter(offered);
  const seated = (...seats: readonly Seat[]) => people.filter(({ seat }) => seats.includes(seat));
  const units = (state.organisation?.units ?? []).filter(({ id: unit }) =>
    seated('triage').some(({ unit_id }) => unit_id === unit),
  );
  const group = (title: string, group_of: readonly Colleague[]) =>
    group_of.length > 0 && (
      <optgroup label={title}>
        {group_of.map((person) => (
          <option key={person.id} value={person.id}>
            {shown_name(person.name)}, {person.unit}
          </option>
        ))}
      </optgroup>
    );
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} autocomplete="off" value={value} onChange={(event) => on_change(event.currentTarget.value)}>
        <option value="">{t.lead.let_in.choose}</option>
        {committees && units.length > 0 && (
          <optgroup label={t.lead.let_in.committees}>
            {units.map((unit) => (
              <option key={unit.id} value={`${kCommittee}${unit.id}`}>
                {t.lead.let_in.committee(unit.name)}
              </option>
            ))}
          </optgroup>
        )}
        {group(t.lead.let_in.advisers, seated('adviser'))}
        {group(t.lead.let_in.coordinators, seated('coordinator'))}
        {group(t.lead.let_in.others, seated(...(committees ? (['other'] as const) : (['triage', 'other'] as const))))}
      </select>
      <KeyChanged id={value} />
    </div>
  );
}

// Every member of the chosen committee; nobody when one person was chosen.
export function committee_of(value: string, { people }: Organisation): readonly Colleague[] {
  if (!value.startsWith(kCommittee)) return [];
  const unit = Number(value.slice(kCommittee.length));
  return people.filter((person) => person.seat === 'triage' && person.unit_id === unit);
}

// Whom the choice names, without those left out.
export function chosen_people(
  value: string,
  left_out: readonly string[],
  organisation: Organisation,
): readonly string[] {
  if (value === '') return [];
  if (!value.startsWith(kCommittee)) return [value];
  return committee_of(value, organisation).map(({ id }) => id).filter((id) => !left_out.includes(id));
}

// What somebody with this seat is usually given: a committee the summary alone, since style tells who wrote.
export const usual_parts = (value: string): readonly Part[] =>
  value.startsWith(kCommittee) ? ['summary'] : kParts;

export function Members({ members, left_out, on_change }: {
  readonly members: readonly Colleague[];
  readonly left_out: readonly string[];
  readonly on_change: (left_out: readonly string[]) => void;
}) {
  const { t } = use_app();
  if (members.length === 0) return null;
  return (
    <Choices legend={t.lead.let_in.members} hint={t.lead.let_in.members_hint}>
      {members.map(({ id, name }) => (
        <Choice
          key={id}
          type="checkbox"
          name="member"
          checked={!left_out.includes(id)}
          title={shown_name(name)}
          on_change={(reads) => on_change(reads ? left_out.filter((one) => one !== id) : [...left_out, id])}
        >
          <KeyChanged id={id} />
        </Choice>
      ))}
    </Choices>
  );
}
