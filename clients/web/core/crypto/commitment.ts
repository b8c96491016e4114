// Compartment keys, and the commitment that pins each before it opens anything (protocol §3).
//
// ChaCha20-Poly1305 does not commit to its key: one ciphertext can be made that opens to different texts under two
// keys. The commitment in the entry that starts an epoch shuts that out. Order for a reader: unwrap, `matches`, then
// open.

import { kTagEpochCommitment } from '../../generated/rules.ts';
import { fixedBytes, type FixedBytes } from './bytes.ts';
import { EpochCommitment } from './case_share.ts';
import { hkdfExpandKey } from './hkdf.ts';
import { constantTimeEqual } from './secret.ts';

// One compartment's key of one epoch. Secret.
export type CompartmentKey = FixedBytes<'CompartmentKey'>;
export const CompartmentKey = fixedBytes<'CompartmentKey'>(32);

// HKDF-Expand(key, info = tag epoch_commitment, 32).
export function commit(key: CompartmentKey): EpochCommitment {
  return hkdfExpandKey(EpochCommitment, key, kTagEpochCommitment);
}

export function matches(commitment: EpochCommitment, key: CompartmentKey): boolean {
  return constantTimeEqual(commitment, commit(key));
}
