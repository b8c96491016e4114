// Hashes as words, for people to compare and say aloud. Always from the Dutch list, so that a reporter and an adviser
// who read different languages see the same name.

import { readU32 } from './crypto/bytes.ts';
import type { Digest } from './crypto/hash.ts';
import { words } from './crypto/word_list.ts';
import type { Handle } from './protocol/ids.ts';

function wordAt(bytes: Uint8Array, index: number): string {
  const list = words('nl-1');
  return list[readU32(bytes, 4 * index) % list.length]!;
}

// Two words and a number, "kastanje-molen-42": tells a person's few cases apart, no more. The words are the handle's
// bytes 0-3 and 4-7 as big-endian numbers modulo the list's length, the number bytes 8-9 modulo 100.
export function handleWords(handle: Handle): string {
  const number = ((handle[8]! << 8) | handle[9]!) % 100;
  return `${wordAt(handle, 0)}-${wordAt(handle, 1)}-${String(number).padStart(2, '0')}`;
}

// Four words, 51 bits: enough to notice that a case's history was changed.
export function headWords(head: Digest): string {
  return [0, 1, 2, 3].map((index) => wordAt(head, index)).join(' ');
}
