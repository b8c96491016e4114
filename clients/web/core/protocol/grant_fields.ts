// The fields of entries about who is let in and out, and the parts they share with Open. For the codec's own files
// only.


import {
  kCompartmentsPerDelegationMax,
  kEpochStartsMax,
  kMembersPerCaseMax,
  kMembersPerGrantMax,
  kPeoplePerDelegationMax,
  type Compartment,
  type ReleaseCause,
} from '../../generated/rules.ts';
import {
  DelegateFieldsSchema,
  GrantFieldsSchema,
  ReleaseFieldsSchema,
  RevokeFieldsSchema,
  type EpochStartSchema,
  type GrantMemberSchema,
} from '../../generated/wire.ts';
import { compare, toHex } from '../crypto/bytes.ts';
import { EpochCommitment } from '../crypto/case_share.ts';
import { Digest } from '../crypto/hash.ts';
import { MemberId } from './ids.ts';
import {
  compareKeys,
  type CompartmentEpoch,
  type Delegate,
  type EpochStart,
  type Grant,
  type GrantMember,
  type Release,
  type Revoke,
} from './kinds.ts';
import { encode, parse, type MessageInitShape, type MessageShape } from './strict.ts';

const kNothing = new Uint8Array(0);

// Every item taken, or nothing when one of them is none.
export function takeAll<From, To>(items: readonly From[], take: (item: From) => To | undefined): To[] | undefined {
  const taken: To[] = [];
  for (const item of items) {
    const one = take(item);
    if (one === undefined) return undefined;
    taken.push(one);
  }
  return taken;
}

const strictlyAscending = <T>(list: readonly T[], order: (a: T, b: T) => number): boolean =>
  list.every((item, i) => i === 0 || order(list[i - 1]!, item) < 0);

// At most kEpochStartsMax, ascending by compartment; none is fine.
export function takeStarts(list: readonly MessageShape<typeof EpochStartSchema>[]): EpochStart[] | undefined {
  if (list.length > kEpochStartsMax) return undefined;
  const starts = takeAll(list, (from): EpochStart | undefined => {
    const commitment = EpochCommitment.from(from.commitment);
    if (commitment === undefined || from.epoch === 0 || from.compartment === 0) return undefined;
    return { compartment: from.compartment as Compartment, epoch: from.epoch, commitment };
  });
  return starts && strictlyAscending(starts, (a, b) => a.compartment - b.compartment) ? starts : undefined;
}

export const putStarts = (starts: readonly EpochStart[]): MessageInitShape<typeof EpochStartSchema>[] =>
  starts.map(({ compartment, epoch, commitment }) => ({ compartment, epoch, commitment }));

function takeKeys(list: readonly { compartment: number; epoch: number }[]): CompartmentEpoch[] | undefined {
  const keys = takeAll(list, ({ compartment, epoch }): CompartmentEpoch | undefined =>
    compartment === 0 || epoch === 0 ? undefined : { compartment: compartment as Compartment, epoch },
  );
  return keys && strictlyAscending(keys, compareKeys) ? keys : undefined;
}

const putKeys = (keys: readonly CompartmentEpoch[]) => keys.map(({ compartment, epoch }) => ({ compartment, epoch }));

function takeMember(from: MessageShape<typeof GrantMemberSchema>): GrantMember | undefined {
  const memberId = MemberId.from(from.memberId);
  const xwingKeyHash = Digest.from(from.xwingKeyHash);
  const keys = takeKeys(from.keys);
  if (!memberId || !xwingKeyHash || !keys || keys.length === 0) return undefined;
  return { memberId, xwingKeyHash, keys, holder: from.holder, lastDay: from.lastDay };
}

// Each member once, at most `countMax`.
function takeMembers(
  list: readonly MessageShape<typeof GrantMemberSchema>[],
  countMax: number,
): GrantMember[] | undefined {
  if (list.length > countMax) return undefined;
  const members = takeAll(list, takeMember);
  const distinct = new Set(members?.map(({ memberId }) => toHex(memberId)));
  return members && distinct.size === members.length ? members : undefined;
}

const putMembers = (members: readonly GrantMember[]): MessageInitShape<typeof GrantMemberSchema>[] =>
  members.map(({ memberId, xwingKeyHash, keys, holder, lastDay }) => ({
    memberId,
    xwingKeyHash,
    keys: putKeys(keys),
    holder,
    lastDay,
  }));

