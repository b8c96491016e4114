// How an epoch starts: whoever holds the compartment carries on in the next one, nobody else comes along, and nobody is
// left behind unseen.

import { equal, toHex } from '../../crypto/bytes.ts';
import type { Digest } from '../../crypto/hash.ts';
import { bad, done } from '../../expected.ts';
import type { Access } from '../access.ts';
import { isGone } from '../directory.ts';
import { holds, isExpired, type HeldKey, type LiveGrant } from '../grants.ts';
import type { Day, MemberId } from '../ids.ts';
import { compareKeys, kOwnersCompartments, sameKeys, type CompartmentEpoch, type EpochStart, type GrantMember } from '../kinds.ts';
import type { Asked, Checked } from './asked.ts';

// Who reads what starts, because they hold what it follows: by member id in hexadecimal.
export type Carriers = ReadonlyMap<string, { readonly memberId: MemberId; readonly keys: readonly CompartmentEpoch[] }>;

// Ascending, each once: as it is in `more`.
export const joinKeys = <T extends CompartmentEpoch>(some: readonly T[], more: readonly T[]): readonly T[] =>
  [...some.filter((held) => !more.some((key) => compareKeys(held, key) === 0)), ...more].sort(compareKeys);

// Held from now on, sealed to that key.
export const holdKeys = (held: readonly HeldKey[], more: readonly CompartmentEpoch[], sealedTo: Digest): readonly HeldKey[] =>
  joinKeys(held, more.map((key) => ({ ...key, sealedTo })));

// Each the next epoch of one of the owner's compartments. (`notes`: member_grants.ts.)
export function checkStarts(access: Access, starts: readonly EpochStart[]): Checked {
  const follow = starts.every(
    ({ compartment, epoch }) =>
      kOwnersCompartments.includes(compartment) && epoch === access.newestEpoch(compartment)!.number + 1,
  );
  return follow ? done : bad('epoch');
}

export const standing = (access: Access, today: Day): LiveGrant[] =>
  access.grants.filter((grant) => !isExpired(grant, today));

// What of `starts` the grant carries on in, ascending as they are.
const carriedOn = (grant: LiveGrant, starts: readonly CompartmentEpoch[]): CompartmentEpoch[] =>
  starts
    .filter(({ compartment, epoch }) => holds(grant, compartment, epoch - 1))
    .map(({ compartment, epoch }) => ({ compartment, epoch }));

export function carriers(starts: readonly CompartmentEpoch[], staying: readonly LiveGrant[]): Carriers {
  const found = new Map<string, { memberId: MemberId; keys: readonly CompartmentEpoch[] }>();
  for (const grant of staying) {
    const keys = carriedOn(grant, starts);
    const id = toHex(grant.memberId);
    if (keys.length > 0) found.set(id, { memberId: grant.memberId, keys: joinKeys(found.get(id)?.keys ?? [], keys) });
  }
  return found;
}

// `listed`: exactly the carriers, each with exactly what they carry on in. Somebody who has left the organisation may
// be missing: whether they had left when it was written, a later directory can't say for certain, and nobody serves
// them anyway.
export function checkCarried(ask: Asked, listed: readonly GrantMember[], carriers: Carriers): Checked {
  for (const { memberId, keys, holder, lastDay } of listed) {
    const carrier = carriers.get(toHex(memberId));
    if (carrier === undefined || holder || lastDay !== 0 || !sameKeys(keys, carrier.keys)) return bad('remaining');
  }
  for (const { memberId } of carriers.values()) {
    if (listed.some((member) => equal(member.memberId, memberId))) continue;
    const person = ask.directory.person(memberId);
    if (person === undefined || !isGone(person, ask.header.day)) return bad('remaining');
  }
  return done;
}

// The epochs begin; those among `readers` who hold what came before get their grants' next keys.
export function start(
  access: Access,
  { header: { seq, day, prevHash }, byOwner }: Asked,
  starts: readonly EpochStart[],
  readers: readonly GrantMember[],
): Access {
  const grants = access.grants.map((grant): LiveGrant => {
    const reader = readers.find((member) => equal(member.memberId, grant.memberId));
    const keys = carriedOn(grant, starts);
    if (isExpired(grant, day) || reader === undefined || keys.length === 0) return grant;
    const wrappedAt = [...grant.wrappedAt, seq];
    const { xwingKeyHash } = reader;
    return { ...grant, keys: holdKeys(grant.keys, keys, xwingKeyHash), wrappedAt, xwingKeyHash };
  });
  const epochs = new Map(access.epochs);
  for (const { compartment, epoch, commitment } of starts) {
    const begun = { number: epoch, commitment, startedSeq: seq, startedAfter: prevHash, byOwner, spent: false };
    epochs.set(compartment, [...(epochs.get(compartment) ?? []), begun]);
  }
  return access.with({ grants, epochs });
}
