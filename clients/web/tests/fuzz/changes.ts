// Small changes to kept inputs, the same in every run, as tests/fuzz/replay.cpp makes them.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { concat } from '../../core/crypto/bytes.ts';

const kCorpora = fileURLToPath(new URL('../../../../tests/fuzz/corpus', import.meta.url));
const kGrowthBytesMax = 64;

export function corpus(name: string): Uint8Array<ArrayBuffer>[] {
  return readdirSync(`${kCorpora}/${name}`)
    .sort()
    .map((file) => new Uint8Array(readFileSync(`${kCorpora}/${name}/${file}`)));
}

export type Draw = (below: number) => number;

// One to four of them; `other` is what a piece may come from.
export function changed(bytes: Uint8Array, other: Uint8Array, draw: Draw): Uint8Array {
  let now: Uint8Array = bytes.slice();
  for (let changes = 1 + draw(4); changes > 0; --changes) now = change(now, other, draw);
  return now;
}

function change(bytes: Uint8Array, other: Uint8Array, draw: Draw): Uint8Array {
  const at = draw(bytes.length + 1);
  const here = Math.min(at, bytes.length - 1);
  switch (draw(6)) {
    case 0:
      if (bytes.length > 0) bytes[here] = draw(256);
      return bytes;
    case 1:
      if (bytes.length > 0) bytes[here]! ^= 1 << draw(8);
      return bytes;
    case 2: // a size or a place that is far beyond the end, or nearly
      bytes.set([0xff, 0xff, 0xff, draw(2) === 0 ? 0x7f : 0xff].slice(0, bytes.length - at), at);
      return bytes;
    case 3:
      return bytes.slice(0, at);
    case 4: {
      const grown = new Uint8Array(1 + draw(kGrowthBytesMax)).fill(draw(256));
      return concat(bytes.subarray(0, at), grown, bytes.subarray(at));
    }
    default: {
      const from = draw(other.length + 1);
      const piece = other.subarray(from, from + draw(other.length - from + 1));
      return concat(bytes.subarray(0, at), piece, bytes.subarray(at));
    }
  }
}
