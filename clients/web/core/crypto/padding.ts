// Padding to a size class before encryption, so that a ciphertext tells little about a text's length.
//
//   padded := length (4 bytes, big-endian) ‖ data ‖ zeros
//
// The whole, the length included, has 1,024, 4,096 or 12,288 bytes; above that it is rounded up by Padmé (Nikitin et
// al., "Reducing Metadata Leakage from Encrypted Files", PETS 2019, §4): at most 12 % more.

import { kPaddingLargeBytes, kPaddingMediumBytes, kPaddingSmallBytes } from '../../generated/rules.ts';
import { allZero, readU32, u32Bytes } from './bytes.ts';

const kLengthBytes = 4;
const kDataBytesMax = 2 ** 31;

// The smallest number not below `n` whose last bits are zero, more of them the larger it is. For n < 2^53.
export function padme(n: number): number {
  if (n === 0) return 0;
  const exponent = bitWidth(n) - 1; // E = floor(log2 n)
  const kept = exponent === 0 ? 0 : bitWidth(exponent); // S = floor(log2 E) + 1
  const step = 2 ** (exponent - kept);
  return step <= 1 ? n : Math.ceil(n / step) * step;
}

const bitWidth = (n: number): number => n.toString(2).length;

// The size of the padded whole for data of this many bytes.
export function paddedSize(dataBytes: number): number {
  const whole = dataBytes + kLengthBytes;
  for (const sizeClass of [kPaddingSmallBytes, kPaddingMediumBytes, kPaddingLargeBytes])
    if (whole <= sizeClass) return sizeClass;
  return padme(whole);
}

// True for sizes that some data is padded to.
export function isPaddedSize(size: number): boolean {
  return size >= kLengthBytes && paddedSize(size - kLengthBytes) === size;
}

// Throws RangeError from 2^31 bytes on; limits apply long before.
export function pad(data: Uint8Array): Uint8Array {
  if (data.length >= kDataBytesMax) throw new RangeError('padding: 2 GiB or more');
  const padded = new Uint8Array(paddedSize(data.length));
  padded.set(u32Bytes(data.length));
  padded.set(data, kLengthBytes);
  return padded;
}

// The data inside `padded`, a view of it. Nothing unless the length fits, the size is exactly the one that `pad`
// gives, and every filler byte is zero.
export function unpad(padded: Uint8Array): Uint8Array | undefined {
  if (padded.length < kLengthBytes) return undefined;
  const length = readU32(padded, 0);
  if (length >= kDataBytesMax || paddedSize(length) !== padded.length) return undefined;
  if (!allZero(padded.subarray(kLengthBytes + length))) return undefined;
  return padded.subarray(kLengthBytes, kLengthBytes + length);
}
