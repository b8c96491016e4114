// Sealed entries on their way to the gateway, as bytes that can be sent again.

import { kChunkBytesMax, OperationKind, Status } from '../generated/rules.ts';
import type { Random } from './crypto/random.ts';
import { kOperationBytes, type Call, type Connection } from './connection.ts';
import { done, good } from './expected.ts';
import { refusal, type Result } from './errors.ts';
import type { Identity } from './identity.ts';
import type { FrozenEntry } from './outbox.ts';
import { frameRoom, type FrameSize, type OperationResult } from './protocol/frame.ts';
import { UploadId, type Handle } from './protocol/ids.ts';
import { encodeAppend, encodeOpenCase, encodePutChunk } from './protocol/operations.ts';
import type { SealedEntry } from './seal_parts.ts';

// Payloads that make the operation larger than a frame get an upload id and travel as chunks, the largest first.
// `caseShare`: of a case to open; nothing for what is added to one.
export function freezeEntries(
  sealed: readonly SealedEntry[],
  caseShare: Uint8Array | undefined,
  frameSize: FrameSize,
  random: Random,
): FrozenEntry[] {
  const entries = sealed.map(
    ({ headerBytes, signature, payload }): FrozenEntry => ({
      header: headerBytes,
      signature,
      payload,
      uploadId: undefined,
    }),
  );
  const room = frameRoom(frameSize) - kOperationBytes;
  while (operationBody(entries, caseShare).length > room) {
    const inline = entries.filter((entry) => entry.uploadId === undefined && entry.payload.length > 0);
    const largest = inline.reduce<FrozenEntry | undefined>(
      (most, entry) => (most !== undefined && most.payload.length >= entry.payload.length ? most : entry),
      undefined,
    );
    if (largest === undefined) break;
    largest.uploadId = UploadId.random(random);
  }
  return entries;
}

// Hands them in as one operation; the answer, whatever its status.
export async function submitEntries(
  connection: Connection,
  self: Identity,
  entries: readonly FrozenEntry[],
  caseShare: Uint8Array | undefined,
): Promise<Result<OperationResult>> {
  const kind = caseShare === undefined ? OperationKind.append : OperationKind.open;
  const results = await connection.submit([{ kind, body: operationBody(entries, caseShare) }], self.signingKey);
  return results.ok ? good(results.value[0]!) : results;
}

// The chunks of payloads that don't fit; asked for by `incomplete`, so never for an entry that arrived. `staged`: how
// many arrived so far, of how many.
export async function stageEntries(
  connection: Connection,
  self: Identity,
  handle: Handle,
  entries: readonly FrozenEntry[],
  staged: (sent: number, total: number) => void = () => {},
): Promise<Result<void>> {
  const calls = entries.flatMap((entry) => chunkCalls(handle, entry));
  let sent = 0;
  const total = calls.length;
  staged(sent, total);
  const answers = calls.map(async (call) => {
    const result = await connection.submit([call], self.signingKey);
    if (result.ok && result.value[0]!.status === Status.done) staged(++sent, total);
    return result;
  });
  for (const result of await Promise.all(answers)) {
    if (!result.ok) return result;
    const { status } = result.value[0]!;
    if (status !== Status.done) return { ok: false, error: refusal(status) };
  }
  return done;
}

// The entries were not accepted and never will be as they are: they must be sealed anew.
export const isStale = (status: Status): boolean =>
  status === Status.stale_head || status === Status.stale_day || status === Status.stale_directory;

function operationBody(frozen: readonly FrozenEntry[], caseShare: Uint8Array | undefined): Uint8Array {
  const entries = frozen.map(({ header, signature, payload, uploadId }) => ({
    header,
    signature,
    payload: uploadId ? new Uint8Array(0) : payload,
    stagedUploadId: uploadId,
  }));
  return caseShare === undefined ? encodeAppend({ entries }) : encodeOpenCase({ caseShare, entries });
}

function chunkCalls(handle: Handle, { payload, uploadId }: FrozenEntry): Call[] {
  if (uploadId === undefined) return [];
  const count = Math.ceil(payload.length / kChunkBytesMax);
  return Array.from({ length: count }, (_, index) => {
    const bytes = payload.subarray(index * kChunkBytesMax, (index + 1) * kChunkBytesMax);
    return { kind: OperationKind.put_chunk, body: encodePutChunk({ handle, uploadId, index, count, bytes }) };
  });
}
