// PNG: keeps the chunks that draw and cuts the rest. PNG, third edition, §11 (W3C 2025).
import { concat } from '../core/crypto/bytes.ts';
import type { CleanPart, Rest } from './clean.ts';
import { crc32 } from './crc32.ts';
import { note_text, plain_exif, read_exif } from './exif.ts';
import { broken, type Removed } from './finding.ts';
import { from_latin1, latin1, number_bytes, Reader } from './reader.ts';

const kSignatureSize = 8;
// `pHYs` and `hIST` draw nothing: the first tells one make of screen from another.
const kNeeded = /^(IHDR|PLTE|IDAT|IEND|tRNS|gAMA|cHRM|sRGB|sBIT|bKGD|cICP|acTL|fcTL|fdAT)$/;
const kText = /^[tiz]TXt$/;

export async function clean_png(bytes: Uint8Array, removed: Set<Removed>, _: CleanPart, rest: Rest): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Reader(bytes, kSignatureSize);
  const kept: Uint8Array[] = [];
  let orientation = 1;
  let names = '';
  while (!names.endsWith('IEND ')) {
    const from = reader.at;
    const size = reader.u32();
    const name = latin1(reader.take(4));
    const data = reader.take(size);
    const crc = reader.u32();
    if (names === '' && name !== 'IHDR') broken();
    if (kNeeded.test(name)) {
      if (crc !== (await crc32(bytes.subarray(from + 4, reader.at - 4), rest))) broken();
      kept.push(bytes.subarray(from, reader.at));
      if (name !== 'IDAT' || !names.endsWith('IDAT ')) names += `${name} `;
    } else if (name === 'iCCP') removed.add('profile');
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
  const added = exif ? [await chunk('eXIf', exif)] : [];
  return concat(bytes.subarray(0, kSignatureSize), kept[0]!, ...added, ...kept.slice(1)) as Uint8Array<ArrayBuffer>;
}

async function chunk(name: string, data: Uint8Array): Promise<Uint8Array> {
  const named = concat(from_latin1(name), data);
  return concat(number_bytes(false, [4, data.length]), named, number_bytes(false, [4, await crc32(named)]));
}
