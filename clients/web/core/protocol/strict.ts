// Strict Protobuf: for the codecs of this folder and event.ts only. Message types go no further.

import { kCountMax } from '../../generated/rules.ts';
import { equal } from '../crypto/bytes.ts';
import { readMessage, writeMessage, type MessageInitShape, type Schema } from './wire.ts';

export type { MessageInitShape, MessageShape } from './wire.ts';

// The message, if `bytes` are exactly how this program would write it: no unknown fields, no defaults written out,
// nothing out of order (protocol §1). Otherwise nothing. Byte fields are views of `bytes`.
export function parse<T>(schema: Schema<T>, bytes: Uint8Array): T | undefined {
  try {
    const message = readMessage(schema, bytes);
    return equal(writeMessage(schema, message as MessageInitShape<Schema<T>>), bytes) ? message : undefined;
  } catch {
    return undefined;
  }
}

export const encode: <S extends Schema<unknown>>(schema: S, message: MessageInitShape<S>) => Uint8Array = writeMessage;

// A number that a 64-bit field carries, if JavaScript counts that far. Nothing in Omzien counts further: what one
// language took for a number and the other for a broken message would be one log in two states.
export function countOf(number: bigint): number | undefined {
  return number <= BigInt(kCountMax) ? Number(number) : undefined;
}
