// What a member, or the owner, owes a case they are in: that it is sealed to their newest key, that nobody who left can
// open what is written next, nobody who is in is shut out of it, and that notes have an epoch somebody holds (protocol
// §3). None of it lets anybody in.

import { Compartment } from '../../generated/rules.ts';
import { keyChangedDay } from '../changed_key.ts';
import { compare, equal } from '../crypto/bytes.ts';
import type { Digest } from '../crypto/hash.ts';
import { done, good } from '../expected.ts';
import { fail, type Result } from '../errors.ts';
import { holds, isExpired, type HeldKey, type LiveGrant } from '../protocol/access.ts';
import { isGone } from '../protocol/directory.ts';
import type { CompartmentEpoch } from '../protocol/entry.ts';
import type { MemberId } from '../protocol/ids.ts';
import { compareKeys, kOwnersCompartments } from '../protocol/kinds.ts';
import { sealGrant } from '../seal.ts';
import { forbidden, type Addition, type Certificates } from './addition.ts';
import { exposed, granteesOf, idsOf, isExposed, nextEpochs } from './next_epochs.ts';
import { ownersKeys, randomKeys, sealEpoch, sealReseal } from './seal_lead.ts';

export interface Renewed {
  readonly ownKey: boolean; // re-sealed to the member's newest key
  // That began anew: who is out, or a lost key file, held the newest key; or whoever renews was sealed another one.
  readonly epochs: readonly Compartment[];
  readonly notes: boolean; // a new epoch of notes, for the holder and who stands in for them
  readonly standIns: boolean; // were given the notes of before
}

// Adds what is due by now. By a member all of the above, of what they hold; by the owner the epochs. 'verification':
// the newest key that the gateway shows for this member is none of theirs.
export async function renew(addition: Addition, certificates: Certificates): Promise<Result<Renewed>> {
  const me = addition.author.memberId;
  // Before anything is re-sealed: afterwards nothing would say what a lost key file of one's own opens.
  const epochs = await startExposed(addition, certificates);
  if (!epochs.ok) return epochs;
  const resealed = me === undefined ? good(false) : await reseal(addition, me, certificates);
  if (!resealed.ok) return resealed;
  const renewed = { ownKey: resealed.value, epochs: epochs.value, notes: false, standIns: false };
  if (me === undefined || !isHolder(addition, me)) return good(renewed);
  const notes = await notesAreStale(addition, me, certificates);
  if (!notes.ok) return notes;
  if (notes.value) {
    const begun = await startNotes(addition, me, certificates);
    if (!begun.ok) return begun;
  }
  const standIns = await shareNotes(addition, me, certificates);
  return standIns.ok ? good({ ...renewed, notes: notes.value, standIns: standIns.value }) : standIns;
}

// By the holder: an epoch of notes to write in, where there is none yet. Nothing when there is one.
export async function readyNotes(addition: Addition, certificates: Certificates): Promise<Result<void>> {
  const me = addition.author.memberId;
  if (me === undefined || !isHolder(addition, me)) return forbidden('notes');
  if (addition.access.newestEpoch(Compartment.notes) !== undefined) {
    const stale = await notesAreStale(addition, me, certificates);
    if (!stale.ok) return stale;
    if (!stale.value) return done;
  }
  const begun = await startNotes(addition, me, certificates);
  if (!begun.ok) return begun;
  const shared = await shareNotes(addition, me, certificates);
  return shared.ok ? done : shared;
}

function isHolder({ access, day }: Addition, me: MemberId): boolean {
  const holder = access.holder(day);
  return holder !== undefined && equal(holder, me);
}

// Re-sealed is what is held by grants and opens; a key that is missing was alarmed before.
async function reseal(addition: Addition, me: MemberId, certificates: Certificates): Promise<Result<boolean>> {
  const shown = await certificates([me], true);
  if (!shown.ok) return shown;
  const own = shown.value[0]!;
  const { author, place, keys: ring, random, work } = addition;
  if (author.seedFor(own.keyHash) === undefined) {
    const said = 'the newest encryption key that the gateway shows for you is not in this key file';
    return fail('verification', 'key not vouched for', `${said}: use the newest copy of it, or tell the administrator`);
  }
  const live = addition.access.live(me, addition.day).flatMap((grant) => grant.keys);
  const sealings = (key: CompartmentEpoch): HeldKey[] => live.filter((held) => compareKeys(held, key) === 0);
  const held = ring.which.filter((key) => sealings(key).length > 0);
  if (held.flatMap(sealings).every(({ sealedTo }) => equal(sealedTo, own.keyHash))) return good(false);
  const taken = addition.take(await work(() => sealReseal(author, place, own, held, ring, random)));
  return taken.ok ? good(true) : taken;
}

// Those of `which` whose newest key was sealed to a key file that its member lost: their signing key became one that
// the one before did not vouch for (changed_key.ts). What is written next is for the new keys alone. Asked of what is
// not exposed, where whoever is out is in by another grant.
async function sealedToLostKeys(
  { access, directory }: Addition,
  which: readonly Compartment[],
  certificates: Certificates,
): Promise<Result<readonly Compartment[]>> {
  const lost: Compartment[] = [];
  const isNewest = ({ compartment, epoch }: HeldKey): boolean =>
    which.includes(compartment) && epoch === access.newestEpoch(compartment)!.number;
  for (const { memberId, keys } of [...access.grants, ...access.endedGrants.map(({ grant }) => grant)]) {
    const person = directory.person(memberId);
    const held = keys.filter(isNewest);
    if (held.length === 0 || person === undefined || keyChangedDay(person) === 0) continue;
    const newest = await certificates([memberId], true);
    if (!newest.ok) return newest;
    const older = held.filter(({ sealedTo }) => !equal(newest.value[0]!.keyHash, sealedTo));
    lost.push(...older.map(({ compartment }) => compartment));
  }
  return good(lost);
}

