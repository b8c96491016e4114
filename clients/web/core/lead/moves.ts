// The moves of the reporter's lead: each adds one entry, or a few that belong together, to a case. All give 'refused',
// in words for the person, when the rules or the keys do not allow it.

import { Compartment, compartmentName, kMembersPerGrantMax, ReleaseCause } from '../../generated/rules.ts';
import { compare, equal } from '../crypto/bytes.ts';
import { good, type Bad } from '../expected.ts';
import { fail, type CoreError, type Result } from '../errors.ts';
import type { CompartmentEpoch, Delegate } from '../protocol/entry.ts';
import type { Day, MemberId } from '../protocol/ids.ts';
import { sealGrant } from '../seal.ts';
import { forbidden, type Addition, type Certificates } from './addition.ts';
import { epochsAfterRevoking, granteesOf, idsOf, nextEpochs } from './next_epochs.ts';
import { startOwners, startShutOut } from './owners_epochs.ts';
import { ownersKeys, sealDelegate, sealRelease, sealRevoke, sealWithdraw } from './seal_lead.ts';

export interface LetIn {
  readonly people: readonly MemberId[];
  readonly compartments: readonly Compartment[];
  readonly lastDay?: Day; // without it: until revoked
  readonly holder?: boolean; // moves the lead to them; one person only
  readonly fromNow?: boolean; // nothing from before: new epochs begin; the owner's alone
  readonly standsInFor?: MemberId; // dormant: served only if needed; one person
}

const refuse = (message: string): Bad<CoreError> => fail('refused', 'forbidden', message);

// By the owner, or a delegate. What is named is read whole, every epoch the author holds, unless from now on.
export async function letIn(addition: Addition, who: LetIn, certificates: Certificates): Promise<Result<void>> {
  const { people, compartments, lastDay = 0, holder = false, standsInFor } = who;
  if (people.length > kMembersPerGrantMax)
    return fail('refused', 'too many readers', `at most ${kMembersPerGrantMax} people can be let in at once`);
  if ((holder || standsInFor !== undefined) && people.length !== 1)
    return refuse('one person leads, and one stands in');
  if (who.fromNow) return letInFromNow(addition, who, certificates);
  const begun = await startShutOut(addition, compartments);
  if (!begun.ok) return begun;
  // Where nobody is left to carry on, it begins with the newcomer.
  if (compartments.some((compartment) => addition.shutOut.includes(compartment))) {
    const now = await letInFromNow(addition, who, certificates);
    if (!now.ok) return now;
  }
  const keys = keysToGive(addition, compartments);
  if (!keys.ok) return keys;
  const theirs = await certificates(people);
  if (!theirs.ok) return theirs;
  const grantees = theirs.value.map((certificate) => ({ certificate, keys: keys.value, holder, lastDay }));
  const { author, place, random, work } = addition;
  return addition.take(await sealGrant(author, place, grantees, standsInFor, addition.keys, random, work));
}

// Every epoch of these compartments that the author holds, and may give; ascending. 'refused' when the newest of one is
// missing.
export function keysToGive(addition: Addition, compartments: readonly Compartment[]): Result<CompartmentEpoch[]> {
  const { access, author, day } = addition;
  const me = author.memberId;
  const keys = addition.keys.which.filter(
    ({ compartment, epoch }) =>
      compartments.includes(compartment) && (me === undefined || access.mayRead(me, compartment, epoch, day)),
  );
  for (const compartment of compartments) {
    const newest = access.newestEpoch(compartment)?.number;
    if (keys.some((key) => key.compartment === compartment && key.epoch === newest)) continue;
    const what = compartmentName(compartment);
    return fail('refused', 'not shared', `you hold no key to the newest of "${what}", so you can't share it`);
  }
  return good(keys);
}

// Newcomers in epochs that begin with them, beside all who carry on.
async function letInFromNow(addition: Addition, who: LetIn, certificates: Certificates): Promise<Result<void>> {
  const { access, author, directory, day } = addition;
  if (author.memberId !== undefined) return refuse('only the reporter lets people in from now on alone');
  const next = nextEpochs(access, directory, who.compartments, day);
  const carriesOn = (id: MemberId): boolean => next.readers.some(({ memberId }) => equal(memberId, id));
  if (who.people.some(carriesOn)) return refuse('they read a part of this already');
  const newcomers = await certificates(who.people);
  if (!newcomers.ok) return newcomers;
  const { holder = false, lastDay = 0 } = who;
  return startOwners(addition, who.compartments, (keys) =>
    newcomers.value.map((certificate) => ({ certificate, keys, holder, lastDay })),
  );
}

// By the owner: they are out, and all that they held begins anew for those who remain.
export async function revoke(
  addition: Addition,
  people: readonly MemberId[],
  certificates: Certificates,
): Promise<Result<void>> {
  const { access, author, directory, day, place, random, work } = addition;
  if (author.memberId !== undefined) return forbidden('grantor');
  const out = [...people].sort(compare);
  const next = epochsAfterRevoking(access, directory, out, day);
  const theirs = await certificates(idsOf(next), true);
  if (!theirs.ok) return theirs;
  const started = ownersKeys(author, place, next.starts);
  const grantees = granteesOf(next, theirs.value);
  return addition.take(await sealRevoke(author, place, out, started, grantees, random, work), started);
}

// By the owner: who they are, for one named person. With `text` they say it now, and otherwise share what they said.
// Whoever was given the identity before and not revoked since reads it, too.
export async function sayWhoIAm(
  addition: Addition,
  to: MemberId,
  text: string,
  certificates: Certificates,
): Promise<Result<void>> {
  const { access, day } = addition;
  const { number } = access.newestEpoch(Compartment.identity)!;
  if (text === '' || !access.mayRead(to, Compartment.identity, number, day)) {
    const given = await letIn(addition, { people: [to], compartments: [Compartment.identity] }, certificates);
    if (text === '' || !given.ok) return given;
  }
  return addition.tell(Compartment.identity, { kind: 'report', text, answers: [] });
}

export async function delegate(addition: Addition, made: Omit<Delegate, 'kind'>): Promise<Result<void>> {
  const { author, place, random, work } = addition;
  return addition.take(await work(() => sealDelegate(author, place, { kind: 'delegate', ...made }, random)));
}

export const takeBack = (addition: Addition, from: MemberId): Promise<Result<void>> =>
  delegate(addition, { delegateId: from, people: [], compartments: [], lastDay: 0, ended: true, mayMoveHolder: false });

// By the owner: this milestone is none, and here is why; its term runs anew.
export const dispute = (addition: Addition, seq: number, text: string): Promise<Result<void>> =>
  addition.tell(Compartment.talk, { kind: 'message', text }, { dispute: seq });

// By a member, of themself: they leave the case.
export const releaseSelf = (addition: Addition): Promise<Result<void>> => releaseFor(addition, ReleaseCause.own);
// The same for another reason: they are too near to it.
export const recuse = (addition: Addition): Promise<Result<void>> => releaseFor(addition, ReleaseCause.recused);

async function releaseFor(addition: Addition, cause: ReleaseCause): Promise<Result<void>> {
  const { author, place, random, work } = addition;
  const memberId = author.memberId;
  if (memberId === undefined) return refuse('a reporter withdraws; only a member is released');
  const release = { kind: 'release', memberId, cause } as const;
  return addition.take(await work(() => sealRelease(author, place, release, random)));
}

// By the owner.
export async function withdraw(addition: Addition): Promise<Result<void>> {
  const { author, place, random, work } = addition;
  return addition.take(await work(() => sealWithdraw(author, place, random)));
}
