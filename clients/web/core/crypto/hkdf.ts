// HKDF-SHA256 (RFC 5869) and HMAC-SHA256 (RFC 2104).

import { expand, extract } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';

import { asBytes, exactly, fixedBytes, type FixedBytes, type FixedKind } from './bytes.ts';
import { Digest } from './hash.ts';
import { wipe } from './secret.ts';

// 32 bytes that are already evenly distributed: the outcome of extract, or a random key. Secret.
export type PseudorandomKey = FixedBytes<'PseudorandomKey'>;
export const PseudorandomKey = fixedBytes<'PseudorandomKey'>(32);

const asInfo = (info: Uint8Array | string): Uint8Array => (typeof info === 'string' ? asBytes(info) : info);

// RFC 5869 §2.2. An empty salt means 32 zeros.
export function hkdfExtract(salt: Uint8Array, inputKeyMaterial: Uint8Array): PseudorandomKey {
  return extract(sha256, inputKeyMaterial, salt) as Uint8Array as PseudorandomKey;
}

// RFC 5869 §2.3. `key` has 32 bytes, `length` is at most 8,160.
export function hkdfExpand(key: Uint8Array, info: Uint8Array | string, length: number): Uint8Array {
  return expand(sha256, key, asInfo(info), length);
}

// For a type of fixed size: hkdfExpandKey(CompartmentKey, prk, info).
export function hkdfExpandKey<T extends Uint8Array>(kind: FixedKind<T>, key: Uint8Array, info: Uint8Array | string): T {
  const bytes = hkdfExpand(key, info, kind.size);
  const value = exactly(kind, bytes);
  wipe(bytes);
  return value;
}

// Both steps. What lies between them is wiped.
export function hkdf<T extends Uint8Array>(
  kind: FixedKind<T>,
  salt: Uint8Array,
  inputKeyMaterial: Uint8Array,
  info: Uint8Array | string,
): T {
  const between = hkdfExtract(salt, inputKeyMaterial);
  const value = hkdfExpandKey(kind, between, info);
  wipe(between);
  return value;
}

// The key may have any length.
export function hmacSha256(key: Uint8Array, message: Uint8Array): Digest {
  return exactly(Digest, hmac(sha256, key, message));
}
