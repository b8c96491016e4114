// What the operations of an exchange ask and answer (proto/omzien/exchange.proto). Each has one encoding; parsing gives
// it back, or nothing for anything else. Bounds as in proto/rules/sizes.toml. The operations about people stand in
// directory_operations.ts.

import {
  kChunkBytesMax,
  kChunksPerFileMax,
  kChunksPerUploadMax,
  kEntriesPerAppendMax,
  kFileChunkSealedBytes,
  type PayloadState,
} from '../../generated/rules.ts';
import {
  AcceptedBodySchema,
  AppendBodySchema,
  ChunkBodySchema,
  GetChunkBodySchema,
  InboxBodySchema,
  InboxPageBodySchema,
  LogBodySchema,
  OpenBodySchema,
  PutChunkBodySchema,
  ReadBodySchema,
  UploadBodySchema,
  type InboxItem as WireInboxItem,
  type SubmittedEntry as WireSubmittedEntry,
} from '../../generated/wire.ts';
import { CaseShare } from '../crypto/case_share.ts';
import { Digest } from '../crypto/hash.ts';
import { Handle, MemberId, UploadId, type Day } from './ids.ts';
import { countOf, encode, parse } from './strict.ts';

const kNothing = new Uint8Array(0);

// An entry as it is handed in. The payload stands here or was staged, never both.
export interface SubmittedEntry {
  readonly header: Uint8Array;
  readonly signature: Uint8Array;
  readonly payload: Uint8Array;
  readonly stagedUploadId: UploadId | undefined;
}

export interface OpenCase {
  readonly caseShare: Uint8Array; // 32
  readonly entries: readonly SubmittedEntry[];
}
export interface Append {
  readonly entries: readonly SubmittedEntry[];
}
export interface Accepted {
  readonly headSeq: number;
  readonly headHash: Digest;
  readonly receipt: Uint8Array;
}

export interface Read {
  readonly handle: Handle;
  readonly fromSeq: number;
}
export interface StoredEntry {
  readonly header: Uint8Array;
  readonly signature: Uint8Array;
  readonly payloadState: PayloadState;
  readonly payload: Uint8Array;
}
export interface Log {
  readonly caseShare: Uint8Array; // 32; empty when it was destroyed
  readonly headSeq: number;
  readonly headHash: Digest;
  readonly entries: readonly StoredEntry[];
}

export interface PutChunk {
  readonly handle: Handle;
  readonly uploadId: UploadId;
  readonly index: number;
  readonly count: number;
  readonly bytes: Uint8Array;
}
// What there is of an upload: the answer to put_chunk.
export interface Upload {
  readonly chunksStored: number;
}
export interface GetChunk {
  readonly handle: Handle;
  readonly seq: number;
  readonly index: number;
  readonly file?: number; // left out or 0: the payload; 1 and on: which of the entry's files
}
export interface Chunk {
  readonly bytes: Uint8Array;
}

export interface Inbox {
  readonly cursor: Uint8Array;
}
// Days are 0 while the thing has not happened.
export interface InboxItem {
  readonly handle: Handle;
  readonly headSeq: number;
  readonly headHash: Digest;
  readonly openedDay: Day;
  readonly headDay: Day;
  readonly acknowledgedDay: Day;
  readonly feedbackDay: Day;
  readonly outcomeDay: Day;
  readonly urgent: boolean;
  readonly lastByOwner: boolean;
  readonly unclocked: boolean;
  readonly dormant: boolean; // not theirs yet: a term was missed, and they may take over
  readonly acknowledgeDueDay: Day; // disputes counted in; 0: met, or nobody waits
  readonly feedbackDueDay: Day;
  readonly holder: boolean; // they lead the case
  readonly standsInFor: MemberId | undefined; // of a dormant one: whose place they may take
}
export interface InboxPage {
  readonly items: readonly InboxItem[];
  readonly nextCursor: Uint8Array;
}

