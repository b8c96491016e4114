// The entry: a signed header and an erasable payload (protocol §2).

import {
  kHeaderBytesMax,
  kPayloadBytesMax,
  kSuite,
  kTagEntryHash,
  kTagEntrySignature,
  kTagPayloadHash,
  type EntryKind,
} from '../../generated/rules.ts';
import { HeaderSchema } from '../../generated/wire.ts';
import { equal, exactly } from '../crypto/bytes.ts';
import { bad, good, type Expected } from '../expected.ts';
import { Digest, FieldList, hashFields, sha256 } from '../crypto/hash.ts';
import { Signature, SigningPublicKey, verify } from '../crypto/signature.ts';
import { encodeFields, parseFields } from './entry_fields.ts';
import { Handle, Salt, ServiceId, type Day } from './ids.ts';
import type { Fields } from './kinds.ts';
import { countOf, encode, parse } from './strict.ts';

export type * from './kinds.ts';

export interface Header {
  readonly serviceId: ServiceId;
  readonly handle: Handle;
  readonly author: SigningPublicKey;
  readonly seq: number;
  readonly prevHash: Digest; // zeros at seq 0
  readonly day: Day;
  readonly directoryHash: Digest;
  readonly salt: Salt;
  readonly kind: EntryKind;
  readonly fields: Fields;
  readonly payloadHash: Digest;
  readonly payloadSize: number;
}

export type EntryError =
  | 'malformed' // not a header, or not written the one way it is written
  | 'newer version' // another suite
  | 'signature'; // not signed by its author

// The bytes that are signed.
export function encodeHeader(header: Header): Uint8Array {
  return encode(HeaderSchema, {
    suite: kSuite,
    serviceId: header.serviceId,
    handle: header.handle,
    authorKey: header.author,
    seq: BigInt(header.seq),
    prevHash: header.prevHash,
    day: header.day,
    directoryHash: header.directoryHash,
    salt: header.salt,
    kind: header.kind,
    fields: encodeFields(header.fields),
    payloadHash: header.payloadHash,
    payloadSize: header.payloadSize,
  });
}

// Bounds: kHeaderBytesMax and the list limits. Unknown kinds parse (their fields are Unknown).
export function parseHeader(bytes: Uint8Array): Expected<Header, EntryError> {
  const message = bytes.length > kHeaderBytesMax ? undefined : parse(HeaderSchema, bytes);
  if (message === undefined) return bad('malformed');
  if (message.suite !== kSuite) return bad('newer version');
  const serviceId = ServiceId.from(message.serviceId);
  const handle = Handle.from(message.handle);
  const author = SigningPublicKey.from(message.authorKey);
  const seq = countOf(message.seq);
  const prevHash = Digest.from(message.prevHash);
  const directoryHash = Digest.from(message.directoryHash);
  const salt = Salt.from(message.salt);
  const payloadHash = Digest.from(message.payloadHash);
  const fields = parseFields(message.kind as EntryKind, message.fields);
  if (
    !serviceId || !handle || !author || seq === undefined || !prevHash || !directoryHash || !salt || !payloadHash ||
    !fields || message.kind === 0 || message.payloadSize > kPayloadBytesMax
  )
    return bad('malformed');
  const { day, payloadSize } = message;
  const kind = message.kind as EntryKind;
  return good({
    serviceId, handle, author, seq, prevHash, day, directoryHash, salt, kind, fields, payloadHash, payloadSize,
  });
}

// SHA-256 of the field list (tag entry_hash, header, signature).
export function entryHash(header: Uint8Array, signature: Signature): Digest {
  return hashFields(new FieldList().append(kTagEntryHash).append(header).append(signature));
}

// SHA-256 of the field list (tag payload_hash, salt, payload).
export function payloadHash(salt: Salt, payload: Uint8Array): Digest {
  return hashFields(new FieldList().append(kTagPayloadHash).append(salt).append(payload));
}

// The handle that belongs to a reporter's key.
export function handleOf(owner: SigningPublicKey): Handle {
  return exactly(Handle, sha256(owner));
}

// A header whose author really signed it. Says nothing about order or permission.
export class Entry {
  readonly hash: Digest;

  private constructor(
    readonly header: Header,
    readonly headerBytes: Uint8Array,
    readonly signature: Signature,
  ) {
    this.hash = entryHash(headerBytes, signature);
  }

  static async parse(headerBytes: Uint8Array, signature: Uint8Array): Promise<Expected<Entry, EntryError>> {
    const signedBy = Signature.from(signature);
    if (signedBy === undefined) return bad('malformed');
    const header = parseHeader(headerBytes);
    if (!header.ok) return header;
    if (!(await verify(header.value.author, kTagEntrySignature, headerBytes, signedBy))) return bad('signature');
    return good(new Entry(header.value, headerBytes.slice(), signedBy));
  }

  byOwner(): boolean {
    return equal(handleOf(this.header.author), this.header.handle);
  }
  payloadMatches(payload: Uint8Array): boolean {
    return (
      payload.length === this.header.payloadSize &&
      equal(payloadHash(this.header.salt, payload), this.header.payloadHash)
    );
  }
}
