// What events and local files have in common: a suite byte, a nonce, and a padded plaintext.
//
//   sealed = suite (1 byte) ‖ nonce (24, random) ‖ XChaCha20-Poly1305(padded plaintext) ‖ tag (16)
//
// XChaCha20-Poly1305: draft-irtf-cfrg-xchacha-03; with 24 bytes nonces can be drawn at random.

import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';

import { kSuite } from '../../generated/rules.ts';
import { bad, good, type Expected } from '../expected.ts';
import { concat } from './bytes.ts';
import type { OpenError } from './open_error.ts';
import { isPaddedSize, pad, unpad } from './padding.ts';
import type { Random } from './random.ts';
import { wipe } from './secret.ts';

const kNonceBytes = 24;
export const kEnvelopeOverheadBytes = 1 + kNonceBytes + 16;

// `key` has 32 bytes.
export function sealEnvelope(
  key: Uint8Array,
  associatedData: Uint8Array,
  plaintext: Uint8Array,
  random: Random,
): Uint8Array {
  const nonce = new Uint8Array(kNonceBytes);
  random.fill(nonce);
  const padded = pad(plaintext);
  const ciphertext = xchacha20poly1305(key, nonce, associatedData).encrypt(padded);
  wipe(padded);
  return concat(Uint8Array.of(kSuite), nonce, ciphertext);
}

// The plaintext is the caller's to wipe.
export function openEnvelope(
  key: Uint8Array,
  associatedData: Uint8Array,
  sealed: Uint8Array,
): Expected<Uint8Array, OpenError> {
  const suite = sealed[0] ?? 0;
  if (suite === 0) return bad('malformed');
  if (suite > kSuite) return bad('newer suite');
  if (sealed.length < kEnvelopeOverheadBytes || !isPaddedSize(sealed.length - kEnvelopeOverheadBytes))
    return bad('malformed');
  const nonce = sealed.subarray(1, 1 + kNonceBytes);
  const padded = decrypted(() =>
    xchacha20poly1305(key, nonce, associatedData).decrypt(sealed.subarray(1 + kNonceBytes)),
  );
  if (padded === undefined) return bad('wrong key or altered');
  const plaintext = unpad(padded)?.slice();
  wipe(padded);
  return plaintext === undefined ? bad('malformed') : good(plaintext);
}

// noble throws when a tag is wrong.
export function decrypted(decrypt: () => Uint8Array): Uint8Array | undefined {
  try {
    return decrypt();
  } catch {
    return undefined;
  }
}
