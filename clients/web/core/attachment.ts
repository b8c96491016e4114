// Sending a file of a case: chunk by chunk, gone on with after a cut at any of them.
//
// What an upload is called and sealed with follows from the file and the author's secret (crypto/file_secrets.ts). So
// going on with an upload needs nothing that was kept, which a page that was reloaded could not have: the same file
// leads to the same upload, and another one to another.

import { kFileNameBytesMax, OperationKind, Status, type Compartment } from '../generated/rules.ts';
import { asBytes, equal } from './crypto/bytes.ts';
import type { CaseShare } from './crypto/case_share.ts';
import { fileSecrets } from './crypto/file_secrets.ts';
import type { Random } from './crypto/random.ts';
import { StreamSealer, streamChunks } from './crypto/stream.ts';
import { chunksAhead, filesOf, type FileProgress } from './attached_files.ts';
import { wipeCase } from './case_log.ts';
import type { Call, Connection } from './connection.ts';
import { Delivery } from './delivery.ts';
import { done, good } from './expected.ts';
import { fail, refusal, type Result } from './errors.ts';
import { wellFormed, type AttachedFile } from './event.ts';
import { fetchCase } from './fetch.ts';
import type { Identity } from './identity.ts';
import { Outbox } from './outbox.ts';
import type { Handle } from './protocol/ids.ts';
import { encodePutChunk, parseUpload } from './protocol/operations.ts';
import { ScannedFile } from './scanned_file.ts';
import type { Work } from './turns.ts';

export interface AttachOptions {
  readonly connection: Connection;
  readonly self: Identity;
  readonly handle: Handle;
  readonly compartment: Compartment;
  readonly random: Random;
  readonly work?: Work; // instead of the connection's
  readonly progress?: FileProgress;
}

export interface AttachedNow {
  readonly file: AttachedFile;
  readonly already: boolean; // this very file stood in the case
}

// Sends one file, and the event that names it once all of it is there. After 'unreachable' the same call goes on where
// it stopped.
export async function attachFile(file: Blob, name: string, options: AttachOptions): Promise<Result<AttachedNow>> {
  const { connection, self, handle, compartment, random, work = connection.work } = options;
  const scanned = await ScannedFile.scan(file, name, work);
  if (!scanned.ok) return scanned;
  const attached = describe(scanned.value, self, handle, compartment);

  const fetched = await fetchCase(connection, handle, self);
  if (!fetched.ok) return fetched;
  const { opened } = fetched.value;
  try {
    if (filesOf(opened).some((other) => equal(other.file.uploadId, attached.uploadId)))
      return good({ file: attached, already: true });
    if (opened.share === undefined) return fail('refused', 'not shared', 'this part of the case is not shared with you');
    const uploaded = await new Uploading(options, attached, opened.share, scanned.value).run();
    if (!uploaded.ok) return uploaded;
  } finally {
    wipeCase(opened);
  }
  await work(() => {}); // the last moment to be stopped: nothing names it yet
  const outbox = new Outbox();
  const { id } = outbox.add(
    { kind: 'event', handle, compartment, event: { kind: 'attachment', files: [attached] } },
    random,
  );
  // An answer that is lost here needs no memory of it: an upload is named once, and the next call finds it named.
  const delivered = await new Delivery({ connection, self, outbox, random }).deliver(id);
  return delivered.ok ? good({ file: attached, already: false }) : delivered;
}

function describe(scanned: ScannedFile, self: Identity, handle: Handle, compartment: Compartment): AttachedFile {
  const { size, sha256, mediaType } = scanned;
  const name = wellFormed(scanned.name);
  const fits = name !== '' && asBytes(name).length <= kFileNameBytesMax;
  const secrets = fileSecrets(self.localKey, handle, compartment, size, sha256);
  return { name: fits ? name : 'file', mediaType, size, sha256, chunks: streamChunks(size), ...secrets };
}

class Uploading {
  private readonly work: Work;
  private readonly progress: FileProgress;
  private readonly sealer: StreamSealer;

  constructor(
    private readonly options: AttachOptions,
    private readonly file: AttachedFile,
    share: CaseShare,
    private readonly scanned: ScannedFile,
  ) {
    this.work = options.work ?? options.connection.work;
    this.progress = options.progress ?? (() => {});
    this.sealer = new StreamSealer(file.key, share, file.uploadId, file.size);
  }

  // In order, so that what arrived is a beginning: the answer to the first chunk says how long. Only where chunks were
  // dropped for their age is there a gap, and then a second pass fills it.
  async run(): Promise<Result<void>> {
    try {
      for (const goOn of [true, false]) {
        const stored = await this.pass(goOn);
        if (!stored.ok) return stored;
        if (stored.value === this.file.chunks) return done;
      }
    } finally {
      this.sealer.wipe();
    }
    return fail('unreachable', 'incomplete', 'part of the file did not arrive; try again');
  }

  private async pass(goOn: boolean): Promise<Result<number>> {
    const { chunks } = this.file;
    const begin = await this.seal(0);
    if (!begin.ok) return begin;
    const first = await this.send(begin.value);
    if (!first.ok) return first;
    let stored = first.value;
    let next = goOn ? Math.max(1, Math.min(stored, chunks)) : 1;
    this.progress(next, chunks);
    const ahead = chunksAhead(this.options.connection);
    const sent: Promise<Result<number>>[] = [];
    for (let arrived = next; arrived < chunks; ) {
      while (next < chunks && sent.length < ahead) {
        const sealed = await this.seal(next++); // one after another, so that what arrives stays a beginning
        if (!sealed.ok) return sealed;
        sent.push(this.send(sealed.value));
      }
      const now = await sent.shift()!;
      if (!now.ok) return now;
      stored = Math.max(stored, now.value);
      this.progress(++arrived, chunks);
    }
    return good(stored);
  }

  private async seal(index: number): Promise<Result<Call>> {
    const data = await this.scanned.chunkData(index);
    if (!data.ok) return data;
    const bytes = await this.work(() => {
      this.sealer.seek(index);
      return this.sealer.next(data.value);
    });
    const { uploadId, chunks: count } = this.file;
    const { handle } = this.options;
    return good({ kind: OperationKind.put_chunk, body: encodePutChunk({ handle, uploadId, index, count, bytes }) });
  }

  // How many chunks the gateway has now.
  private async send(call: Call): Promise<Result<number>> {
    const results = await this.options.connection.submit([call], this.options.self.signingKey);
    if (!results.ok) return results;
    const { status, body } = results.value[0]!;
    if (status !== Status.done) return { ok: false, error: refusal(status) };
    const upload = parseUpload(body);
    if (upload === undefined) return fail('unreachable', 'unreadable answer', "the gateway's answer can't be read");
    return good(upload.chunksStored);
  }
}