async function startExposed(addition: Addition, certificates: Certificates): Promise<Result<readonly Compartment[]>> {
  const { access, author, directory, day, keys, place, random, work } = addition;
  const me = author.memberId;
  const open = exposed(access, directory, day);
  const others = kOwnersCompartments.filter((compartment) => !open.includes(compartment));
  const lost = await sealedToLostKeys(addition, others, certificates);
  if (!lost.ok) return lost;
  const all = new Set([...open, ...lost.value]);
  const due = kOwnersCompartments.filter((compartment) => {
    const { number } = access.newestEpoch(compartment)!;
    if (!all.has(compartment) && keys.get(compartment, number) !== undefined) return false;
    return me === undefined || access.mayRead(me, compartment, number, day);
  });
  const next = nextEpochs(access, directory, due, day);
  if (next.readers.length === 0) return good([]); // then nobody is left to seal it to
  const theirs = await certificates(idsOf(next), true);
  if (!theirs.ok) return theirs;
  const started = me === undefined ? ownersKeys(author, place, next.starts) : randomKeys(next.starts, random);
  const opening = me === undefined ? undefined : access.opening;
  const grantees = granteesOf(next, theirs.value);
  const taken = addition.take(await sealEpoch(author, place, started, grantees, opening, random, work), started);
  return taken.ok ? good(due) : taken;
}

// Who waits to stand in for this member.
function standIns({ access, directory, day }: Addition, me: MemberId): LiveGrant[] {
  return access.grants.filter((grant) => {
    const person = directory.person(grant.memberId);
    const isHere = person !== undefined && !isGone(person, day);
    return grant.dormant && equal(grant.standsInFor, me) && !isExpired(grant, day) && isHere;
  });
}
const idsOfGrants = (grants: readonly LiveGrant[]): MemberId[] =>
  grants
    .map(({ memberId }) => memberId)
    .filter((id, at, all) => all.findIndex((other) => equal(other, id)) === at)
    .sort(compare);

// Whether the newest epoch of notes can't be used any more: spent, never given to this holder, sealed to a lost key
// file, or held by somebody who neither holds the mark nor waits for it: who is out, or who had it before and is still
// in.
async function notesAreStale(addition: Addition, me: MemberId, certificates: Certificates): Promise<Result<boolean>> {
  const { access, directory, keys, day } = addition;
  const newest = access.newestEpoch(Compartment.notes);
  if (newest === undefined) return good(false);
  const isOthers = (grant: LiveGrant): boolean =>
    holds(grant, Compartment.notes, newest.number) &&
    !equal(grant.memberId, me) &&
    !(grant.dormant && equal(grant.standsInFor, me));
  if (
    newest.spent ||
    keys.get(Compartment.notes, newest.number) === undefined ||
    !access.mayRead(me, Compartment.notes, newest.number, day) ||
    access.grants.some(isOthers) ||
    isExposed(access, directory, Compartment.notes, day)
  )
    return good(true);
  const lost = await sealedToLostKeys(addition, [Compartment.notes], certificates);
  return lost.ok ? good(lost.value.length > 0) : lost;
}

// For the holder and who waits; for who is in already and waits, too, by the grant that waits alone.
async function startNotes(addition: Addition, me: MemberId, certificates: Certificates): Promise<Result<void>> {
  const { access, author, day, place, random, work } = addition;
  const before = access.newestEpoch(Compartment.notes)?.number ?? 0;
  const next = { compartment: Compartment.notes, epoch: before + 1 };
  const others = idsOfGrants(standIns(addition, me)).filter((id) => !access.isIn(id, day));
  const theirs = await certificates([me, ...others].sort(compare), true);
  if (!theirs.ok) return theirs;
  const readers = theirs.value.map((certificate) => ({ certificate, keys: [next], holder: false }));
  const started = randomKeys([next], random);
  return addition.take(await sealEpoch(author, place, started, readers, undefined, random, work), started);
}

// Notes of before somebody came to stand in. A key that openly replaced the one they were let in with gets none until
// the reporter lets that one in, too.
async function shareNotes(addition: Addition, me: MemberId, certificates: Certificates): Promise<Result<boolean>> {
  let any = false;
  for (const id of idsOfGrants(standIns(addition, me))) {
    const { access, author, directory, day, keys, place, random, work } = addition;
    const theirs = standIns(addition, me).filter((grant) => equal(grant.memberId, id));
    const shown = keyChangedDay(directory.person(id)!) === 0 ? undefined : await certificates([id], true);
    if (shown?.ok === false) return shown;
    const isTheirs = (key: Digest): boolean => shown === undefined || equal(key, shown.value[0]!.keyHash);
    if (!theirs.some(({ givenKeyHash }) => isTheirs(givenKeyHash))) continue;
    const isHeld = (key: CompartmentEpoch): boolean =>
      theirs.some((grant) => grant.keys.some((held) => compareKeys(held, key) === 0 && isTheirs(held.sealedTo)));
    const missing = keys.which.filter(
      (key) =>
        key.compartment === Compartment.notes && !isHeld(key) && access.mayRead(me, key.compartment, key.epoch, day),
    );
    if (missing.length === 0) continue;
    const newest = shown ?? (await certificates([id], true));
    if (!newest.ok) return newest;
    const to = [{ certificate: newest.value[0]!, keys: missing, holder: false }];
    const taken = addition.take(await sealGrant(author, place, to, me, keys, random, work));
    if (!taken.ok) return taken;
    any = true;
  }
  return good(any);
}
