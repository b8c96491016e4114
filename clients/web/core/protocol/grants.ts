// What the rules keep about a case: epochs, grants, delegations, and how they ended. Plain data, made by Access alone.

import type { Compartment, ReleaseCause, RetentionRule } from '../../generated/rules.ts';
import type { EpochCommitment } from '../crypto/case_share.ts';
import type { Digest } from '../crypto/hash.ts';
import type { Day, MemberId } from './ids.ts';
import type { CompartmentEpoch } from './kinds.ts';

export interface Epoch {
  readonly number: number;
  readonly commitment: EpochCommitment;
  readonly startedSeq: number; // the entry that started it,
  readonly startedAfter: Digest; // and that entry's prev_hash: part of the key's derivation
  readonly byOwner: boolean; // who derives its key; else it was sealed to them
  readonly spent: boolean; // of `notes`: somebody revoked holds it, so nothing is written under it any more
}

// A key that is held, and what it was sealed to last.
export interface HeldKey extends CompartmentEpoch {
  readonly sealedTo: Digest;
}

export interface LiveGrant {
  readonly memberId: MemberId;
  readonly xwingKeyHash: Digest; // the key it was sealed to last,
  readonly givenKeyHash: Digest; // and the one it was given to
  readonly keys: readonly HeldKey[]; // ascending; a grant carries on into the epochs that start
  readonly holder: boolean; // in a dormant one: becomes the holder when it wakes
  readonly dormant: boolean;
  readonly standsInFor: MemberId; // zeros unless it is or was dormant
  readonly sinceDay: Day;
  readonly lastDay: Day; // 0: until revoked
  readonly seq: number; // the entry that granted it
  readonly wokenDay: Day; // 0: not a dormant one that woke
  readonly byDelegate: MemberId | undefined; // who let them in; nothing: the owner
  readonly wrappedAt: readonly number[]; // the entries that hold its keys, `seq` first
}

export const isExpired = (grant: LiveGrant, today: Day): boolean => grant.lastDay !== 0 && today > grant.lastDay;
export const isLive = (grant: LiveGrant, today: Day): boolean => !grant.dormant && !isExpired(grant, today);
export const holds = (
  grant: { readonly keys: readonly CompartmentEpoch[] },
  compartment: Compartment,
  epoch: number,
): boolean => grant.keys.some((key) => key.compartment === compartment && key.epoch === epoch);

export type GrantEnd =
  | 'revoked' // by the owner
  | 'released' // by the member
  | 'nothing to wait'; // dormant, and the one it stood in for was revoked

export interface EndedGrant {
  readonly grant: LiveGrant;
  readonly why: GrantEnd;
  readonly endedDay: Day;
  readonly endedSeq: number;
}

export interface Delegation {
  readonly delegateId: MemberId;
  readonly people: readonly MemberId[]; // ascending; not those revoked since
  readonly compartments: readonly Compartment[]; // ascending
  readonly lastDay: Day;
  readonly mayMoveHolder: boolean;
  readonly sinceDay: Day;
  readonly seq: number;
}

export interface ReleaseMade {
  readonly memberId: MemberId;
  readonly cause: ReleaseCause;
  readonly day: Day;
  readonly seq: number;
}

export interface Withdrawal {
  readonly day: Day;
  readonly seq: number;
}

export interface PurgeMade {
  readonly rule: RetentionRule;
  readonly days: number;
  readonly day: Day;
  readonly seq: number;
}
