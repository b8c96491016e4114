// X-Wing, the post-quantum KEM under HPKE (draft-connolly-cfrg-xwing-kem-10): ML-KEM-768 with X25519. Keys are raw
// 32-byte seeds. Composed here from noble's two halves, since its own composition brings every curve along.
//
//   SHAKE256(seed, 96)  = ML-KEM's d ‖ z (64) ‖ X25519 secret (32)
//   public key          = ML-KEM public key (1,184) ‖ X25519 public key (32)
//   ciphertext          = ML-KEM ciphertext (1,088) ‖ X25519 ephemeral public key (32)
//   shared secret       = SHA3-256(ML-KEM secret ‖ X25519 secret ‖ ct_X ‖ pk_X ‖ label)

import { sha3_256, shake256 } from '@noble/hashes/sha3.js';
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js';

import { bad, good, type Expected } from '../expected.ts';
import { asBytes, concat, exactly, fixedBytes, type FixedBytes } from './bytes.ts';
import { sha256, type Digest } from './hash.ts';
import type { Random } from './random.ts';
import { wipe } from './secret.ts';
import { x25519 } from './x25519.ts';

export type XWingPublicKey = FixedBytes<'XWingPublicKey'>;
export const XWingPublicKey = fixedBytes<'XWingPublicKey'>(1216);
// In HPKE this is `enc`.
export type XWingCiphertext = FixedBytes<'XWingCiphertext'>;
export const XWingCiphertext = fixedBytes<'XWingCiphertext'>(1120);
// Secret.
export type XWingSeed = FixedBytes<'XWingSeed'>;
export const XWingSeed = fixedBytes<'XWingSeed'>(32);
// Secret.
export type XWingSharedSecret = FixedBytes<'XWingSharedSecret'>;
export const XWingSharedSecret = fixedBytes<'XWingSharedSecret'>(32);

export type XWingError =
  | 'bad public key' // ML-KEM's modulus check (FIPS 203 §7.2) or an X25519 key of small order
  | 'bad ciphertext'; // an X25519 share of small order

const kMlKemSeedBytes = 64;
const kMlKemPublicKeyBytes = 1184;
const kMlKemCiphertextBytes = 1088;
const kLabel = asBytes('\\.//^\\');

// The name by which keys are fetched and grants are bound: SHA-256 of the 1,216 bytes.
export const xwingKeyHash = (key: XWingPublicKey): Digest => sha256(key);

function expandSeed(seed: XWingSeed) {
  const expanded = shake256(seed, { dkLen: kMlKemSeedBytes + 32 });
  const mlKem = ml_kem768.keygen(expanded.subarray(0, kMlKemSeedBytes));
  const x25519Secret = expanded.slice(kMlKemSeedBytes);
  wipe(expanded);
  return { mlKem, x25519Secret, x25519Public: x25519.getPublicKey(x25519Secret) };
}

function combine(mlKemSecret: Uint8Array, x25519Secret: Uint8Array, share: Uint8Array, publicKey: Uint8Array) {
  const whole = concat(mlKemSecret, x25519Secret, share, publicKey, kLabel);
  const secret = exactly(XWingSharedSecret, sha3_256(whole));
  wipe(whole, mlKemSecret, x25519Secret);
  return secret;
}

export function xwingPublicKey(seed: XWingSeed): XWingPublicKey {
  const { mlKem, x25519Secret, x25519Public } = expandSeed(seed);
  wipe(mlKem.secretKey, x25519Secret);
  return exactly(XWingPublicKey, concat(mlKem.publicKey, x25519Public));
}

export interface XWingEncapsulated {
  readonly ciphertext: XWingCiphertext;
  readonly sharedSecret: XWingSharedSecret;
}

// Draws 64 bytes from `random` (the draft's eseed: ML-KEM's m, then the ephemeral X25519 key).
export function xwingEncapsulate(key: XWingPublicKey, random: Random): Expected<XWingEncapsulated, XWingError> {
  const seed = new Uint8Array(64);
  random.fill(seed);
  try {
    const publicKey = key.subarray(kMlKemPublicKeyBytes);
    const ephemeral = seed.subarray(32);
    const mlKem = ml_kem768.encapsulate(key.subarray(0, kMlKemPublicKeyBytes), seed.subarray(0, 32));
    const share = x25519.getPublicKey(ephemeral);
    const secret = x25519.getSharedSecret(ephemeral, publicKey);
    return good({
      ciphertext: exactly(XWingCiphertext, concat(mlKem.cipherText, share)),
      sharedSecret: combine(mlKem.sharedSecret, secret, share, publicKey),
    });
  } catch {
    return bad('bad public key');
  } finally {
    wipe(seed);
  }
}

// An altered ciphertext usually gives another secret and no error (implicit rejection): what is sealed under the
// secret must be authenticated, and in HPKE it is.
export function xwingDecapsulate(
  seed: XWingSeed,
  ciphertext: XWingCiphertext,
): Expected<XWingSharedSecret, XWingError> {
  const { mlKem, x25519Secret, x25519Public } = expandSeed(seed);
  try {
    const share = ciphertext.subarray(kMlKemCiphertextBytes);
    const secret = x25519.getSharedSecret(x25519Secret, share);
    const mlKemSecret = ml_kem768.decapsulate(ciphertext.subarray(0, kMlKemCiphertextBytes), mlKem.secretKey);
    return good(combine(mlKemSecret, secret, share, x25519Public));
  } catch {
    return bad('bad ciphertext');
  } finally {
    wipe(mlKem.secretKey, x25519Secret);
  }
}
