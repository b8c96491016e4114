// Who reads a new case: whom a reporter chose, as long as they are here and may be chosen.

import { CaseKind, kMembersPerGrantMax, Role } from '../generated/rules.ts';
import { equal } from './crypto/bytes.ts';
import { done, good } from './expected.ts';
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

// A signal goes to the coordinators and the reflection room, whoever was chosen.
export function findReaders(draft: OpeningDraft, directory: Directory, today: Day): Result<FoundReaders> {
  const { to, standIn } = draft;
  const signal = draft.story.opening.caseKind === CaseKind.signal;
  const members = signal ? signalReaders(directory, today) : to;
  if (members.length === 0)
    return signal
      ? fail('bad input', 'nobody reads signals', 'this organisation has nobody who reads signals')
      : fail('bad input', 'nobody chosen', 'choose who reads this');
  if (members.length > kMembersPerGrantMax)
    return fail('bad input', 'too many readers', `at most ${kMembersPerGrantMax} people can be let in at once`);
  for (const id of [...(signal ? [] : to), ...(standIn ? [standIn] : [])]) {
    const chosen = demandChosen(id, directory, today);
    if (!chosen.ok) return chosen;
  }
  if (standIn && members.some((member) => equal(member, standIn)))
    return fail('bad input', 'stand-in already reads', 'who stands in already reads this case');
  return good({ members, standIn });
}

const signalReaders = ({ content: { people } }: Directory, today: Day): MemberId[] =>
  people.filter((person) => !isGone(person, today) && readsSignals(person)).map(({ memberId }) => memberId);

function demandChosen(id: MemberId, directory: Directory, today: Day): Result<void> {
  const person = directory.person(id);
  if (person && !isGone(person, today) && mayBeChosen(person)) return done;
  const name = person?.name ?? 'somebody';
  return fail('bad input', 'not an adviser', `"${name}" is not an adviser`, name);
}
