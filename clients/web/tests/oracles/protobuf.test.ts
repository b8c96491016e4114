// Our Protobuf against the library's: the same bytes for the same message, the same verdict on bytes that were changed.
import { create, fromBinary, toBinary, type DescMessage } from '@bufbuild/protobuf';
import { describe, expect, test } from 'vitest';

import { parse } from '../../core/protocol/strict.ts';
import { readMessage, writeMessage, type Schema } from '../../core/protocol/wire.ts';
import * as directory from '../../generated/omzien/directory_pb.ts';
import * as entry from '../../generated/omzien/entry_pb.ts';
import * as event from '../../generated/omzien/event_pb.ts';
import * as exchange from '../../generated/omzien/exchange_pb.ts';
import * as local from '../../generated/omzien/local_pb.ts';
import * as wire from '../../generated/wire.ts';
import { equal } from '../../core/crypto/bytes.ts';
import { FixedRandom } from '../support.ts';

const kTries = 30;
const kTheirs = { ...directory, ...entry, ...event, ...exchange, ...local } as unknown as Record<string, DescMessage>;
const kOurs = Object.entries(wire as unknown as Record<string, Schema<unknown>>);
const kTexts = ['', 'a', 'Liever hier.', 'شكرا', '\uFEFFeerst een BOM', 'x'.repeat(300)];

const random = new FixedRandom('protobuf');
function below(count: number): number {
  const bytes = new Uint8Array(4);
  random.fill(bytes);
  return new DataView(bytes.buffer).getUint32(0) % count;
}
function bytes(size: number): Uint8Array {
  const made = new Uint8Array(size);
  random.fill(made);
  return made;
}

// Any message of this schema, small and large numbers, empty and long lists.
function anyMessage(schema: Schema<unknown>): object {
  const value = (kind: (typeof schema)[number][2]): unknown => {
    switch (kind) {
      case 'uint32': return [0, 1, 127, 128, 20_000, 0xffff_ffff][below(6)];
      case 'uint64': return [0n, 1n, 300n, 2n ** 32n, 2n ** 64n - 1n][below(5)];
      case 'bool': return below(2) === 1;
      case 'bytes': return bytes([0, 1, 32, 200][below(4)]!);
      case 'string': return kTexts[below(kTexts.length)];
      default: return anyMessage(kind);
    }
  };
  return Object.fromEntries(
    schema.map(([, name, kind, repeated]) => [name, repeated ? Array.from({ length: below(4) }, () => value(kind)) : value(kind)]),
  );
}

function theirVerdict(schema: DescMessage, changed: Uint8Array): boolean {
  try {
    return equal(toBinary(schema, fromBinary(schema, changed, { readUnknownFields: false })), changed);
  } catch {
    return false;
  }
}
// The library takes a mark at the beginning of a text for none of it; C++ and we leave texts as they were typed.
const hasMark = (changed: Uint8Array): boolean => Buffer.from(changed).includes(Buffer.from([0xef, 0xbb, 0xbf]));

test('every message has its table', () => {
  const theirs = Object.keys(kTheirs).filter((name) => name.endsWith('Schema'));
  expect(kOurs.map(([name]) => name).sort()).toEqual(theirs.sort());
});

describe.each(kOurs)('%s', (name, schema) => {
  const theirs = kTheirs[name]!;

  test('is written to the same bytes, and read back', () => {
    for (let i = 0; i < kTries; ++i) {
      const message = anyMessage(schema);
      const written = writeMessage(schema, message);
      expect(Buffer.from(written)).toEqual(Buffer.from(toBinary(theirs, create(theirs, message as never))));
      expect(writeMessage(schema, readMessage(schema, written) as object)).toEqual(written);
    }
  });

  test('is accepted, changed or cut, just when the library accepts it', () => {
    for (let i = 0; i < 10 * kTries; ++i) {
      const changed = writeMessage(schema, anyMessage(schema)).slice(0, below(8) === 0 ? below(40) : undefined);
      for (let flips = below(3); flips > 0 && changed.length > 0; --flips) changed[below(changed.length)] = below(256);
      if (!hasMark(changed)) expect(parse(schema, changed) !== undefined, Buffer.from(changed).toString('hex')).toBe(theirVerdict(theirs, changed));
    }
  });
});

test('a text that begins with a byte order mark keeps it', () => {
  const written = writeMessage(wire.MessageSchema, { text: '\uFEFFx' });
  expect(parse(wire.MessageSchema, written)?.text).toBe('\uFEFFx');
});
