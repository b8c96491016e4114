// A ZIP archive of files as they are, without compression (APPNOTE 6.3.10): names in UTF-8, no times, no attributes, so
// the same files give the same bytes.
import { asBytes, concat } from '../core/crypto/bytes.ts';

export interface ZipFile {
  readonly name: string; // with folders; never absolute
  readonly bytes: Uint8Array;
}

const kVersion = 20; // 2.0
const kUtf8Names = 0x0800;
const kFirstDay = 0x0021; // 1 January 1980, the earliest there is

const kTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let i = 0; i < 8; ++i) rest = rest & 1 ? (rest >>> 1) ^ 0xedb8_8320 : rest >>> 1;
  return rest;
});

export function crc32(bytes: Uint8Array): number {
  let rest = 0xffff_ffff;
  for (const byte of bytes) rest = (rest >>> 8) ^ kTable[(rest ^ byte) & 0xff]!;
  return (rest ^ 0xffff_ffff) >>> 0;
}

// Numbers of 2 and 4 bytes, little-endian.
function numbers(...list: readonly (readonly [size: 2 | 4, value: number])[]): Uint8Array {
  const bytes = new Uint8Array(list.reduce((sum, [size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of list) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
}

// §4.3.7 and §4.3.12: what both headers of a file share.
function about({ bytes }: ZipFile, name: Uint8Array): Uint8Array {
  const size = bytes.length;
  return numbers(
    [2, kVersion], [2, kUtf8Names], [2, 0], [2, 0], [2, kFirstDay], [4, crc32(bytes)], [4, size], [4, size],
    [2, name.length], [2, 0],
  );
}

export function zip(files: readonly ZipFile[]): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const file of files) {
    const name = asBytes(file.name);
    const local = concat(numbers([4, 0x0403_4b50]), about(file, name), name);
    parts.push(local, file.bytes);
    directory.push(
      numbers([4, 0x0201_4b50], [2, kVersion]), about(file, name), numbers([2, 0], [2, 0], [2, 0], [4, 0], [4, at]), name,
    );
    at += local.length + file.bytes.length;
  }
  const central = concat(...directory);
  const count = files.length;
  const end = numbers([4, 0x0605_4b50], [2, 0], [2, 0], [2, count], [2, count], [4, central.length], [4, at], [2, 0]);
  return new Uint8Array(concat(...parts, central, end));
}
