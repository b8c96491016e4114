// Names of things in the protocol: public, of one size, never mixed up because each is its own type.

import { kBeaconBytes, kMemberIdBytes, kSaltBytes, kUploadIdBytes } from '../../generated/rules.ts';
import { fixedBytes, type FixedBytes } from '../crypto/bytes.ts';

// SHA-256 of the organisation's root public key; names the organisation in every signature and key.
export type ServiceId = FixedBytes<'ServiceId'>;
export const ServiceId = fixedBytes<'ServiceId'>(32);

// SHA-256 of the reporter's Ed25519 public key: the case's name.
export type Handle = FixedBytes<'Handle'>;
export const Handle = fixedBytes<'Handle'>(32);

// A person in the directory; random, stays when their name or keys change.
export type MemberId = FixedBytes<'MemberId'>;
export const MemberId = fixedBytes<'MemberId'>(kMemberIdBytes);

// One upload of chunks; random, chosen by the client, meaningful only within its case.
export type UploadId = FixedBytes<'UploadId'>;
export const UploadId = fixedBytes<'UploadId'>(kUploadIdBytes);

// The gateway's sign of freshness (protocol §5).
export type Beacon = FixedBytes<'Beacon'>;
export const Beacon = fixedBytes<'Beacon'>(kBeaconBytes);

// Makes an entry's payload hash its own, whatever the payload.
export type Salt = FixedBytes<'Salt'>;
export const Salt = fixedBytes<'Salt'>(kSaltBytes);

// Whole days since 1970-01-01, UTC. Nothing in Omzien keeps a finer clock.
export type Day = number;
