// What stands inside an event's ciphertext (proto/omzien/event.proto).

import {
  eventKindName,
  EventKind,
  kFileBytesMax,
  kFileNameBytesMax,
  kFilesPerEventMax,
  kMediaTypeBytesMax,
  Lead,
  type CaseKind,
  type CaseState,
  type Want,
} from '../generated/rules.ts';
import {
  AttachmentSchema,
  EventSchema,
  MessageSchema,
  OpeningSchema,
  OutcomeSchema,
  ReportSchema,
  StatusChangeSchema,
  type AttachedFile as WireFile,
} from '../generated/omzien/event_pb.ts';
import { asBytes } from './crypto/bytes.ts';
import { Digest } from './crypto/hash.ts';
import { wipe } from './crypto/secret.ts';
import { FileKey, streamChunks } from './crypto/stream.ts';
import { UploadId } from './protocol/ids.ts';
import { countOf, encode, parse } from './protocol/strict.ts';

export interface Opening {
  readonly kind: 'opening';
  readonly caseKind: CaseKind;
  readonly wants: readonly Want[];
  readonly lead: Lead;
  readonly language: string;
}
export interface Answer {
  readonly prompt: string;
  readonly text: string;
}
export interface Report {
  readonly kind: 'report';
  readonly text: string;
  readonly answers: readonly Answer[];
}
export interface Message {
  readonly kind: 'message';
  readonly text: string;
}
export interface StatusChange {
  readonly kind: 'status';
  readonly state: CaseState;
  readonly text: string;
}
export interface Outcome {
  readonly kind: 'outcome';
  readonly text: string;
  readonly reason: string;
}
// A file as its sender says it is. Its name is theirs: never a path here, and shown by `shownName` (attachment.ts).
export interface AttachedFile {
  readonly name: string; // at most file_name_bytes_max
  readonly mediaType: string; // at most media_type_bytes_max
  readonly size: number; // bytes
  readonly sha256: Digest;
  readonly uploadId: UploadId;
  readonly chunks: number; // streamChunks(size)
  readonly key: FileKey;
}
// At least one file; the header names their uploads in the same order.
export interface Attachment {
  readonly kind: 'attachment';
  readonly files: readonly AttachedFile[];
}
// An event of a kind this program does not know: made with a newer version.
export interface UnknownEvent {
  readonly kind: 'unknown';
  readonly number: number;
}

export type Event = Opening | Report | Message | StatusChange | Outcome | Attachment | UnknownEvent;

// The plaintext to seal; the caller's to wipe.
export function encodeEvent(event: Event): Uint8Array {
  const [kind, body] = encodeBody(event);
  const plaintext = encode(EventSchema, { kind, body });
  wipe(body);
  return plaintext;
}

function encodeBody(event: Event): [EventKind, Uint8Array] {
  switch (event.kind) {
    case 'opening': {
      const { caseKind, wants, lead, language } = event;
      return [EventKind.opening, encode(OpeningSchema, { caseKind, wants: [...wants], lead, language })];
    }
    case 'report': {
      const answers = event.answers.map(({ prompt, text }) => ({ prompt, text: wellFormed(text) }));
      return [EventKind.report, encode(ReportSchema, { text: wellFormed(event.text), answers })];
    }
    case 'message':
      return [EventKind.message, encode(MessageSchema, { text: wellFormed(event.text) })];
    case 'status':
      return [EventKind.status, encode(StatusChangeSchema, { state: event.state, text: wellFormed(event.text) })];
    case 'outcome': {
      const { text, reason } = event;
      return [EventKind.outcome, encode(OutcomeSchema, { text: wellFormed(text), reason: wellFormed(reason) })];
    }
    case 'attachment': {
      const files = event.files.map((file) => ({ ...file, name: wellFormed(file.name), size: BigInt(file.size) }));
      return [EventKind.attachment, encode(AttachmentSchema, { files })];
    }
    case 'unknown':
      throw new Error('an event that this program can only meet, not write');
  }
}

// Nothing: not an event. Text is valid UTF-8 or the event is none.
export function parseEvent(plaintext: Uint8Array): Event | undefined {
  const message = parse(EventSchema, plaintext);
  if (message === undefined) return undefined;
  switch (message.kind as EventKind) {
    case EventKind.opening: return takeOpening(message.body);
    case EventKind.report: return takeReport(message.body);
    case EventKind.message: return takeMessage(message.body);
    case EventKind.status: return takeStatus(message.body);
    case EventKind.outcome: return takeOutcome(message.body);
    case EventKind.attachment: return takeAttachment(message.body);
    default: return { kind: 'unknown', number: message.kind };
  }
}

function takeOpening(body: Uint8Array): Opening | undefined {
  const message = parse(OpeningSchema, body);
  return message && {
    kind: 'opening',
    caseKind: message.caseKind as CaseKind,
    wants: message.wants as Want[],
    lead: message.lead as Lead,
    language: message.language,
  };
}

function takeReport(body: Uint8Array): Report | undefined {
  const message = parse(ReportSchema, body);
  const answers = message?.answers.map(({ prompt, text }) => ({ prompt, text }));
  return message && answers && { kind: 'report', text: message.text, answers };
}

function takeMessage(body: Uint8Array): Message | undefined {
  const message = parse(MessageSchema, body);
  return message && { kind: 'message', text: message.text };
}

function takeStatus(body: Uint8Array): StatusChange | undefined {
  const message = parse(StatusChangeSchema, body);
  return message && { kind: 'status', state: message.state as CaseState, text: message.text };
}

function takeOutcome(body: Uint8Array): Outcome | undefined {
  const message = parse(OutcomeSchema, body);
  if (message === undefined || message.text === '' || message.reason === '') return undefined;
  return { kind: 'outcome', text: message.text, reason: message.reason };
}

function takeAttachment(body: Uint8Array): Attachment | undefined {
  const message = parse(AttachmentSchema, body);
  if (message === undefined || message.files.length === 0 || message.files.length > kFilesPerEventMax) return undefined;
  const files = message.files.map(takeFile);
  return files.includes(undefined) ? undefined : { kind: 'attachment', files: files as AttachedFile[] };
}

function takeFile({ name, mediaType, ...from }: WireFile): AttachedFile | undefined {
  const size = countOf(from.size);
  const sha256 = Digest.from(from.sha256);
  const uploadId = UploadId.from(from.uploadId);
  const key = FileKey.from(from.key);
  wipe(from.key);
  if (!sha256 || !uploadId || !key || size === undefined || size > kFileBytesMax) return undefined;
  const namesFit =
    name !== '' && asBytes(name).length <= kFileNameBytesMax &&
    mediaType !== '' && asBytes(mediaType).length <= kMediaTypeBytesMax;
  if (!namesFit || from.chunks !== streamChunks(size)) return undefined;
  return { name, mediaType, size, sha256, uploadId, chunks: from.chunks, key };
}

// The rules' name, 'unknown' for UnknownEvent.
export function kindName(event: Event): string {
  return event.kind === 'unknown' ? eventKindName(event.number as EventKind) : event.kind;
}

// Text as UTF-8 can carry it. Half of a surrogate pair, which some keyboards leave behind, has no bytes there and
// becomes U+FFFD; everything else stays as typed.
export function wellFormed(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, '\uFFFD');
}
