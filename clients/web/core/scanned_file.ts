// A file that is about to be sent: looked through once, and from then on only as it was then. What was sealed under a
// file's key must never be anything else (crypto/open/stream.h).

import { kFileBytesMax } from '../generated/rules.ts';
import { equal } from './crypto/bytes.ts';
import { sha256, Sha256, type Digest } from './crypto/hash.ts';
import { streamOffset } from './crypto/stream.ts';
import { good } from './expected.ts';
import { fail, type Result } from './errors.ts';
import { atOnce, type Work } from './turns.ts';

const kSomeBytes = 'application/octet-stream';

export class ScannedFile {
  private constructor(
    private readonly blob: Blob,
    readonly name: string,
    readonly sha256: Digest,
    private readonly pieces: readonly Digest[],
  ) {}

  // Reads it from end to end; keeps 32 bytes for each 15 KB.
  static async scan(blob: Blob, name: string, work: Work = atOnce): Promise<Result<ScannedFile>> {
    if (blob.size > kFileBytesMax) return fail('bad input', 'file too large', `a file of more than ${kFileBytesMax} bytes`);
    const whole = new Sha256();
    const pieces: Digest[] = [];
    for (let chunk = 0; streamOffset(chunk) < blob.size; ++chunk) {
      const data = await read(blob, chunk);
      if (!data.ok) return data;
      await work(() => {
        whole.update(data.value);
        pieces.push(sha256(data.value));
      });
    }
    return good(new ScannedFile(blob, name, whole.finish(), pieces));
  }

  get size(): number {
    return this.blob.size;
  }
  get mediaType(): string {
    return /^[\w.+-]+\/[\w.+-]+$/.test(this.blob.type) ? this.blob.type : kSomeBytes;
  }

  // The data of one of the stream's chunks, none past the end.
  async chunkData(chunk: number): Promise<Result<Uint8Array>> {
    const data = await read(this.blob, chunk);
    if (!data.ok) return data;
    const piece = this.pieces[chunk];
    const same = piece === undefined ? data.value.length === 0 : equal(sha256(data.value), piece);
    return same ? data : fail('bad input', 'file changed', 'the file changed while it was being sent');
  }
}

async function read(blob: Blob, chunk: number): Promise<Result<Uint8Array>> {
  try {
    return good(new Uint8Array(await blob.slice(streamOffset(chunk), streamOffset(chunk + 1)).arrayBuffer()));
  } catch {
    return fail('bad input', 'file unreadable', 'the file is gone, changed, or may not be read any more');
  }
}
