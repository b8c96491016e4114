// Files: sealed chunk by chunk in the STREAM construction, as age does, with flat memory.
//
//   stream key = HKDF(salt = case share, ikm = file key, info = tag file_key ‖ upload id), 32 bytes
//   plaintext  = real length (8 bytes, big-endian) ‖ data ‖ zeros
//   chunk i    = ChaCha20-Poly1305(plaintext[i · 15,360 ...], nonce = i (11 bytes, big-endian) ‖ last, no aad)
//   last       = 1 for the last chunk, 0 for others
//
// Every chunk has 15,360 bytes of plaintext and 16 of tag. There are padme(ceil((8 + length) / 15,360)) chunks. Why it
// is so, and what resuming must prove first: crypto/open/stream.h.

import { chacha20poly1305 } from '@noble/ciphers/chacha.js';

import { kFileChunkBytes, kTagFileKey } from '../../generated/rules.ts';
import { bad, good, type Expected } from '../expected.ts';
import type { UploadId } from '../protocol/ids.ts';
import { allZero, asBytes, concat, fixedBytes, u64Bytes, type FixedBytes } from './bytes.ts';
import type { CaseShare } from './case_share.ts';
import { decrypted } from './envelope.ts';
import { hkdf, PseudorandomKey } from './hkdf.ts';
import type { OpenError } from './open_error.ts';
import { padme } from './padding.ts';
import { wipe } from './secret.ts';

// For one upload (file_secrets.ts); travels inside the event that names the file. Secret.
export type FileKey = FixedBytes<'FileKey'>;
export const FileKey = fixedBytes<'FileKey'>(32);

const kLengthBytes = 8;
const kTagBytes = 16;
export const kSealedChunkBytes = kFileChunkBytes + kTagBytes;
export const kStreamDataBytesMax = 2 ** 48;

const streamKey = (key: FileKey, share: CaseShare, upload: UploadId): PseudorandomKey =>
  hkdf(PseudorandomKey, share, key, concat(asBytes(kTagFileKey), upload));

const chunkNonce = (chunk: number, last: boolean): Uint8Array =>
  concat(new Uint8Array(3), u64Bytes(chunk), Uint8Array.of(last ? 1 : 0));

// Where the data starts in a chunk's plaintext.
const dataOffset = (chunk: number): number => (chunk === 0 ? kLengthBytes : 0);
const dataInChunk = (chunk: number, dataLeft: number): number =>
  Math.min(kFileChunkBytes - dataOffset(chunk), dataLeft);

// Number of chunks for a file of this many bytes; at least one.
export function streamChunks(dataBytes: number): number {
  return padme(Math.ceil((dataBytes + kLengthBytes) / kFileChunkBytes));
}

// Where chunk `chunk`'s data begins in a file; that of the last one ends where the file does.
export const streamOffset = (chunk: number): number => (chunk === 0 ? 0 : chunk * kFileChunkBytes - kLengthBytes);

export class StreamSealer {
  readonly chunks: number;
  private readonly key: Uint8Array;
  private dataLeft: number;
  private at = 0;

  // `dataBytes` is the file's whole length. Throws RangeError above kStreamDataBytesMax.
  constructor(
    key: FileKey,
    share: CaseShare,
    upload: UploadId,
    private readonly dataBytes: number,
  ) {
    if (dataBytes > kStreamDataBytesMax) throw new RangeError('file of more than 2^48 bytes');
    this.key = streamKey(key, share, upload);
    this.chunks = streamChunks(dataBytes);
    this.dataLeft = dataBytes;
  }

  get finished(): boolean {
    return this.at === this.chunks;
  }

  // Goes on from this chunk: those before it were sealed earlier and arrived.
  seek(chunk: number): void {
    if (chunk > this.chunks) throw new Error('stream: not so many chunks');
    this.at = chunk;
    this.dataLeft = Math.max(0, this.dataBytes - streamOffset(chunk));
  }

  // How much data the next chunk takes: 0 for filler chunks.
  wanted(): number {
    return dataInChunk(this.at, this.dataLeft);
  }

  // The next chunk, kSealedChunkBytes long. `data` has exactly `wanted()` bytes, and the stream is not finished.
  next(data: Uint8Array): Uint8Array {
    if (this.finished || data.length !== this.wanted()) throw new Error('stream: not the data that was announced');
    const plain = new Uint8Array(kFileChunkBytes);
    if (this.at === 0) plain.set(u64Bytes(this.dataBytes));
    plain.set(data, dataOffset(this.at));
    const nonce = chunkNonce(this.at, this.at + 1 === this.chunks);
    const sealed = chacha20poly1305(this.key, nonce).encrypt(plain);
    wipe(plain);
    this.dataLeft -= data.length;
    ++this.at;
    return sealed;
  }

  wipe(): void {
    wipe(this.key);
  }
}

export class StreamOpener {
  // The file's length in bytes, known after the first chunk.
  dataBytes = 0;
  private readonly key: Uint8Array;
  private dataLeft = 0;
  private at = 0;
  private error: OpenError | undefined;

  // `chunks` is the count that the event names.
  constructor(
    key: FileKey,
    share: CaseShare,
    upload: UploadId,
    private readonly chunks: number,
  ) {
    this.key = streamKey(key, share, upload);
  }

  get finished(): boolean {
    return this.error === undefined && this.at === this.chunks && this.chunks > 0;
  }

  // The data inside the next chunk; empty for a filler chunk. After an error every further call fails the same way.
  // Each piece is genuine and in its place, but only a finished stream is the whole file.
  next(sealedChunk: Uint8Array): Expected<Uint8Array, OpenError> {
    if (this.error === undefined) {
      const opened = this.open(sealedChunk);
      if (opened.ok) return opened;
      this.error = opened.error;
    }
    return bad(this.error);
  }

  private open(sealedChunk: Uint8Array): Expected<Uint8Array, OpenError> {
    if (this.at >= this.chunks || sealedChunk.length !== kSealedChunkBytes) return bad('malformed');
    const nonce = chunkNonce(this.at, this.at + 1 === this.chunks);
    const plain = decrypted(() => chacha20poly1305(this.key, nonce).decrypt(sealedChunk));
    if (plain === undefined) return bad('wrong key or altered');
    if (this.at === 0) {
      const length = new DataView(plain.buffer, plain.byteOffset).getBigUint64(0);
      if (length > BigInt(kStreamDataBytesMax) || streamChunks(Number(length)) !== this.chunks) return bad('malformed');
      this.dataBytes = this.dataLeft = Number(length);
    }
    const offset = dataOffset(this.at);
    const size = dataInChunk(this.at, this.dataLeft);
    if (!allZero(plain.subarray(offset + size))) return bad('malformed');
    this.dataLeft -= size;
    ++this.at;
    return good(plain.subarray(offset, offset + size));
  }

  wipe(): void {
    wipe(this.key);
  }
}
