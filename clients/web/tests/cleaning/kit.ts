// A little chance that is the same every time, and files to begin with.
import { readdirSync, readFileSync } from 'node:fs';

import type { Rest } from '../../cleaning/clean.ts';

export function draws(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

// For whoever has no page to keep moving.
export const at_once: Rest = () => undefined;

const kFiles = new URL('files/', import.meta.url);

export function committed_files(): readonly (readonly [name: string, bytes: Uint8Array<ArrayBuffer>])[] {
  return readdirSync(kFiles)
    .filter((name) => /\.(jpg|png|webp|gif|wav|pdf|docx|xlsx|pptx|od.)$/.test(name))
    .map((name) => [name, new Uint8Array(readFileSync(new URL(name, kFiles)))]);
}
