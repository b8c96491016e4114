// HPKE (RFC 9180), base mode: KEM X-Wing 0x647A, KDF HKDF-SHA256 0x0001, AEAD ChaCha20-Poly1305 0x0003.
//
// Keys are raw 32-byte X-Wing seeds. DeriveKeyPair is never called: drafts differ about it.

import { chacha20poly1305 } from '@noble/ciphers/chacha.js';

import { bad, good, type Expected } from '../expected.ts';
import { asBytes, concat } from './bytes.ts';
import { decrypted } from './envelope.ts';
import { hkdfExpand, hkdfExtract, type PseudorandomKey } from './hkdf.ts';
import type { OpenError } from './open_error.ts';
import type { Random } from './random.ts';
import { wipe } from './secret.ts';
import {
  xwingDecapsulate,
  xwingEncapsulate,
  type XWingCiphertext,
  type XWingError,
  type XWingPublicKey,
  type XWingSeed,
  type XWingSharedSecret,
} from './xwing.ts';

const kKeyBytes = 32;
const kNonceBytes = 12;
const kTagBytes = 16;
const kModeBase = Uint8Array.of(0);
const kNothing = new Uint8Array(0);
// "HPKE", KEM 0x647A, KDF 0x0001, AEAD 0x0003 (RFC 9180 §5.1)
const kSuiteId = concat(asBytes('HPKE'), Uint8Array.of(0x64, 0x7a, 0x00, 0x01, 0x00, 0x03));
const kVersion = asBytes('HPKE-v1');

// §4: "HPKE-v1" ‖ suite_id ‖ label ‖ rest
const labelled = (label: string, rest: Uint8Array): Uint8Array => concat(kVersion, kSuiteId, asBytes(label), rest);

// §4. The key material is never secret in base mode: where there is a secret it is the salt.
const labelledExtract = (salt: Uint8Array, label: string, material: Uint8Array): PseudorandomKey =>
  hkdfExtract(salt, labelled(label, material));

// §4.
const labelledExpand = (key: Uint8Array, label: string, info: Uint8Array, length: number): Uint8Array =>
  hkdfExpand(key, concat(Uint8Array.of(length >> 8, length & 255), labelled(label, info)), length);

export interface HpkeSealed {
  readonly enc: XWingCiphertext;
  readonly ciphertext: Uint8Array; // as long as the plaintext, and 16 bytes of tag
}

// One message: key and nonce of §5.1 KeyScheduleBase, sequence number 0.
function keySchedule(sharedSecret: XWingSharedSecret, info: Uint8Array) {
  const context = concat(
    kModeBase,
    labelledExtract(kNothing, 'psk_id_hash', kNothing),
    labelledExtract(kNothing, 'info_hash', info),
  );
  const secret = labelledExtract(sharedSecret, 'secret', kNothing);
  const key = labelledExpand(secret, 'key', context, kKeyBytes);
  const nonce = labelledExpand(secret, 'base_nonce', context, kNonceBytes);
  wipe(secret);
  return { key, nonce };
}

// RFC 9180 §6.1, one message. Fails only for a public key that is none.
export function hpkeSeal(
  key: XWingPublicKey,
  info: Uint8Array,
  aad: Uint8Array,
  plaintext: Uint8Array,
  random: Random,
): Expected<HpkeSealed, XWingError> {
  const encapsulated = xwingEncapsulate(key, random);
  if (!encapsulated.ok) return encapsulated;
  const schedule = keySchedule(encapsulated.value.sharedSecret, info);
  const ciphertext = chacha20poly1305(schedule.key, schedule.nonce, aad).encrypt(plaintext);
  wipe(encapsulated.value.sharedSecret, schedule.key, schedule.nonce);
  return good({ enc: encapsulated.value.ciphertext, ciphertext });
}

// The plaintext is the caller's to wipe.
export function hpkeOpen(
  seed: XWingSeed,
  enc: XWingCiphertext,
  info: Uint8Array,
  aad: Uint8Array,
  ciphertext: Uint8Array,
): Expected<Uint8Array, OpenError> {
  const sharedSecret = xwingDecapsulate(seed, enc);
  if (!sharedSecret.ok || ciphertext.length < kTagBytes) return bad('malformed');
  const schedule = keySchedule(sharedSecret.value, info);
  const plaintext = decrypted(() => chacha20poly1305(schedule.key, schedule.nonce, aad).decrypt(ciphertext));
  wipe(sharedSecret.value, schedule.key, schedule.nonce);
  return plaintext === undefined ? bad('wrong key or altered') : good(plaintext);
}
