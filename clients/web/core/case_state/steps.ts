// A case's log as the plain list that the fold takes: who did what, by what they held that day, and who holds what from
// then on. No keys, no signatures.

import { bit, Compartment, EntryKind, StepRole, type Role } from '../../generated/rules.ts';
import type { OpenedCase } from '../case_log.ts';
import { equal } from '../crypto/bytes.ts';
import type { Digest } from '../crypto/hash.ts';
import type { Event } from '../event.ts';
import { Access, type LiveGrant } from '../protocol/access.ts';
import type { Directory } from '../protocol/directory.ts';
import { handleOf, type Header } from '../protocol/entry.ts';
import type { Day, MemberId } from '../protocol/ids.ts';

// What one live grant holds.
export interface Holding {
  readonly memberId: MemberId;
  readonly compartments: number; // a mask of bit(Compartment)
  readonly lastDay: Day; // 0: until revoked
  readonly office: Role | undefined; // what the directory says they are; nothing: not in it
  readonly leftDay?: Day | undefined; // of the organisation; 0 or nothing: still here
}

// The compartments this member holds that day, as a mask.
export function heldBy(holdings: readonly Holding[], member: MemberId | undefined, day: Day): number {
  let held = 0;
  if (member === undefined) return held;
  for (const { memberId, compartments, lastDay } of holdings)
    if ((lastDay === 0 || day <= lastDay) && equal(memberId, member)) held |= compartments;
  return held;
}

// One entry that counts.
export interface Step {
  readonly seq: number;
  readonly day: Day;
  readonly hash: Digest;
  readonly entry: EntryKind;
  readonly role: StepRole;
  readonly author: MemberId | undefined; // nothing for the owner
  readonly office?: Role | undefined; // the author's, as in Holding; nothing for the owner
  readonly earlier?: boolean; // made under another directory than the newest
  // Of an event:
  readonly compartment?: Compartment;
  readonly urgent?: boolean;
  readonly event?: Event | undefined; // nothing when it is not this keyholder's to read
  // Of an entry that changes access:
  readonly holdings?: readonly Holding[];
}

function holdingsOf(access: Access, directory: Directory): Holding[] {
  return access.grants
    .filter((grant) => !grant.dormant)
    .map(({ memberId, keys, lastDay }) => {
      const person = directory.person(memberId);
      const compartments = keys.reduce((held, key) => held | bit(key.compartment), 0);
      return { memberId, compartments, lastDay, office: person?.role, leftDay: person?.leftDay };
    });
}

function roleOf(live: readonly LiveGrant[]): StepRole {
  if (!live.some((grant) => grant.keys.some((key) => key.compartment === Compartment.talk))) return StepRole.reader;
  return live.some((grant) => grant.holder) ? StepRole.holder : StepRole.member;
}

// Who wrote it, by what they held before it.
function authorOf(header: Header, access: Access, directory: Directory): Pick<Step, 'role' | 'author' | 'office'> {
  if (equal(handleOf(header.author), header.handle)) return { role: StepRole.owner, author: undefined };
  const person = directory.author(header.author, header.day, header.directoryHash);
  if (person === undefined) return { role: StepRole.reader, author: undefined };
  const role = roleOf(access.live(person.memberId, header.day));
  return { role, author: person.memberId, office: person.role };
}

// The entries that count, in order.
export function stepsOf(opened: OpenedCase, directory: Directory): Step[] {
  const steps: Step[] = [];
  let access = Access.empty; // as it grew: opened.access is how it ended
  for (const { entry, counts, event } of opened.entries) {
    const { header, hash } = entry;
    const { seq, day, kind, fields } = header;
    const author = authorOf(header, access, directory);
    const admitted = access.admit(header, directory);
    if (admitted.ok) access = admitted.value;
    if (!counts || !admitted.ok) continue;
    const step = { seq, day, hash, entry: kind, earlier: !equal(header.directoryHash, directory.hash), ...author };
    if (fields.kind === 'event') {
      const { compartment, urgent } = fields;
      steps.push({ ...step, compartment, urgent, event });
    } else steps.push({ ...step, holdings: holdingsOf(access, directory) });
  }
  return steps;
}