const putEntries = (entries: readonly SubmittedEntry[]) =>
  entries.map(({ header, signature, payload, stagedUploadId }) => ({
    header,
    signature,
    payload,
    stagedUploadId: stagedUploadId ?? kNothing,
  }));

function takeEntries(list: readonly WireSubmittedEntry[]): SubmittedEntry[] | undefined {
  if (list.length === 0 || list.length > kEntriesPerAppendMax) return undefined;
  const entries: SubmittedEntry[] = [];
  for (const from of list) {
    const staged = from.stagedUploadId.length > 0;
    const stagedUploadId = staged ? UploadId.from(from.stagedUploadId) : undefined;
    if (staged && (stagedUploadId === undefined || from.payload.length > 0)) return undefined;
    const [header, signature, payload] = [from.header.slice(), from.signature.slice(), from.payload.slice()];
    entries.push({ header, signature, payload, stagedUploadId });
  }
  return entries;
}

export const encodeOpenCase = (body: OpenCase): Uint8Array =>
  encode(OpenBodySchema, { caseShare: body.caseShare, entries: putEntries(body.entries) });
export function parseOpenCase(bytes: Uint8Array): OpenCase | undefined {
  const message = parse(OpenBodySchema, bytes);
  const caseShare = message && CaseShare.from(message.caseShare);
  const entries = message && takeEntries(message.entries);
  return caseShare && entries && { caseShare, entries };
}

export const encodeAppend = (body: Append): Uint8Array =>
  encode(AppendBodySchema, { entries: putEntries(body.entries) });
export function parseAppend(bytes: Uint8Array): Append | undefined {
  const message = parse(AppendBodySchema, bytes);
  const entries = message && takeEntries(message.entries);
  return entries && { entries };
}

export const encodeAccepted = ({ headSeq, headHash, receipt }: Accepted): Uint8Array =>
  encode(AcceptedBodySchema, { headSeq: BigInt(headSeq), headHash, receipt });
export function parseAccepted(bytes: Uint8Array): Accepted | undefined {
  const message = parse(AcceptedBodySchema, bytes);
  const headHash = message && Digest.from(message.headHash);
  const headSeq = message && countOf(message.headSeq);
  return headHash && headSeq !== undefined ? { headSeq, headHash, receipt: message.receipt.slice() } : undefined;
}

export const encodeRead = ({ handle, fromSeq }: Read): Uint8Array =>
  encode(ReadBodySchema, { handle, fromSeq: BigInt(fromSeq) });
export function parseRead(bytes: Uint8Array): Read | undefined {
  const message = parse(ReadBodySchema, bytes);
  const handle = message && Handle.from(message.handle);
  const fromSeq = message && countOf(message.fromSeq);
  return handle && fromSeq !== undefined ? { handle, fromSeq } : undefined;
}

export const encodeLog = ({ caseShare, headSeq, headHash, entries }: Log): Uint8Array =>
  encode(LogBodySchema, {
    caseShare,
    headSeq: BigInt(headSeq),
    headHash,
    entries: entries.map(({ header, signature, payloadState, payload }) => ({
      header,
      signature,
      payloadState,
      payload,
    })),
  });
export function parseLog(bytes: Uint8Array): Log | undefined {
  const message = parse(LogBodySchema, bytes);
  if (message === undefined) return undefined;
  const headHash = Digest.from(message.headHash);
  const headSeq = countOf(message.headSeq);
  const shareFits = message.caseShare.length === 0 || message.caseShare.length === CaseShare.size;
  if (headHash === undefined || headSeq === undefined || !shareFits) return undefined;
  const entries = message.entries.map((from) => ({
    header: from.header.slice(),
    signature: from.signature.slice(),
    payloadState: from.payloadState as PayloadState,
    payload: from.payload.slice(),
  }));
  return { caseShare: message.caseShare.slice(), headSeq, headHash, entries };
}

export const encodePutChunk = ({ handle, uploadId, index, count, bytes }: PutChunk): Uint8Array =>
  encode(PutChunkBodySchema, { handle, uploadId, index, count, bytes });
