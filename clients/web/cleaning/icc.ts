// Colour profiles. One that was made for a single screen or camera tells it apart; its text often names it,
// with a serial number and a day. So a profile is only read for which of the spaces that everybody uses it
// is, and a new one is written for that. Any other is cut, and the picture is taken for sRGB.
// ICC.1:2022, §7 to 10.
import { concat } from '../core/crypto/bytes.ts';
import type { Removed } from './finding.ts';
import { from_latin1, number_bytes, Reader, starts_with } from './reader.ts';

// The primaries' XYZ under D50, red, green, blue; and the exponent of the curve where it is a plain one.
interface Space {
  readonly primaries: readonly number[];
  readonly gamma: number | null; // null: sRGB's curve
}
const kDisplayP3: Space = { primaries: [0.5151, 0.2412, -0.0011, 0.292, 0.6922, 0.0419, 0.1571, 0.0666, 0.7841], gamma: null };
const kAdobeRgb: Space = { primaries: [0.6097, 0.3111, 0.0195, 0.2053, 0.6257, 0.0609, 0.1492, 0.0632, 0.7446], gamma: 2.19921875 };
const kSame = 0.002;
const kOne = 65536;
const kTagsMax = 200;

// A profile of our own for the space that this one describes; nothing for sRGB, which needs none, and for
// what is not known.
export function plain_profile(icc: Uint8Array, removed: Set<Removed>): Uint8Array | null {
  removed.add('profile');
  const found = primaries_of(icc);
  const same = (space: Space): boolean => space.primaries.every((value, i) => Math.abs(value - found[i]!) < kSame);
  const wide = found.length === 9 ? [kDisplayP3, kAdobeRgb].find(same) : undefined;
  return wide ? written(wide) : null;
}

function primaries_of(icc: Uint8Array): readonly number[] {
  if (!starts_with(icc, 'RGB ', 16)) return [];
  try {
    const reader = new Reader(icc, 128);
    const places = new Map<number, number>();
    const count = Math.min(reader.u32(), kTagsMax);
    for (let i = 0; i < count; ++i) {
      places.set(reader.u32(), reader.u32());
      reader.u32();
    }
    return ['rXYZ', 'gXYZ', 'bXYZ'].flatMap((tag) => {
      reader.at = (places.get(new Reader(from_latin1(tag)).u32()) ?? icc.length) + 8;
      return [0, 1, 2].map(() => (reader.u32() | 0) / kOne);
    });
  } catch {
    return [];
  }
}

function fixed(...values: readonly number[]): Uint8Array {
  return number_bytes(false, ...values.map((value) => [4, Math.round(value * kOne) >>> 0] as const));
}

function written({ primaries, gamma }: Space): Uint8Array {
  const xyz = (...values: readonly number[]): Uint8Array => concat(from_latin1('XYZ \0\0\0\0'), fixed(...values));
  const curve =
    gamma === null
      ? concat(from_latin1('para\0\0\0\0\0\x03\0\0'), fixed(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045))
      : concat(from_latin1('para\0\0\0\0\0\0\0\0'), fixed(gamma));
  const text = concat(from_latin1('mluc\0\0\0\0\0\0\0\x01\0\0\0\x0cenUS\0\0\0\x02\0\0\0\x1c\0-\0\0'));
  const white = xyz(0.9642, 1, 0.8249);
  const tags: readonly (readonly [string, Uint8Array])[] = [
    ['desc', text],
    ['cprt', text],
    ['wtpt', white],
    ['rXYZ', xyz(...primaries.slice(0, 3))],
    ['gXYZ', xyz(...primaries.slice(3, 6))],
    ['bXYZ', xyz(...primaries.slice(6))],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  const start = 128 + 4 + 12 * tags.length;
  const distinct = [...new Set(tags.map(([, data]) => data))];
  const place = (data: Uint8Array): number =>
    distinct.slice(0, distinct.indexOf(data)).reduce((sum, other) => sum + other.length, start);
  const size = distinct.reduce((sum, data) => sum + data.length, start);
  const table = tags.map(([name, data]) => concat(from_latin1(name), number_bytes(false, [4, place(data)], [4, data.length])));
  const head = new Uint8Array(128); // its day, maker and model stay zero
  head.set(number_bytes(false, [4, size], [4, 0], [4, 0x04300000]));
  head.set(from_latin1('mntrRGB XYZ '), 12);
  head.set(from_latin1('acsp'), 36);
  head.set(fixed(0.9642, 1, 0.8249), 68);
  return concat(head, number_bytes(false, [4, tags.length]), ...table, ...distinct);
}
