// Strict Ed25519 verification (RFC 8032 §5.1.7, without the cofactor) over a domain tag and a message.

import { fixedBytes, asBytes, concat, type FixedBytes } from './bytes.ts';
import { isOrdinaryPoint, isReducedScalar, satisfiesEquation } from './noble_ed25519.ts';
import { nativeEd25519 } from './native_ed25519.ts';

export type SigningPublicKey = FixedBytes<'SigningPublicKey'>;
export const SigningPublicKey = fixedBytes<'SigningPublicKey'>(32);
export type Signature = FixedBytes<'Signature'>;
export const Signature = fixedBytes<'Signature'>(64);

// True when `signature` = R ‖ S is `key`'s over tag ‖ message; `tag` is one of the rules', ending in 0x00. Refused
// besides a wrong signature:
//   - S of the group order or more (a second form of the same signature);
//   - a key or an R that is not the canonical encoding of its point;
//   - a key or an R of small order.
// The equation is R = [S]B − [k]A. A verifier that multiplies by the cofactor (noble's does, with zip215: false too)
// accepts more: tests/vectors/ed25519-edge.json has the cases.
export async function verify(
  key: SigningPublicKey,
  tag: string,
  message: Uint8Array,
  signature: Signature,
): Promise<boolean> {
  const r = signature.subarray(0, 32);
  if (!isOrdinaryPoint(key) || !isOrdinaryPoint(r) || !isReducedScalar(signature.subarray(32))) return false;
  const signed = concat(asBytes(tag), message);
  const native = await nativeEd25519();
  return native === undefined ? satisfiesEquation(key, signed, signature) : native.verify(key, signed, signature);
}
