// What each kind of entry says in public (proto/omzien/entry.proto): plain data, in range once parsed. Whether it is
// allowed is access.ts's to say.

import { Compartment, type Milestone, type ReleaseCause, type RetentionRule } from '../../generated/rules.ts';
import type { EpochCommitment } from '../crypto/case_share.ts';
import type { Digest } from '../crypto/hash.ts';
import type { XWingPublicKey } from '../crypto/xwing.ts';
import type { Day, MemberId, UploadId } from './ids.ts';

// What starts with Open: the owner's compartments. `notes` are the holder's to start, `sheet` is oversight's.
// Ascending.
export const kOwnersCompartments: readonly Compartment[] = [
  Compartment.story,
  Compartment.people,
  Compartment.identity,
  Compartment.talk,
  Compartment.summary,
];

// One epoch of one compartment begins. `commitment` pins the epoch's key.
export interface EpochStart {
  readonly compartment: Compartment;
  readonly epoch: number;
  readonly commitment: EpochCommitment;
}

export interface CompartmentEpoch {
  readonly compartment: Compartment;
  readonly epoch: number;
}

// Compartment first, then epoch: negative, zero or positive.
export const compareKeys = (a: CompartmentEpoch, b: CompartmentEpoch): number =>
  a.compartment - b.compartment || a.epoch - b.epoch;
export const sameKeys = (a: readonly CompartmentEpoch[], b: readonly CompartmentEpoch[]): boolean =>
  a.length === b.length && a.every((key, i) => compareKeys(key, b[i]!) === 0);

export interface Open {
  readonly kind: 'open';
  readonly ownerXwingKey: XWingPublicKey;
  readonly caseShareCommitment: Digest;
  readonly starts: readonly EpochStart[];
  readonly unclocked: boolean; // a signal: nobody waits for an answer
  readonly admission: Uint8Array;
}

export interface FileReference {
  readonly uploadId: UploadId;
  readonly chunks: number;
}

export interface Event {
  readonly kind: 'event';
  readonly compartment: Compartment;
  readonly epoch: number;
  readonly milestone: Milestone;
  readonly urgent: boolean;
  readonly files: readonly FileReference[];
  readonly dispute: number; // by the owner: the seq of the milestone disputed; 0: none
}

export interface GrantMember {
  readonly memberId: MemberId;
  readonly xwingKeyHash: Digest;
  readonly keys: readonly CompartmentEpoch[]; // strictly ascending
  readonly holder: boolean;
  readonly lastDay: Day; // 0: until revoked
}

export interface Grant {
  readonly kind: 'grant';
  readonly members: readonly GrantMember[];
  readonly starts: readonly EpochStart[];
  readonly dormant: boolean;
  readonly standsInFor: MemberId; // zeros unless dormant
  readonly ownerKeys: readonly CompartmentEpoch[]; // sealed to the owner: what a member starts
}

export interface Revoke {
  readonly kind: 'revoke';
  readonly memberIds: readonly MemberId[]; // strictly ascending, at least one
  readonly starts: readonly EpochStart[]; // ascending by compartment
  readonly remaining: readonly GrantMember[]; // who reads what starts; each member once
}

export interface Delegate {
  readonly kind: 'delegate';
  readonly delegateId: MemberId;
  readonly people: readonly MemberId[]; // strictly ascending
  readonly compartments: readonly Compartment[]; // strictly ascending
  readonly lastDay: Day; // on which the delegate may let people in
  readonly ended: boolean; // takes back all; people and compartments are empty
  readonly mayMoveHolder: boolean;
}

export interface Release {
  readonly kind: 'release';
  readonly memberId: MemberId; // whose stand-ins wake
  readonly cause: ReleaseCause;
}

export interface Withdraw {
  readonly kind: 'withdraw';
}

// By the gateway: everything but the headers was destroyed, by the directory's rule.
export interface Purge {
  readonly kind: 'purge';
  readonly rule: RetentionRule;
  readonly days: number;
}

// A kind this program does not know: kept, not understood.
export interface Unknown {
  readonly kind: 'unknown';
  readonly bytes: Uint8Array;
}

export type Fields = Open | Event | Grant | Revoke | Delegate | Release | Withdraw | Purge | Unknown;
