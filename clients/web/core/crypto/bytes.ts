// Plain bytes, and values of one fixed size that are not mixed up.

import type { Random } from './random.ts';

const kEncoder = new TextEncoder();

export const asBytes = (text: string): Uint8Array => kEncoder.encode(text);

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

// Whether two public values are the same. For secrets: constantTimeEqual (secret.ts).
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return compare(a, b) === 0;
}

// Negative, zero or positive, by the first byte that differs, then by length.
export function compare(a: Uint8Array, b: Uint8Array): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; ++i) {
    const difference = a[i]! - b[i]!;
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

export function allZero(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; ++i) if (bytes[i] !== 0) return false;
  return true;
}

// Lower-case hexadecimal, two digits a byte. `fromHex` takes either case; anything else gives nothing.
export function toHex(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex;
}

export function fromHex(hex: string): Uint8Array | undefined {
  if (hex.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(hex)) return undefined;
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; ++i) bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

// RFC 4648 section 5, without padding. `fromBase64url` takes nothing else.
export function toBase64url(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

export function fromBase64url(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return undefined;
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
  return toBase64url(bytes) === text ? bytes : undefined; // no second way to write the same
}

// Big-endian numbers of four and eight bytes. A `u64` here is at most 2^53 − 1: nothing counts further.
export function u32Bytes(number: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, number);
  return bytes;
}
export function u64Bytes(number: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(number));
  return bytes;
}
export function readU32(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at);
}

declare const tagged: unique symbol;

// Bytes of exactly one size. `Tag` only makes types differ: a handle is no member id, and the compiler says so.
export type FixedBytes<Tag extends string> = Uint8Array & { readonly [tagged]: Tag };

export interface FixedKind<T extends Uint8Array> {
  readonly size: number;
  // A copy; nothing unless `bytes` has exactly that size.
  from(bytes: Uint8Array): T | undefined;
  zeros(): T;
  random(random: Random): T;
}

export function fixedBytes<Tag extends string>(size: number): FixedKind<FixedBytes<Tag>> {
  type T = FixedBytes<Tag>;
  return {
    size,
    from: (bytes) => (bytes.length === size ? (bytes.slice() as T) : undefined),
    zeros: () => new Uint8Array(size) as T,
    random: (random) => {
      const bytes = new Uint8Array(size) as T;
      random.fill(bytes);
      return bytes;
    },
  };
}

// Bytes that are known to have the size: what a function of this folder just made.
export function exactly<T extends Uint8Array>(kind: FixedKind<T>, bytes: Uint8Array): T {
  const value = kind.from(bytes);
  if (value === undefined) throw new Error(`${bytes.length} bytes where ${kind.size} belong`);
  return value;
}
