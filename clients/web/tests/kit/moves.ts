// The fields of entries as an honest client would write them, from what the rules say so far. A test changes one thing
// to make one that is not. The twin of tests/kit/moves.h.
import { Compartment, EntryKind, type ReleaseCause } from '../../generated/rules.ts';
import { compare, equal, toHex } from '../../core/crypto/bytes.ts';
import { EpochCommitment } from '../../core/crypto/case_share.ts';
import { xwingKeyHash } from '../../core/crypto/xwing.ts';
import { holds, isExpired, type Access, type LiveGrant } from '../../core/protocol/access.ts';
import type {
  CompartmentEpoch,
  Delegate,
  EpochStart,
  Fields,
  Grant,
  GrantMember,
  Release,
  Revoke,
} from '../../core/protocol/entry.ts';
import { MemberId, type Day } from '../../core/protocol/ids.ts';
import { kOwnersCompartments } from '../../core/protocol/kinds.ts';
import type { Organisation } from './organisation.ts';

export const idOf = (organisation: Organisation, name: string): MemberId => organisation.colleague(name).id;
// Ascending.
export const idsOf = (organisation: Organisation, names: readonly string[]): MemberId[] =>
  names.map((name) => idOf(organisation, name)).sort(compare);

// Sealed to the member's key of the directory.
export function sealedTo(organisation: Organisation, name: string, keys: readonly CompartmentEpoch[]): GrantMember {
  const { id, xwingKey } = organisation.colleague(name);
  return { memberId: id, xwingKeyHash: xwingKeyHash(xwingKey), keys, holder: false, lastDay: 0 };
}
// The newest epoch of each, whoever holds them.
export const newest = (access: Access, compartments: readonly Compartment[]): CompartmentEpoch[] =>
  compartments.map((compartment) => ({ compartment, epoch: access.newestEpoch(compartment)!.number }));
// The next epoch of each.
export const next = (access: Access, compartments: readonly Compartment[]): EpochStart[] =>
  compartments.map((compartment) => ({
    compartment,
    epoch: (access.newestEpoch(compartment)?.number ?? 0) + 1,
    commitment: EpochCommitment.zeros(),
  }));

// One new reader of the compartments' newest epochs.
export function grant(
  access: Access,
  organisation: Organisation,
  name: string,
  compartments: readonly Compartment[],
): Grant {
  const members = [sealedTo(organisation, name, newest(access, compartments))];
  return { kind: 'grant', members, starts: [], dormant: false, standsInFor: MemberId.zeros(), ownerKeys: [] };
}
// Dormant, standing in for `forName`.
export function standIn(
  access: Access,
  organisation: Organisation,
  name: string,
  compartments: readonly Compartment[],
  forName: string,
): Grant {
  const made = grant(access, organisation, name, compartments);
  return { ...made, dormant: true, standsInFor: idOf(organisation, forName) };
}
// What a member starts to keep the case alive: for all who hold it, and for the owner.
export function keepAlive(
  access: Access,
  organisation: Organisation,
  compartments: readonly Compartment[],
  today: Day,
): Grant {
  const starts = next(access, compartments);
  const members = readers(access, organisation, starts, (given) => !isExpired(given, today));
  const ownerKeys = starts.map(({ compartment, epoch }) => ({ compartment, epoch }));
  return { kind: 'grant', members, starts, dormant: false, standsInFor: MemberId.zeros(), ownerKeys };
}
// The next epoch of notes, for these.
export function notes(access: Access, organisation: Organisation, names: readonly string[]): Grant {
  const starts = next(access, [Compartment.notes]);
  const keys = [{ compartment: Compartment.notes, epoch: starts[0]!.epoch }];
  const members = names.map((name) => sealedTo(organisation, name, keys));
  return { kind: 'grant', members, starts, dormant: false, standsInFor: MemberId.zeros(), ownerKeys: [] };
}
// With the next epoch of all that they held, for all who remain.
export function revoke(access: Access, organisation: Organisation, names: readonly string[], today: Day): Revoke {
  const memberIds = idsOf(organisation, names);
  const named = (id: MemberId): boolean => memberIds.some((other) => equal(other, id));
  const ends = (given: LiveGrant): boolean => named(given.memberId) || (given.dormant && named(given.standsInFor));
  const held = kOwnersCompartments.filter((compartment) =>
    access.grants.some((given) => ends(given) && holds(given, compartment, access.newestEpoch(compartment)!.number)),
  );
  const starts = next(access, held);
  const remaining = readers(access, organisation, starts, (given) => !ends(given) && !isExpired(given, today));
  return { kind: 'revoke', memberIds, starts, remaining };
}
export function delegate(
  organisation: Organisation,
  name: string,
  people: readonly string[],
  compartments: readonly Compartment[],
  lastDay: Day,
): Delegate {
  const [delegateId, whom] = [idOf(organisation, name), idsOf(organisation, people)];
  return { kind: 'delegate', delegateId, people: whom, compartments, lastDay, ended: false, mayMoveHolder: false };
}
export const takeBack = (organisation: Organisation, name: string): Delegate => ({
  ...delegate(organisation, name, [], [], 0),
  ended: true,
});
export const release = (organisation: Organisation, name: string, cause: ReleaseCause): Release => ({
  kind: 'release',
  memberId: idOf(organisation, name),
  cause,
});

export const kindOf = (fields: Fields): EntryKind => (fields.kind === 'unknown' ? (99 as EntryKind) : EntryKind[fields.kind]);

// Whoever holds what came before each start, by the grants that stay; ascending.
function readers(
  access: Access,
  organisation: Organisation,
  starts: readonly EpochStart[],
  stays: (given: LiveGrant) => boolean,
): GrantMember[] {
  const ids = new Map(access.grants.filter(stays).map(({ memberId }) => [toHex(memberId), memberId]));
  return [...ids.values()].sort(compare).flatMap((id) => {
    const theirs = access.grants.filter((given) => stays(given) && equal(given.memberId, id));
    const keys = starts
      .filter(({ compartment, epoch }) => theirs.some((given) => holds(given, compartment, epoch - 1)))
      .map(({ compartment, epoch }) => ({ compartment, epoch }));
    const { name } = organisation.people.find((person) => equal(person.id, id))!;
    return keys.length === 0 ? [] : [sealedTo(organisation, name, keys)];
  });
}
