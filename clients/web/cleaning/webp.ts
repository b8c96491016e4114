// WebP: keeps the chunks that draw. RFC 9649.
import { concat } from '../core/crypto/bytes.ts';
import { note_text, plain_exif, read_exif } from './exif.ts';
import { broken, type Removed } from './finding.ts';
import { from_latin1, latin1, number_bytes, Reader, starts_with } from './reader.ts';

const kHeaderSize = 12;
const kFrameHeaderSize = 16;
const kExifFlag = 0x08;
const kFlags = 0x2c; // of colours, EXIF and XMP

export function clean_webp(bytes: Uint8Array, removed: Set<Removed>): Uint8Array<ArrayBuffer> {
  const size = new Reader(bytes, 4, true).u32() + 8;
  if (size > bytes.length || size < kHeaderSize) broken();
  if (bytes.length > size + (size & 1)) removed.add('trailing');

  let canvas: Uint8Array | null = null;
  let orientation = 1;
  let drawn = 0;
  const kept: Uint8Array[] = [];
  for (const [name, data] of chunks(bytes.subarray(kHeaderSize, size))) {
    if (name === 'VP8X') canvas = data.slice(0, 10);
    else if (name === 'ANMF') kept.push(chunk(name, clean_frame(data, removed)));
    else if (/^(VP8 |VP8L|ALPH|ANIM)$/.test(name)) kept.push(chunk(name, data));
    else if (name === 'ICCP') removed.add('profile');
    else if (name === 'EXIF') orientation = read_exif(data.subarray(starts_with(data, 'Exif\0\0') ? 6 : 0), removed);
    else if (name === 'XMP ') note_text(data, removed);
    else removed.add('other');
    if (/^(VP8|ANMF)/.test(name) && name !== 'VP8X') ++drawn;
  }
  if (drawn === 0 || (canvas && canvas.length < 10)) broken();
  const exif = canvas && plain_exif(orientation);
  if (canvas) canvas[0] = (canvas[0]! & ~kFlags) | (exif ? kExifFlag : 0);
  const body = concat(
    from_latin1('WEBP'),
    ...(canvas ? [chunk('VP8X', canvas)] : []),
    ...kept,
    ...(exif ? [chunk('EXIF', exif)] : []),
  );
  return concat(from_latin1('RIFF'), number_bytes(true, [4, body.length]), body) as Uint8Array<ArrayBuffer>;
}

// A frame of a moving picture holds chunks of its own.
function clean_frame(data: Uint8Array, removed: Set<Removed>): Uint8Array {
  if (data.length < kFrameHeaderSize) broken();
  const kept: Uint8Array[] = [];
  for (const [name, part] of chunks(data.subarray(kFrameHeaderSize))) {
    if (/^(VP8 |VP8L|ALPH)$/.test(name)) kept.push(chunk(name, part));
    else removed.add('other');
  }
  return concat(data.subarray(0, kFrameHeaderSize), ...kept);
}

export function* chunks(bytes: Uint8Array): Generator<readonly [name: string, data: Uint8Array]> {
  const reader = new Reader(bytes, 0, true);
  while (reader.left > 0) {
    const name = latin1(reader.take(4));
    const data = reader.take(reader.u32());
    yield [name, data];
    if (data.length % 2 === 1 && reader.left > 0) reader.take(1);
  }
}

export function chunk(name: string, data: Uint8Array): Uint8Array {
  return concat(from_latin1(name), number_bytes(true, [4, data.length]), data, new Uint8Array(data.length % 2));
}
