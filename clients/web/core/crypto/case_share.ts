// The case share, and the type of commitments.

import { kTagCaseShareCommitment } from '../../generated/rules.ts';
import { fixedBytes, type FixedBytes } from './bytes.ts';
import { FieldList, hashFields, type Digest } from './hash.ts';

// 32 random bytes from the reporter's client, kept by the gateway apart from the ciphertext, mixed into every event
// and file key. Once destroyed, phrase and key files open nothing (protocol §3). Secret.
export type CaseShare = FixedBytes<'CaseShare'>;
export const CaseShare = fixedBytes<'CaseShare'>(32);

// SHA-256 over the fields (tag case_share_commitment, share); stands in the Open entry.
export function caseShareCommitment(share: CaseShare): Digest {
  return hashFields(new FieldList().append(kTagCaseShareCommitment).append(share));
}

// A commitment to one compartment's key of one epoch; stands in the entry that starts the epoch.
export type EpochCommitment = FixedBytes<'EpochCommitment'>;
export const EpochCommitment = fixedBytes<'EpochCommitment'>(32);
