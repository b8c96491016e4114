// Protobuf as much of it as proto/omzien uses: proto3 without maps, oneofs, signed numbers and nested definitions. The
// tables come from the schemas (generate_wire.js); a library that reads every schema there may be would be a seventh of
// all that the reporter's app may weigh. tests/oracles/protobuf.test.ts holds it to that library.

import { concat } from '../crypto/bytes.ts';

type Scalar = 'uint32' | 'uint64' | 'bool' | 'bytes' | 'string';

// Number, name, kind, and whether it is repeated; ascending by number.
export type Field = readonly [number: number, name: string, kind: Scalar | Schema<unknown>, repeated?: true];
declare const shape: unique symbol;
export type Schema<T> = readonly Field[] & { readonly [shape]?: T };

export type MessageShape<S> = S extends Schema<infer T> ? T : never;
// What a message is made from: what is left out has its default.
type Init<T> = T extends Uint8Array
  ? T
  : T extends readonly (infer I)[]
    ? readonly Init<I>[]
    : T extends object
      ? { [K in keyof T]?: Init<T[K]> | undefined }
      : T;
export type MessageInitShape<S> = Init<MessageShape<S>>;

const kVarint = 0;
const kLengthDelimited = 2;
const kUint32Max = 0xffff_ffff;
const kUint64Max = 2n ** 64n - 1n;
const kVarintBitsMax = 70; // ten bytes

const kDefaults = { uint32: () => 0, uint64: () => 0n, bool: () => false, bytes: () => new Uint8Array(0), string: () => '' };
const kDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const kEncoder = new TextEncoder();

const isScalar = (kind: Field[2]): kind is Scalar => typeof kind === 'string';
const isPacked = (kind: Field[2]): boolean => kind === 'uint32' || kind === 'uint64' || kind === 'bool';

class Unreadable extends Error {}

class Cursor {
  private at = 0;
  constructor(private readonly bytes: Uint8Array) {}

  get done(): boolean {
    return this.at === this.bytes.length;
  }
  // Tags, lengths, numbers of 32 bits.
  varint(): number {
    const first = this.bytes[this.at];
    if (first !== undefined && first < 0x80) return this.bytes[this.at++]!;
    const number = this.varint64();
    if (number > BigInt(kUint32Max)) throw new Unreadable();
    return Number(number);
  }
  varint64(): bigint {
    let number = 0n;
    for (let shift = 0; shift < kVarintBitsMax; shift += 7) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) break;
      number |= BigInt(byte & 0x7f) << BigInt(shift);
      if (byte < 0x80) return number;
    }
    throw new Unreadable();
  }
  // A view.
  take(size: number): Uint8Array {
    if (size > this.bytes.length - this.at) throw new Unreadable();
    this.at += size;
    return this.bytes.subarray(this.at - size, this.at);
  }
  number(kind: Scalar): number | bigint | boolean {
    if (kind === 'uint64') return this.varint64();
    const number = this.varint();
    if (kind === 'bool' && number > 1) throw new Unreadable();
    return kind === 'bool' ? number === 1 : number;
  }
}

// Throws where there is no such message. Byte fields are views of `bytes`.
export function readMessage<T>(schema: Schema<T>, bytes: Uint8Array): T {
  const message: Record<string, unknown> = {};
  for (const [, name, kind, repeated] of schema)
    if (repeated) message[name] = [];
    else if (isScalar(kind)) message[name] = kDefaults[kind]();
  const cursor = new Cursor(bytes);
  while (!cursor.done) {
    const tag = cursor.varint();
    const field = schema.find(([number]) => number === Math.floor(tag / 8));
    if (field === undefined) throw new Unreadable();
    const [, name, kind, repeated] = field;
    const numeric = isPacked(kind);
    if (tag % 8 !== (numeric && !repeated ? kVarint : kLengthDelimited)) throw new Unreadable();
    if (numeric && !repeated) message[name] = cursor.number(kind as Scalar);
    else take(message, field, cursor.take(cursor.varint()));
  }
  return message as T;
}

// A field whose length stands before it.
function take(message: Record<string, unknown>, [, name, kind, repeated]: Field, bytes: Uint8Array): void {
  const list = message[name] as unknown[];
  if (isPacked(kind)) {
    for (const cursor = new Cursor(bytes); !cursor.done; ) list.push(cursor.number(kind as Scalar));
    return;
  }
  const value = !isScalar(kind) ? readMessage(kind, bytes) : kind === 'string' ? kDecoder.decode(bytes) : bytes;
  if (repeated) list.push(value);
  else message[name] = value;
}

// Defaults are left out, repeated numbers packed, fields in order: one message, one spelling.
export function writeMessage<S extends Schema<unknown>>(schema: S, message: MessageInitShape<S>): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const [number, name, kind, repeated] of schema) {
    const value = (message as Record<string, unknown>)[name];
    if (value === undefined) continue;
    const put = (bytes: Uint8Array): void =>
      void parts.push(varintBytes(8 * number + kLengthDelimited), varintBytes(bytes.length), bytes);
    if (repeated && isPacked(kind)) {
      const list = value as readonly number[];
      if (list.length > 0) put(concat(...list.map(varintBytes)));
    } else if (repeated) for (const item of value as readonly unknown[]) put(bytesOf(kind, item));
    else if (isPacked(kind)) {
      if (value) parts.push(varintBytes(8 * number + kVarint), varintBytes(value as number | bigint | boolean));
    } else {
      const bytes = bytesOf(kind, value);
      if (bytes.length > 0 || !isScalar(kind)) put(bytes);
    }
  }
  return concat(...parts);
}

function bytesOf(kind: Field[2], value: unknown): Uint8Array {
  if (!isScalar(kind)) return writeMessage(kind, value as object);
  return kind === 'string' ? kEncoder.encode(value as string) : (value as Uint8Array);
}

function varintBytes(value: number | bigint | boolean): Uint8Array {
  if (typeof value === 'number' && value >= 0 && value < 0x80) return Uint8Array.of(value);
  const bytes: number[] = [];
  let left = BigInt(value);
  if (left < 0n || left > kUint64Max) throw new Error('a number that no field carries');
  for (; left > 0x7fn; left >>= 7n) bytes.push(Number(left & 0x7fn) | 0x80);
  return Uint8Array.from([...bytes, Number(left)]);
}
