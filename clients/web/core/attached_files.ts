// Files in an opened case, as their readers find them.

import { kFileChunkSealedBytes, OperationKind, Status, type Compartment } from '../generated/rules.ts';
import { equal } from './crypto/bytes.ts';
import { Sha256 } from './crypto/hash.ts';
import { StreamOpener } from './crypto/stream.ts';
import type { OpenedCase, OpenedEntry } from './case_log.ts';
import type { Connection } from './connection.ts';
import { good, type Bad } from './expected.ts';
import { fail, refusal, type CoreError, type Result } from './errors.ts';
import type { AttachedFile } from './event.ts';
import type { Identity } from './identity.ts';
import { frameRoom, type OperationResult } from './protocol/frame.ts';
import { encodeGetChunk, parseChunk } from './protocol/operations.ts';
import type { Work } from './turns.ts';

// Chunks that travelled, of how many. Filler counts: it travels too.
export type FileProgress = (done: number, total: number) => void;

// Numbered from 1, in the order they were sent.
export interface FoundFile {
  readonly number: number;
  readonly numberInEntry: number; // from 1
  readonly entry: OpenedEntry;
  readonly compartment: Compartment;
  readonly file: AttachedFile;
}

export function filesOf(opened: OpenedCase): FoundFile[] {
  const found: FoundFile[] = [];
  for (const entry of opened.entries) {
    const { fields } = entry.entry.header;
    if (!entry.counts || fields.kind !== 'event' || entry.event?.kind !== 'attachment') continue;
    for (const [i, file] of entry.event.files.entries())
      found.push({ number: found.length + 1, numberInEntry: i + 1, entry, compartment: fields.compartment, file });
  }
  return found;
}

// Chunks that are asked for before the first is answered: as many as one frame answers, and in the rhythm's small
// frames enough that no slot goes empty for want of an answer.
const kAheadOfRhythm = 3;
export const chunksAhead = (connection: Connection): number =>
  Math.max(kAheadOfRhythm, Math.floor(frameRoom(connection.frameSize) / (kFileChunkSealedBytes + 256)));

const notTheFile = (): Bad<CoreError> =>
  fail('verification', 'not the file', 'what the gateway hands over is not what was attached');

// The whole file, every byte checked; nothing of it otherwise. Its parts, so that a Blob can be made of them.
export async function fetchFile(
  connection: Connection,
  self: Identity,
  opened: OpenedCase,
  found: FoundFile,
  progress: FileProgress = () => {},
  work: Work = connection.work,
): Promise<Result<Uint8Array<ArrayBuffer>[]>> {
  const { file, entry, numberInEntry } = found;
  if (opened.share === undefined) return fail('refused', 'files are gone', 'the files of this case are gone');
  const { handle } = opened.chain;
  const { seq } = entry.entry.header;
  const opener = new StreamOpener(file.key, opened.share, file.uploadId, file.chunks);
  const whole = new Sha256();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const ask = (index: number): Promise<Result<OperationResult[]>> =>
    connection.submit(
      [{ kind: OperationKind.get_chunk, body: encodeGetChunk({ handle, seq, index, file: numberInEntry }) }],
      self.signingKey,
    );
  const asked: Promise<Result<OperationResult[]>>[] = [];
  try {
    for (let next = 0, done = 0; done < file.chunks; ++done) {
      while (next < file.chunks && asked.length < chunksAhead(connection)) asked.push(ask(next++));
      const answer = await asked.shift()!;
      if (!answer.ok) return answer;
      const { status, body } = answer.value[0]!;
      if (status !== Status.done) return { ok: false, error: refusal(status) };
      const opens = await work(() => {
        const chunk = parseChunk(body);
        const data = chunk && opener.next(chunk.bytes);
        if (!data?.ok) return false;
        whole.update(data.value);
        parts.push(data.value.slice());
        return true;
      });
      if (!opens) return notTheFile();
      progress(done + 1, file.chunks);
    }
  } finally {
    opener.wipe();
  }
  const right = opener.finished && opener.dataBytes === file.size && equal(whole.finish(), file.sha256);
  return right ? good(parts) : notTheFile();
}

// What a received name may be shown as, and offered as to save under: no folder, no control or directional characters,
// no leading dot, never empty.
export function shownName({ name }: Pick<AttachedFile, 'name'>): string {
  const last = name.split(/[/\\]/u).at(-1)!;
  const shown = last.replaceAll(/[\u0000-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu, '');
  return shown.replace(/^\.+/u, '') || 'file';
}
