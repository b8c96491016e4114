// Codec of an entry's public fields, by kind. Used by entry.ts alone.

import {
  EntryKind,
  kAdmissionBytesMax,
  kFilesPerEventMax,
  type Compartment,
  type Milestone,
} from '../../generated/rules.ts';
import { EventFieldsSchema, OpenFieldsSchema } from '../../generated/wire.ts';
import { Digest } from '../crypto/hash.ts';
import { XWingPublicKey } from '../crypto/xwing.ts';
import {
  encodeDelegate,
  encodeGrant,
  encodeRelease,
  encodeRevoke,
  putStarts,
  takeAll,
  takeDelegate,
  takeGrant,
  takeRelease,
  takeRevoke,
  takeStarts,
} from './grant_fields.ts';
import { UploadId } from './ids.ts';
import type { Event, Fields, FileReference, Open } from './kinds.ts';
import { encode, parse } from './strict.ts';

const kNothing = new Uint8Array(0);

export function encodeFields(fields: Fields): Uint8Array {
  switch (fields.kind) {
    case 'open': return encodeOpen(fields);
    case 'event': return encodeEvent(fields);
    case 'grant': return encodeGrant(fields);
    case 'revoke': return encodeRevoke(fields);
    case 'delegate': return encodeDelegate(fields);
    case 'release': return encodeRelease(fields);
    case 'withdraw': return kNothing;
    case 'unknown': return fields.bytes;
  }
}

// Nothing: malformed. An unknown kind gives Unknown.
export function parseFields(kind: EntryKind, bytes: Uint8Array): Fields | undefined {
  switch (kind) {
    case EntryKind.open: return takeOpen(bytes);
    case EntryKind.event: return takeEvent(bytes);
    case EntryKind.grant: return takeGrant(bytes);
    case EntryKind.revoke: return takeRevoke(bytes);
    case EntryKind.delegate: return takeDelegate(bytes);
    case EntryKind.release: return takeRelease(bytes);
    case EntryKind.withdraw: return bytes.length === 0 ? { kind: 'withdraw' } : undefined;
    default: return { kind: 'unknown', bytes: bytes.slice() };
  }
}

function encodeOpen(open: Open): Uint8Array {
  return encode(OpenFieldsSchema, {
    ownerXwingKey: open.ownerXwingKey,
    caseShareCommitment: open.caseShareCommitment,
    starts: putStarts(open.starts),
    unclocked: open.unclocked,
    admission: open.admission,
  });
}

function takeOpen(bytes: Uint8Array): Open | undefined {
  const message = parse(OpenFieldsSchema, bytes);
  if (message === undefined || message.admission.length > kAdmissionBytesMax) return undefined;
  const ownerXwingKey = XWingPublicKey.from(message.ownerXwingKey);
  const caseShareCommitment = Digest.from(message.caseShareCommitment);
  const starts = takeStarts(message.starts);
  if (!ownerXwingKey || !caseShareCommitment || !starts) return undefined;
  const admission = message.admission.slice();
  return { kind: 'open', ownerXwingKey, caseShareCommitment, starts, unclocked: message.unclocked, admission };
}

function encodeEvent(event: Event): Uint8Array {
  return encode(EventFieldsSchema, {
    compartment: event.compartment,
    epoch: event.epoch,
    milestone: event.milestone,
    urgent: event.urgent,
    files: event.files.map(({ uploadId, chunks }) => ({ uploadId, chunks })),
    dispute: BigInt(event.dispute),
  });
}

function takeEvent(bytes: Uint8Array): Event | undefined {
  const message = parse(EventFieldsSchema, bytes);
  if (!message || message.compartment === 0 || message.epoch === 0 || message.files.length > kFilesPerEventMax)
    return undefined;
  const files = takeAll(message.files, (from): FileReference | undefined => {
    const uploadId = UploadId.from(from.uploadId);
    return uploadId === undefined || from.chunks === 0 ? undefined : { uploadId, chunks: from.chunks };
  });
  if (files === undefined) return undefined;
  return {
    kind: 'event',
    compartment: message.compartment as Compartment,
    epoch: message.epoch,
    milestone: message.milestone as Milestone,
    urgent: message.urgent,
    files,
    dispute: Number(message.dispute), // one too large to be exact is still larger than any entry's seq
  };
}
