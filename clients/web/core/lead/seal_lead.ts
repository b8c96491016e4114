// Makes the entries of the reporter's lead: who is let out, who may let in, who stands in, what begins anew, what is
// withdrawn (proto/omzien/entry.proto). Whether the rules allow one is for whoever calls to ask: addition.ts does.

import { EntryKind } from '../../generated/rules.ts';
import { commit, CompartmentKey } from '../crypto/commitment.ts';
import type { Random } from '../crypto/random.ts';
import type { Identity } from '../identity.ts';
import { KeyRing } from '../key_ring.ts';
import type { Certificate } from '../protocol/certificate.ts';
import type { CompartmentEpoch, Delegate, EpochStart, Fields, GrantMember, Open, Release } from '../protocol/entry.ts';
import { MemberId } from '../protocol/ids.ts';
import { encodeWraps, ownerAsMember, type Wrap } from '../protocol/wraps.ts';
import { memberOf, sealGrant, type Grantee } from '../seal.ts';
import { sealEntry, sealWrap, type Place, type SealedEntry } from '../seal_parts.ts';
import { atOnce, type Work } from '../turns.ts';

// The keys of epochs that the owner starts with the next entry at this place: derived, so that the words alone bring
// them back. They belong to this place and no other.
export function ownersKeys(owner: Identity, { chain }: Place, starts: readonly CompartmentEpoch[]): KeyRing {
  const ring = new KeyRing();
  for (const { compartment, epoch } of starts) {
    const key = owner.derive(compartment, epoch, chain.headHash);
    if (key === undefined) throw new Error('keys that only an owner derives');
    ring.set(compartment, epoch, key);
  }
  return ring;
}
// And of those that a member starts: random, so sealed to the owner, too.
export function randomKeys(starts: readonly CompartmentEpoch[], random: Random): KeyRing {
  const ring = new KeyRing();
  for (const { compartment, epoch } of starts) ring.set(compartment, epoch, CompartmentKey.random(random));
  return ring;
}

const startsOf = (started: KeyRing): EpochStart[] =>
  started.which.map(({ compartment, epoch }) => ({
    compartment,
    epoch,
    commitment: commit(started.get(compartment, epoch)!),
  }));

// What travels for each reader of what starts: who carries on, and their wrap. One piece of `work` for each.
async function carry(
  author: Identity,
  place: Place,
  started: KeyRing,
  readers: readonly Grantee[],
  random: Random,
  work: Work,
): Promise<{ readonly members: GrantMember[]; readonly wraps: Wrap[] }> {
  const members = readers.map(memberOf);
  const wraps: Wrap[] = [];
  for (const [i, { certificate }] of readers.entries())
    wraps.push(await work(() => sealWrap(author, place, certificate.content.xwingKey, members[i]!, started, random)));
  return { members, wraps };
}

// Starts epochs: `started` holds their keys, and nothing else. `readers` get what they carry on in; each of their keys
// is one of `started`. `opening`: where a member starts what is the owner's, the case's Open, whose key gets all;
// nothing when the owner starts it, and for `notes`.
export async function sealEpoch(
  author: Identity,
  place: Place,
  started: KeyRing,
  readers: readonly Grantee[],
  opening: Open | undefined,
  random: Random,
  work: Work = atOnce,
): Promise<SealedEntry> {
  const { members, wraps } = await carry(author, place, started, readers, random, work);
  const ownerKeys = opening === undefined ? [] : started.which;
  if (opening !== undefined) {
    const owner = ownerAsMember(opening, ownerKeys);
    wraps.push(await work(() => sealWrap(author, place, opening.ownerXwingKey, owner, started, random)));
  }
  const awake = { dormant: false, standsInFor: MemberId.zeros() };
  const fields: Fields = { kind: 'grant', members, starts: startsOf(started), ...awake, ownerKeys };
  return work(() => sealEntry(author, place, EntryKind.grant, fields, random, () => encodeWraps(wraps)));
}

// By the owner. `out` ascending, `started` from ownersKeys() for this very place, `remaining` as in sealEpoch(). The
// payload is empty when nobody remains.
export async function sealRevoke(
  owner: Identity,
  place: Place,
  out: readonly MemberId[],
  started: KeyRing,
  remaining: readonly Grantee[],
  random: Random,
  work: Work = atOnce,
): Promise<SealedEntry> {
  const { members, wraps } = await carry(owner, place, started, remaining, random, work);
  const fields: Fields = { kind: 'revoke', memberIds: out, starts: startsOf(started), remaining: members };
  return work(() => sealEntry(owner, place, EntryKind.revoke, fields, random, () => encodeWraps(wraps)));
}

// By the owner; `ended` takes every delegation to them back.
export const sealDelegate = (owner: Identity, place: Place, delegate: Delegate, random: Random): Promise<SealedEntry> =>
  sealEntry(owner, place, EntryKind.delegate, delegate, random);

// By the member themself, or by whoever stands ready when a term was missed.
export const sealRelease = (author: Identity, place: Place, release: Release, random: Random): Promise<SealedEntry> =>
  sealEntry(author, place, EntryKind.release, release, random);

// By the owner; nothing comes after it.
export const sealWithdraw = (owner: Identity, place: Place, random: Random): Promise<SealedEntry> =>
  sealEntry(owner, place, EntryKind.withdraw, { kind: 'withdraw' }, random);

// What a member holds, to their own newer key. `keys` must be in the ring.
export const sealReseal = (
  member: Identity,
  place: Place,
  own: Certificate,
  keys: readonly CompartmentEpoch[],
  ring: KeyRing,
  random: Random,
): Promise<SealedEntry> =>
  sealGrant(member, place, [{ certificate: own, keys, holder: false }], undefined, ring, random);
