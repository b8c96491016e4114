// Strict Protobuf: for the codecs of this folder and event.ts only. Message types go no further.

import {
  create,
  fromBinary,
  toBinary,
  type DescMessage,
  type MessageInitShape,
  type MessageShape,
} from '@bufbuild/protobuf';

import { equal } from '../crypto/bytes.ts';

// The message, if `bytes` are exactly how this program would write it: no unknown fields, no defaults written out,
// nothing out of order (protocol §1). Otherwise nothing. Byte fields are views of `bytes`.
export function parse<Schema extends DescMessage>(schema: Schema, bytes: Uint8Array): MessageShape<Schema> | undefined {
  try {
    const message = fromBinary(schema, bytes, { readUnknownFields: false });
    return equal(toBinary(schema, message), bytes) ? message : undefined;
  } catch {
    return undefined;
  }
}

export function encode<Schema extends DescMessage>(schema: Schema, message: MessageInitShape<Schema>): Uint8Array {
  return toBinary(schema, create(schema, message));
}

// A number that a 64-bit field carries, if JavaScript counts that far. Nothing in Omzien counts further.
export function countOf(number: bigint): number | undefined {
  return number <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(number) : undefined;
}
