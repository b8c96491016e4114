// What the comparisons with independent peers share.
import sodium from 'libsodium-wrappers-sumo';

import { concat, u32Bytes } from '../../core/crypto/bytes.ts';
import { FixedRandom } from '../support.ts';

await sodium.ready;
export { sodium };

// Inputs of every kind, the same in every run.
export class Inputs extends FixedRandom {
  bytes(size: number): Uint8Array {
    const out = new Uint8Array(size);
    this.fill(out);
    return out;
  }
  // Evenly from 0 to below − 1, or near enough for a test.
  number(below: number): number {
    return new DataView(this.bytes(4).buffer).getUint32(0) % below;
  }
  // A copy with one bit turned.
  turned(whole: Uint8Array): Uint8Array {
    const copy = concat(whole);
    copy[this.number(copy.length)]! ^= 1 << this.number(8);
    return copy;
  }
}

// HMAC-SHA256 and HKDF (RFC 5869) by libsodium's hash.
export function hmac(key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  const state = sodium.crypto_auth_hmacsha256_init(key);
  for (const part of parts) sodium.crypto_auth_hmacsha256_update(state, part);
  return sodium.crypto_auth_hmacsha256_final(state);
}
export function hkdf(salt: Uint8Array, material: Uint8Array, info: Uint8Array, length: number): Uint8Array {
  return expand(hmac(salt, material), info, length);
}
export function expand(key: Uint8Array, info: Uint8Array, length: number): Uint8Array {
  let [block, all] = [new Uint8Array(0), new Uint8Array(0)] as [Uint8Array, Uint8Array];
  for (let i = 1; all.length < length; ++i) {
    block = hmac(key, block, info, Uint8Array.of(i));
    all = concat(all, block);
  }
  return all.slice(0, length);
}

// A list of fields as crypto/verify/hash.h describes it, written down once more.
export const fields = (...list: readonly Uint8Array[]): Uint8Array =>
  concat(...list.flatMap((field) => [u32Bytes(field.length), field]));

export const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
