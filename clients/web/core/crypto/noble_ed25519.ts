// Ed25519 by noble: signing, and what strict verification asks of a signature, so that noble, every browser and
// libsodium agree.

import { getPublicKey, hashes, Point, sign } from '@noble/ed25519';
import { sha512 } from '@noble/hashes/sha2.js';

import { concat, equal, fromHex, toHex } from './bytes.ts';

hashes.sha512 = sha512;
const { p: kFieldPrime, n: kGroupOrder } = Point.CURVE();

// y of the points of order 1, 2, 4 and 8, little-endian; x and −x share it.
const kSmallOrder: readonly bigint[] = [
  '01'.padEnd(64, '0'),
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '00'.padEnd(64, '0'),
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
].map((hex) => littleEndian(fromHex(hex)!));

function littleEndian(bytes: Uint8Array): bigint {
  let number = 0n;
  for (let i = bytes.length - 1; i >= 0; --i) number = (number << 8n) | BigInt(bytes[i]!);
  return number;
}

// Whether y is written the one way it can be, and not that of a point of small order. The sign needs no test: only
// points of small order have x = 0.
export function isOrdinaryPoint(encoded: Uint8Array): boolean {
  const y = littleEndian(encoded) & ((1n << 255n) - 1n);
  return y < kFieldPrime && !kSmallOrder.includes(y);
}

export function isReducedScalar(encoded: Uint8Array): boolean {
  return littleEndian(encoded) < kGroupOrder;
}

export function publicKeyOf(seed: Uint8Array): Uint8Array {
  return getPublicKey(seed);
}

export function signWithSeed(seed: Uint8Array, message: Uint8Array): Uint8Array {
  return sign(message, seed);
}

// The authors of a case are few, and finding the point of a key takes long.
const kPointsMax = 64;
const points = new Map<string, Point>();

function pointOf(key: Uint8Array): Point {
  const name = toHex(key);
  const known = points.get(name);
  if (known !== undefined) return known;
  if (points.size >= kPointsMax) points.clear();
  const point = Point.fromBytes(key);
  points.set(name, point);
  return point;
}

// R = [S]B − [k]A, for parts that passed the tests above; k = SHA-512(R ‖ A ‖ message). R is canonical, so comparing
// what it should be as bytes says the same as comparing points, and spares a square root.
export function satisfiesEquation(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const encodedR = signature.subarray(0, 32);
  try {
    const a = pointOf(key);
    const s = littleEndian(signature.subarray(32));
    const k = littleEndian(sha512(concat(encodedR, key, message))) % kGroupOrder;
    return equal(Point.BASE.multiplyUnsafe(s).subtract(a.multiplyUnsafe(k)).toBytes(), encodedR);
  } catch {
    return false; // a y that no point has
  }
}
