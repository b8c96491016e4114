// What stands in an event, byte for byte as C++ writes it.

import { expect, test } from 'vitest';

import { toHex } from '../../core/crypto/bytes.ts';
import { encodeEvent, kindName, parseEvent } from '../../core/event.ts';
import { EventKind } from '../../generated/rules.ts';
import { bytes, readVectors } from '../support.ts';

const vectors = readVectors<{
  readonly events: readonly { readonly kind: string; readonly plaintext: string }[];
  readonly refused: readonly string[];
}>('event-content.json');

test.each(vectors.events)('$kind is read and written as in C++', ({ kind, plaintext }) => {
  const event = parseEvent(bytes(plaintext));
  expect(event && kindName(event)).toBe(kind);
  expect(event && toHex(encodeEvent(event))).toBe(plaintext);
});

test('every kind that people write stands in the vectors', () => {
  const reserved = ['sheet', 'attachment'];
  const written = new Set(vectors.events.map(({ kind }) => kind));
  expect(Object.keys(EventKind).filter((kind) => !written.has(kind))).toEqual(reserved);
});

test.each([...vectors.refused.entries()])('what breaks promise %i is refused', (_, plaintext) => {
  expect(parseEvent(bytes(plaintext))).toBeUndefined();
});