// Strictly ascending, from one to `countMax`.
function takeIds(list: readonly Uint8Array[], countMax: number): MemberId[] | undefined {
  if (list.length === 0 || list.length > countMax) return undefined;
  const ids = takeAll(list, MemberId.from);
  return ids && strictlyAscending(ids, compare) ? ids : undefined;
}

export function encodeGrant(grant: Grant): Uint8Array {
  return encode(GrantFieldsSchema, {
    members: putMembers(grant.members),
    starts: putStarts(grant.starts),
    dormant: grant.dormant,
    standsInFor: grant.dormant ? grant.standsInFor : kNothing,
    ownerKeys: putKeys(grant.ownerKeys),
  });
}

// Like those below: nothing when the bytes are not the message as this program would write it, or a list is out of
// bounds, out of order or names somebody twice.
export function takeGrant(bytes: Uint8Array): Grant | undefined {
  const message = parse(GrantFieldsSchema, bytes);
  const starts = message && takeStarts(message.starts);
  if (!message || !starts) return undefined;
  const { dormant } = message;
  // Whoever starts an epoch seals it to all who hold the compartment, however many.
  const countMax = dormant ? 1 : starts.length === 0 ? kMembersPerGrantMax : kMembersPerCaseMax;
  const members = takeMembers(message.members, countMax);
  const ownerKeys = takeKeys(message.ownerKeys);
  if (!members || members.length === 0 || !ownerKeys || ownerKeys.length > kEpochStartsMax) return undefined;
  const standsInFor = dormant ? MemberId.from(message.standsInFor) : MemberId.zeros();
  if (!standsInFor || (!dormant && message.standsInFor.length > 0)) return undefined;
  return { kind: 'grant', members, starts, dormant, standsInFor, ownerKeys };
}

export function encodeRevoke(revoke: Revoke): Uint8Array {
  return encode(RevokeFieldsSchema, {
    memberIds: [...revoke.memberIds],
    starts: putStarts(revoke.starts),
    remaining: putMembers(revoke.remaining),
  });
}

export function takeRevoke(bytes: Uint8Array): Revoke | undefined {
  const message = parse(RevokeFieldsSchema, bytes);
  const memberIds = message && takeIds(message.memberIds, kMembersPerCaseMax);
  const starts = message && takeStarts(message.starts);
  const remaining = message && takeMembers(message.remaining, kMembersPerCaseMax);
  return memberIds && starts && remaining ? { kind: 'revoke', memberIds, starts, remaining } : undefined;
}

export function encodeDelegate(delegate: Delegate): Uint8Array {
  const { delegateId, people, compartments, lastDay, ended, mayMoveHolder } = delegate;
  return encode(DelegateFieldsSchema, {
    delegateId,
    people: [...people],
    compartments: [...compartments],
    lastDay,
    ended,
    mayMoveHolder,
  });
}

export function takeDelegate(bytes: Uint8Array): Delegate | undefined {
  const message = parse(DelegateFieldsSchema, bytes);
  const delegateId = message && MemberId.from(message.delegateId);
  if (!message || !delegateId) return undefined;
  const { lastDay, ended, mayMoveHolder } = message;
  const compartments = message.compartments as Compartment[];
  const delegate = { kind: 'delegate', delegateId, compartments, lastDay, ended, mayMoveHolder } as const;
  if (ended) {
    const nothingElse = message.people.length === 0 && compartments.length === 0 && lastDay === 0 && !mayMoveHolder;
    return nothingElse ? { ...delegate, people: [] } : undefined;
  }
  const people = takeIds(message.people, kPeoplePerDelegationMax);
  const count = message.compartments.length;
  if (!people || lastDay === 0 || count === 0 || count > kCompartmentsPerDelegationMax) return undefined;
  if (!strictlyAscending(message.compartments, (a, b) => a - b) || message.compartments[0] === 0) return undefined;
  return { ...delegate, people };
}

export function encodeRelease({ memberId, cause }: Release): Uint8Array {
  return encode(ReleaseFieldsSchema, { memberId, cause });
}

export function takeRelease(bytes: Uint8Array): Release | undefined {
  const message = parse(ReleaseFieldsSchema, bytes);
  const memberId = message && MemberId.from(message.memberId);
  if (!message || !memberId || message.cause === 0) return undefined;
  return { kind: 'release', memberId, cause: message.cause as ReleaseCause };
}
