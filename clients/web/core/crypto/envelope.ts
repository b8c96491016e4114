// What events and local files have in common: a suite byte, a nonce, and a padded plaintext.
//
//   sealed = suite (1 byte) ‖ nonce (24, random) ‖ XChaCha20-Poly1305(padded plaintext) ‖ tag (16)
//
// XChaCha20-Poly1305: draft-irtf-cfrg-xchacha-03; with 24 bytes nonces can be drawn at random.

import { hchacha, xchacha20poly1305 } from '@noble/ciphers/chacha.js';

import { kSuite } from '../../generated/rules.ts';
import { bad, done, good, type Expected } from '../expected.ts';
import { asBytes, concat, fixedBytes, type FixedBytes } from './bytes.ts';
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

function checkShape(sealed: Uint8Array): Expected<void, OpenError> {
  const suite = sealed[0] ?? 0;
  if (suite === 0) return bad('malformed');
  if (suite > kSuite) return bad('newer suite');
  const fits = sealed.length >= kEnvelopeOverheadBytes && isPaddedSize(sealed.length - kEnvelopeOverheadBytes);
  return fits ? done : bad('malformed');
}

// The plaintext is the caller's to wipe.
export function openEnvelope(
  key: Uint8Array,
  associatedData: Uint8Array,
  sealed: Uint8Array,
): Expected<Uint8Array, OpenError> {
  const shape = checkShape(sealed);
  if (!shape.ok) return shape;
  const nonce = sealed.subarray(1, 1 + kNonceBytes);
  const padded = decrypted(() =>
    xchacha20poly1305(key, nonce, associatedData).decrypt(sealed.subarray(1 + kNonceBytes)),
  );
  if (padded === undefined) return bad('wrong key or altered');
  const plaintext = unpad(padded)?.slice();
  wipe(padded);
  return plaintext === undefined ? bad('malformed') : good(plaintext);
}

// What opens this one envelope and no other under the same key: HChaCha20(key, the first 16 bytes of the nonce), the
// first half of XChaCha20 (draft-irtf-cfrg-xchacha-03 §2.3). Secret.
export type EnvelopeKey = FixedBytes<'EnvelopeKey'>;
export const EnvelopeKey = fixedBytes<'EnvelopeKey'>(32);

export function envelopeKey(key: Uint8Array, sealed: Uint8Array): Expected<EnvelopeKey, OpenError> {
  const shape = checkShape(sealed);
  if (!shape.ok) return shape;
  const words = new Uint32Array(8);
  const given = wordsOf(key);
  hchacha(wordsOf(asBytes('expand 32-byte k')), given, wordsOf(sealed.subarray(1, 17)), words);
  const result = EnvelopeKey.zeros();
  const view = new DataView(result.buffer);
  words.forEach((word, i) => view.setUint32(4 * i, word, true));
  words.fill(0);
  given.fill(0);
  return good(result);
}

// Little-endian, as ChaCha20 counts; a copy.
function wordsOf(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: bytes.length / 4 }, (_, i) => view.getUint32(4 * i, true));
}

// noble throws when a tag is wrong.
export function decrypted(decrypt: () => Uint8Array): Uint8Array | undefined {
  try {
    return decrypt();
  } catch {
    return undefined;
  }
}
