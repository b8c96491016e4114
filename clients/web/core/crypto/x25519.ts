// X25519 (RFC 7748 §5): noble's ladder with the RFC's parameters. noble's own x25519 multiplies the base point by way
// of its Edwards curves, which would be a twentieth of all that the reporter's app may weigh.

import { montgomery } from '@noble/curves/abstract/montgomery.js';
import { pow } from '@noble/curves/abstract/modular.js';

const kFieldPrime = 2n ** 255n - 19n;

// Keys and shared secrets are 32 bytes; a public key of small order is refused by an exception.
export const x25519 = montgomery({
  P: kFieldPrime,
  type: 'x25519',
  // §5: decodeScalar25519, on a copy of noble's.
  adjustScalarBytes: (scalar: Uint8Array) => {
    scalar[0]! &= 248;
    scalar[31]! &= 127;
    scalar[31]! |= 64;
    return scalar;
  },
  powPminus2: (z) => pow(z, kFieldPrime - 2n, kFieldPrime),
});
