// Fetches a case from the gateway, whole.

import { kChunkBytesMax, OperationKind, PayloadState } from '../generated/rules.ts';
import { concat, equal } from './crypto/bytes.ts';
import type { FetchedLog, OpenedCase, OpenOptions } from './case_log.ts';
import { openLog } from './case_log.ts';
import type { Connection } from './connection.ts';
import { good, type Bad } from './expected.ts';
import { fail, refusal, type CoreError, type Result } from './errors.ts';
import type { Identity } from './identity.ts';
import { otherDay } from './own_clock.ts';
import { parseHeader } from './protocol/entry.ts';
import type { Handle } from './protocol/ids.ts';
import {
  encodeGetChunk,
  encodeInbox,
  encodeRead,
  parseChunk,
  parseInboxPage,
  parseLog,
  type InboxItem,
  type StoredEntry,
} from './protocol/operations.ts';

const misfit = (): Bad<CoreError> =>
  fail('verification', 'misfit', "the gateway's answer about this case does not fit together");

// Every entry, large payloads included. 'no such case': none, or not for this key. With `before`, what was fetched
// earlier, only what came since is asked for; `before` itself when nothing did. Everything once more when what came
// since changes what this keyholder is served of the rest: the same log still, since nobody takes back what was seen.
export async function fetchLog(
  connection: Connection,
  handle: Handle,
  self: Identity,
  before?: FetchedLog,
): Promise<Result<FetchedLog>> {
  const entries: StoredEntry[] = [...(before?.entries ?? [])];
  for (;;) {
    const ask = encodeRead({ handle, fromSeq: entries.length });
    const body = await connection.call(OperationKind.read, ask, self.signingKey);
    if (!body.ok) return body;
    const log = await connection.work(() => parseLog(body.value));
    if (log === undefined || entries.length + log.entries.length > log.headSeq + 1) return misfit();
    const whole = entries.length + log.entries.length === log.headSeq + 1;
    if (log.entries.length === 0 && !(whole && before !== undefined)) return misfit();
    for (const entry of log.entries) {
      const completed = await complete(connection, handle, self, entry);
      if (!completed.ok) return completed;
      entries.push(completed.value);
    }
    if (!whole) continue;
    if (before === undefined) return good({ caseShare: log.caseShare, entries });
    const news = entries.slice(before.entries.length);
    if (news.length === 0) return good(before);
    if (!news.some((entry) => changesWhatIsServed(entry, self))) return good({ caseShare: log.caseShare, entries });
    const again = await fetchLog(connection, handle, self);
    return !again.ok || entries.every((entry, i) => sameEntry(entry, again.value.entries[i])) ? again : misfit();
  }
}

const sameEntry = (a: StoredEntry, b: StoredEntry | undefined): boolean => b !== undefined && equal(a.signature, b.signature);

// Whoever is let in or out, and whoever takes over, may be handed other payloads than before; once withdrawn or purged,
// nobody is handed any.
function changesWhatIsServed({ header }: StoredEntry, self: Identity): boolean {
  const parsed = parseHeader(header);
  if (!parsed.ok) return false; // whoever opens the log says so
  const { kind } = parsed.value.fields;
  if (kind === 'withdraw' || kind === 'purge') return true;
  return self.memberId !== undefined && (kind === 'grant' || kind === 'revoke' || kind === 'release');
}

async function complete(
  connection: Connection,
  handle: Handle,
  self: Identity,
  entry: StoredEntry,
): Promise<Result<StoredEntry>> {
  if (entry.payloadState !== PayloadState.fetch) return good(entry);
  const header = parseHeader(entry.header);
  if (!header.ok || header.value.payloadSize === 0) return misfit();
  const payload = await fetchPayload(connection, handle, self, header.value.seq, header.value.payloadSize);
  return payload.ok ? good({ ...entry, payload: payload.value, payloadState: PayloadState.inline }) : payload;
}

// A payload too large for the frame the entry came in, piece by piece; all pieces are asked for at once.
async function fetchPayload(
  connection: Connection,
  handle: Handle,
  self: Identity,
  seq: number,
  size: number,
): Promise<Result<Uint8Array>> {
  const count = Math.ceil(size / kChunkBytesMax);
  const calls = Array.from({ length: count }, (_, index) => ({
    kind: OperationKind.get_chunk,
    body: encodeGetChunk({ handle, seq, index }),
  }));
  const results = await connection.submit(calls, self.signingKey);
  if (!results.ok) return results;
  const parts: Uint8Array[] = [];
  for (const { status, body } of results.value) {
    if (status !== 0) return { ok: false, error: refusal(status) };
    const chunk = parseChunk(body);
    if (chunk === undefined) return misfit();
    parts.push(chunk.bytes);
  }
  const payload = concat(...parts);
  return payload.length === size ? good(payload) : misfit();
}

export interface FetchedCase {
  readonly log: FetchedLog;
  readonly opened: OpenedCase;
}

// Fetched, checked and opened; its days held against the device's own clock. Given the case as it was before, it asks
// for news alone, and answers the very same when there are none. A case made under a directory that is newer than the
// known one fetches that too.
export async function fetchCase(
  connection: Connection,
  handle: Handle,
  self: Identity,
  before?: FetchedCase,
): Promise<Result<FetchedCase>> {
  const log = await fetchLog(connection, handle, self, before?.log);
  if (!log.ok) return log;
  if (before !== undefined && log.value === before.log) return good(before);
  const refreshed = await connection.refreshDirectory();
  if (!refreshed.ok) return refreshed;
  const options: OpenOptions = { work: connection.work, ...(before && { before: before.opened }) };
  const opened = await openLog(log.value, handle, self, connection.directory, options);
  if (!opened.ok) return opened;
  const alarm = otherDay(opened.value.chain, connection.today, connection.dayHere());
  const alarms = alarm === undefined ? opened.value.alarms : [...opened.value.alarms, alarm];
  return good({ log: log.value, opened: { ...opened.value, alarms } });
}

export interface FetchedInbox {
  // Every case the gateway says was shared with this member.
  readonly cases: readonly InboxItem[];
  // And those in which they stand in for somebody who let a legal term pass: not theirs to read before they take over
  // (lead/take_over.ts).
  readonly toTakeOver: readonly InboxItem[];
}

export async function fetchInbox(connection: Connection, self: Identity): Promise<Result<FetchedInbox>> {
  const items: InboxItem[] = [];
  let cursor: Uint8Array = new Uint8Array(0);
  do {
    const body = await connection.call(OperationKind.inbox, encodeInbox({ cursor }), self.signingKey);
    if (!body.ok) return body;
    const page = parseInboxPage(body.value);
    // A page may be empty and not the last: what is not to be shown still has its place.
    if (page === undefined || (page.nextCursor.length > 0 && equal(page.nextCursor, cursor))) return misfit();
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor.length > 0);
  return good({ cases: items.filter(({ dormant }) => !dormant), toTakeOver: items.filter(({ dormant }) => dormant) });
}
