// What the tests share: vectors, hexadecimal, and randomness that is known.
import { readFileSync } from 'node:fs';

import { chacha20 } from '@noble/ciphers/chacha.js';

import { asBytes, concat, exactly, fromHex, toHex, type FixedKind } from '../core/crypto/bytes.ts';
import { sha256 } from '../core/crypto/hash.ts';
import type { Random } from '../core/crypto/random.ts';

export const kVectorsFolder = new URL('../../../tests/vectors/', import.meta.url);

// A file of tests/vectors, written by the C++ programs.
export function readVectors<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, kVectorsFolder), 'utf8')) as T;
}

export function bytes(hex: string): Uint8Array {
  const read = fromHex(hex);
  if (read === undefined) throw new Error(`not hexadecimal: ${hex.slice(0, 40)}`);
  return read;
}

export const fixed = <T extends Uint8Array>(kind: FixedKind<T>, hex: string): T => exactly(kind, bytes(hex));

// Gives back what was recorded, and complains when it is asked for more or less.
export class ReplayRandom implements Random {
  private at = 0;
  constructor(private readonly recorded: Uint8Array) {}
  fill(out: Uint8Array): void {
    if (this.at + out.length > this.recorded.length) throw new Error('more randomness drawn than was recorded');
    out.set(this.recorded.subarray(this.at, (this.at += out.length)));
  }
  get exhausted(): boolean {
    return this.at === this.recorded.length;
  }
}

// Passes on what another source gives and remembers it.
export class RecordingRandom implements Random {
  private drawn: Uint8Array = new Uint8Array(0);
  constructor(private readonly source: Random) {}
  fill(out: Uint8Array): void {
    this.source.fill(out);
    this.drawn = concat(this.drawn, out);
  }
  get drawnHex(): string {
    return toHex(this.drawn);
  }
}

// The same every time: the ChaCha20 key stream (RFC 8439) of a seed, as tests/crypto/fixed_random.h makes it.
export class FixedRandom implements Random {
  private stream: Uint8Array = new Uint8Array(0);
  private at = 0;
  private readonly key: Uint8Array;
  constructor(seed: string) {
    this.key = sha256(asBytes(seed));
  }
  fill(out: Uint8Array): void {
    if (this.at + out.length > this.stream.length)
      this.stream = chacha20(this.key, new Uint8Array(12), new Uint8Array(2 * (this.at + out.length) + 4096));
    out.set(this.stream.subarray(this.at, (this.at += out.length)));
  }
}

export function withFlippedBit(whole: Uint8Array, byte: number): Uint8Array {
  const flipped = concat(whole);
  flipped[byte]! ^= 1;
  return flipped;
}
