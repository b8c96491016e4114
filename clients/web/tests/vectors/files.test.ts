import { expect, test } from 'vitest';

import { kChunksPerFileMax, kFileBytesMax, type Compartment } from '../../generated/rules.ts';
import { toHex } from '../../core/crypto/bytes.ts';
import { fileSecrets } from '../../core/crypto/file_secrets.ts';
import { Digest, sha256, Sha256 } from '../../core/crypto/hash.ts';
import { LocalKey } from '../../core/crypto/local_seal.ts';
import { FileKey, streamChunks, StreamSealer, streamOffset } from '../../core/crypto/stream.ts';
import { CaseShare } from '../../core/crypto/case_share.ts';
import { shownName } from '../../core/attached_files.ts';
import { encodeEvent, parseEvent, type Attachment } from '../../core/event.ts';
import { Handle, UploadId } from '../../core/protocol/ids.ts';
import { ScannedFile } from '../../core/scanned_file.ts';
import { fixed, FixedRandom, readVectors } from '../support.ts';

const fileOf = (size: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: size }, (_, i) => (7 * i + (i >> 8)) & 255);

test("a file's key and name follow from the file and its author, as in C++", () => {
  const vectors = readVectors<{
    local_key: string;
    handle: string;
    files: { compartment: number; size: number; sha256: string; upload_id: string; key: string }[];
    chunk_counts: { data_bytes: number; chunks: number }[];
  }>('file-secrets.json');
  const author = fixed(LocalKey, vectors.local_key);
  const handle = fixed(Handle, vectors.handle);
  for (const { compartment, size, sha256: digest, upload_id, key } of vectors.files) {
    expect(toHex(sha256(fileOf(size)))).toBe(digest);
    const made = fileSecrets(author, handle, compartment as Compartment, size, fixed(Digest, digest));
    expect(toHex(made.uploadId)).toBe(upload_id);
    expect(toHex(made.key)).toBe(key);
  }
  for (const { data_bytes, chunks } of vectors.chunk_counts) expect(streamChunks(data_bytes)).toBe(chunks);
  expect(streamChunks(kFileBytesMax)).toBe(kChunksPerFileMax);
});

test('sealing goes on from any chunk with the same bytes', () => {
  const random = new FixedRandom('seek');
  const [key, share, upload] = [FileKey.random(random), CaseShare.random(random), UploadId.random(random)];
  for (const size of [0, 15_352, 80_000]) {
    const file = fileOf(size);
    const whole = new StreamSealer(key, share, upload, size);
    const sealed: string[] = [];
    while (!whole.finished) {
      const at = streamOffset(sealed.length);
      sealed.push(toHex(sha256(whole.next(file.subarray(at, at + whole.wanted())))));
    }
    for (let from = 0; from < sealed.length; ++from) {
      const again = new StreamSealer(key, share, upload, size);
      again.seek(from);
      const at = streamOffset(from);
      expect(toHex(sha256(again.next(file.subarray(at, at + again.wanted()))))).toBe(sealed[from]);
    }
  }
});

test('a file is looked through once, and a piece that changed is not handed on', async () => {
  const file = fileOf(40_000);
  const scanned = await ScannedFile.scan(new Blob([file], { type: 'image/png' }), 'x.png');
  if (!scanned.ok) throw new Error(scanned.error.code);
  expect(toHex(scanned.value.sha256)).toBe(toHex(sha256(file)));
  expect(toHex(new Sha256().update(file.subarray(0, 7)).update(file.subarray(7)).finish())).toBe(toHex(sha256(file)));
  expect(scanned.value.mediaType).toBe('image/png');
  const piece = await scanned.value.chunkData(1);
  expect(piece.ok && toHex(sha256(piece.value))).toBe(toHex(sha256(file.subarray(15_352, 30_712))));
  const beyond = await scanned.value.chunkData(3);
  expect(beyond).toEqual({ ok: true, value: new Uint8Array(0) });

  file[20_000] = file[20_000]! ^ 1;
  const altered = new Blob([file]);
  Object.assign(scanned.value, { blob: altered });
  expect(await scanned.value.chunkData(1)).toMatchObject({ ok: false, error: { code: 'file changed' } });
  expect((await scanned.value.chunkData(0)).ok).toBe(true);
});

test('an event of files comes back, and one that says what cannot be is none', () => {
  const random = new FixedRandom('event');
  const file = {
    name: 'Foto van maandag 🌧.jpg',
    mediaType: 'image/jpeg',
    size: 40_000,
    sha256: sha256(fileOf(40_000)),
    uploadId: UploadId.random(random),
    chunks: streamChunks(40_000),
    key: FileKey.random(random),
  };
  const event: Attachment = { kind: 'attachment', files: [file] };
  expect(parseEvent(encodeEvent(event))).toEqual(event);
  const refused = (change: object): void =>
    expect(parseEvent(encodeEvent({ kind: 'attachment', files: [{ ...file, ...change }] }))).toBeUndefined();
  refused({ name: '' });
  refused({ name: 'é'.repeat(128) });
  refused({ mediaType: '' });
  refused({ chunks: file.chunks + 1 });
  refused({ size: kFileBytesMax + 1 });
  expect(parseEvent(encodeEvent({ kind: 'attachment', files: [] }))).toBeUndefined();
  expect(parseEvent(encodeEvent({ kind: 'attachment', files: Array.from({ length: 33 }, () => file) }))).toBeUndefined();
});

test('a received name is no path and turns nothing around', () => {
  const shown = (name: string): string => shownName({ name });
  expect(shown("foto's van maandag.jpg")).toBe("foto's van maandag.jpg");
  expect(shown('../../etc/passwd')).toBe('passwd');
  expect(shown('C:\\temp\\x.txt')).toBe('x.txt');
  expect(shown('...')).toBe('file');
  expect(shown('.bashrc')).toBe('bashrc');
  expect(shown('a\u001B[2Jb\n\u007F')).toBe('a[2Jb');
  expect(shown('foto\u202Egpj.exe')).toBe('fotogpj.exe');
  expect(shown('a\u061Cb\u2028c\u2029.txt')).toBe('abc.txt');
  expect(shown('café 🌧.png')).toBe('café 🌧.png');
});