export function parsePutChunk(bytes: Uint8Array): PutChunk | undefined {
  const message = parse(PutChunkBodySchema, bytes);
  if (message === undefined) return undefined;
  const { index, count } = message;
  const handle = Handle.from(message.handle);
  const uploadId = UploadId.from(message.uploadId);
  const size = message.bytes.length;
  // A staged payload is cut into large chunks, what is left being the last; a file's all have one size.
  const last = index + 1 === count;
  const fitsPayload =
    count <= kChunksPerUploadMax && size > 0 && size <= kChunkBytesMax && (last || size === kChunkBytesMax);
  const fitsFile = count <= kChunksPerFileMax && size === kFileChunkSealedBytes;
  if (!handle || !uploadId || index >= count || (!fitsPayload && !fitsFile)) return undefined;
  return { handle, uploadId, index, count, bytes: message.bytes.slice() };
}

export const encodeUpload = ({ chunksStored }: Upload): Uint8Array => encode(UploadBodySchema, { chunksStored });
export function parseUpload(bytes: Uint8Array): Upload | undefined {
  const message = parse(UploadBodySchema, bytes);
  return message && { chunksStored: message.chunksStored };
}

export const encodeGetChunk = ({ handle, seq, index, file = 0 }: GetChunk): Uint8Array =>
  encode(GetChunkBodySchema, { handle, seq: BigInt(seq), index, file });
export function parseGetChunk(bytes: Uint8Array): GetChunk | undefined {
  const message = parse(GetChunkBodySchema, bytes);
  const handle = message && Handle.from(message.handle);
  const seq = message && countOf(message.seq);
  return handle && seq !== undefined ? { handle, seq, index: message.index, file: message.file } : undefined;
}

export const encodeChunk = ({ bytes }: Chunk): Uint8Array => encode(ChunkBodySchema, { bytes });
export function parseChunk(bytes: Uint8Array): Chunk | undefined {
  const message = parse(ChunkBodySchema, bytes);
  return message && { bytes: message.bytes.slice() };
}

export const encodeInbox = ({ cursor }: Inbox): Uint8Array => encode(InboxBodySchema, { cursor });
export function parseInbox(bytes: Uint8Array): Inbox | undefined {
  const message = parse(InboxBodySchema, bytes);
  return message && { cursor: message.cursor.slice() };
}

export const encodeInboxPage = ({ items, nextCursor }: InboxPage): Uint8Array =>
  encode(InboxPageBodySchema, {
    items: items.map((item) => ({
      ...item,
      headSeq: BigInt(item.headSeq),
      standsInFor: item.standsInFor ?? kNothing,
    })),
    nextCursor,
  });
export function parseInboxPage(bytes: Uint8Array): InboxPage | undefined {
  const message = parse(InboxPageBodySchema, bytes);
  const items = message?.items.map(takeInboxItem);
  if (message === undefined || items === undefined || items.includes(undefined)) return undefined;
  return { items: items as InboxItem[], nextCursor: message.nextCursor.slice() };
}

function takeInboxItem(from: WireInboxItem): InboxItem | undefined {
  const handle = Handle.from(from.handle);
  const headHash = Digest.from(from.headHash);
  const headSeq = countOf(from.headSeq);
  const standsInFor = MemberId.from(from.standsInFor);
  const named = from.standsInFor.length > 0;
  if (!handle || !headHash || headSeq === undefined) return undefined;
  if (from.dormant !== named || (named && standsInFor === undefined)) return undefined;
  const { openedDay, headDay, acknowledgedDay, feedbackDay, outcomeDay } = from;
  const { urgent, lastByOwner, unclocked, dormant, acknowledgeDueDay, feedbackDueDay, holder } = from;
  const days = { openedDay, headDay, acknowledgedDay, feedbackDay, outcomeDay, acknowledgeDueDay, feedbackDueDay };
  return { handle, headSeq, headHash, ...days, urgent, lastByOwner, unclocked, dormant, holder, standsInFor };
}
