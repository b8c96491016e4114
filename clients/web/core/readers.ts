// Who reads a new case: from the names a reporter gave to people of the directory.

import { CaseKind, kMembersPerGrantMax, Role } from '../generated/rules.ts';
import { equal } from './crypto/bytes.ts';
import { good } from './expected.ts';
import { fail, type Result } from './errors.ts';
import type { OpeningDraft } from './outbox.ts';
import { isGone, type Directory, type Person } from './protocol/directory.ts';
import type { Day, MemberId } from './protocol/ids.ts';

export interface FoundReaders {
  readonly members: readonly MemberId[]; // the first is the holder
  readonly standIn: MemberId | undefined;
}

// Whom a reporter may choose, and who reads signals.
export const mayBeChosen = ({ role }: Person): boolean =>
  role === Role.adviser || role === Role.stand_in || role === Role.coordinator;
export const readsSignals = ({ role }: Person): boolean => role === Role.coordinator || role === Role.reflection;

// Names, or all advisers of a unit; a signal goes to the coordinators and the reflection room, whoever is named.
export function findReaders(draft: OpeningDraft, directory: Directory, today: Day): Result<FoundReaders> {
  const members = findMembers(draft, directory, today);
  if (!members.ok) return members;
  if (members.value.length > kMembersPerGrantMax)
    return fail('bad input', 'too many readers', `at most ${kMembersPerGrantMax} people can be let in at once`);
  if (draft.standIn === '') return good({ members: members.value, standIn: undefined });
  const standIn = adviserNamed(draft.standIn, directory, today);
  if (!standIn.ok) return standIn;
  if (members.value.some((member) => equal(member, standIn.value)))
    return fail('bad input', 'stand-in already reads', `"${draft.standIn}" already reads this case`, draft.standIn);
  return good({ members: members.value, standIn: standIn.value });
}

function findMembers(draft: OpeningDraft, directory: Directory, today: Day): Result<MemberId[]> {
  const here = (test: (person: Person) => boolean): MemberId[] =>
    directory.content.people.filter((person) => !isGone(person, today) && test(person)).map((person) => person.memberId);
  if (draft.story.opening.caseKind === CaseKind.signal) {
    const members = here(readsSignals);
    if (members.length > 0) return good(members);
    return fail('bad input', 'nobody reads signals', 'this organisation has nobody who reads signals');
  }
  const members: MemberId[] = [];
  for (const name of draft.to) {
    const member = adviserNamed(name, directory, today);
    if (!member.ok) return member;
    if (!members.some((other) => equal(other, member.value))) members.push(member.value);
  }
  if (members.length === 0 && draft.unit !== '') {
    const unit = directory.unitNamed(draft.unit);
    if (unit === undefined) return fail('bad input', 'no such unit', `there is no unit "${draft.unit}"`, draft.unit);
    members.push(...here((person) => person.role === Role.adviser && person.unitId === unit.id));
  }
  return members.length > 0 ? good(members) : fail('bad input', 'nobody chosen', 'choose who reads this');
}

function adviserNamed(name: string, directory: Directory, today: Day): Result<MemberId> {
  const person = personHere(directory, name, today);
  if (person && mayBeChosen(person)) return good(person.memberId);
  return fail('bad input', 'not an adviser', `"${name}" is not an adviser`, name);
}

// Who is here that day under this name: whoever leaves later still is. Of two, the one of whom nobody said that they
// leave.
export const personHere = (directory: Directory, name: string, today: Day): Person | undefined =>
  directory.personNamed(name) ?? directory.content.people.find((one) => one.name === name && !isGone(one, today));
