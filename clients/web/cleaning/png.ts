// PNG: keeps the chunks that draw and cuts the rest. PNG, third edition, §11 (W3C 2025).
import { concat } from '../core/crypto/bytes.ts';
import { crc32 } from './crc32.ts';
import { pack, unpack } from './deflate.ts';
import { note_text, plain_exif, read_exif } from './exif.ts';
import { broken, type Removed } from './finding.ts';
import { plain_profile } from './icc.ts';
import { from_latin1, latin1, number_bytes, Reader } from './reader.ts';

const kSignatureSize = 8;
// `pHYs` and `hIST` draw nothing: the first tells one make of screen from another.
const kNeeded = /^(IHDR|PLTE|IDAT|IEND|tRNS|gAMA|cHRM|sRGB|sBIT|bKGD|cICP|acTL|fcTL|fdAT)$/;
const kText = /^[tiz]TXt$/;
const kProfileMax = 1 << 22;

export async function clean_png(bytes: Uint8Array, removed: Set<Removed>): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Reader(bytes, kSignatureSize);
  const kept: Uint8Array[] = [];
  let orientation = 1;
  let colours: Uint8Array | null = null;
  let names = '';
  while (!names.endsWith('IEND ')) {
    const from = reader.at;
    const size = reader.u32();
    const name = latin1(reader.take(4));
    const data = reader.take(size);
    const crc = reader.u32();
    if (names === '' && name !== 'IHDR') broken();
    if (kNeeded.test(name)) {
      if (crc !== crc32(bytes.subarray(from + 4, reader.at - 4))) broken();
      kept.push(bytes.subarray(from, reader.at));
      if (name !== 'IDAT' || !names.endsWith('IDAT ')) names += `${name} `;
    } else if (name === 'iCCP') colours = await profile(data, removed);
    else if (name === 'eXIf') orientation = read_exif(data, removed);
    else if (name === 'tIME') removed.add('time');
    else if (kText.test(name)) note_text(data, removed);
    else if (/^[A-Z]/.test(name)) broken(); // needed for drawing, and not known here
    else removed.add('other');
  }
  // One picture, its data in one run.
  if (names.split('IHDR').length !== 2 || names.split('IDAT').length !== 2) broken();
  if (reader.left > 0) removed.add('trailing');
  const exif = plain_exif(orientation);
  const added = [colours && chunk('iCCP', colours), exif && chunk('eXIf', exif)].filter((part) => part !== null);
  return concat(bytes.subarray(0, kSignatureSize), kept[0]!, ...added, ...kept.slice(1)) as Uint8Array<ArrayBuffer>;
}

async function profile(data: Uint8Array, removed: Set<Removed>): Promise<Uint8Array | null> {
  const name_end = data.indexOf(0);
  if (name_end < 0) return plain_profile(data, removed);
  const icc = await unpack(data.subarray(name_end + 2), 'deflate', kProfileMax).catch(() => data);
  const plain = plain_profile(icc, removed);
  return plain && concat(from_latin1('-\0\0'), await pack(plain, 'deflate'));
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const named = concat(from_latin1(name), data);
  return concat(number_bytes(false, [4, data.length]), named, number_bytes(false, [4, crc32(named)]));
}
