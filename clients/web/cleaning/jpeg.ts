// JPEG: keeps what a decoder needs and cuts everything else. ITU-T T.81, annex B.
import { concat } from '../core/crypto/bytes.ts';
import { note_text, plain_exif, read_exif } from './exif.ts';
import { broken, type Removed } from './finding.ts';
import { plain_profile } from './icc.ts';
import { from_latin1, number_bytes, Reader, starts_with } from './reader.ts';

const kSoi = 0xd8;
const kEoi = 0xd9;
const kSos = 0xda;
const kComment = 0xfe;
const kApp0 = 0xe0;
const kExif = 'Exif\0\0';
const kProfile = 'ICC_PROFILE\0';
// JFIF 1.1, no unit, no thumbnail: that pixels are square, and colours are what everybody takes them for.
const kJfif = from_latin1('JFIF\0\x01\x01\0\0\x01\0\x01\0\0');
const kAdobeSize = 12;
const kProfileMax = 1 << 22;

export function clean_jpeg(bytes: Uint8Array, removed: Set<Removed>): Uint8Array<ArrayBuffer> {
  const reader = new Reader(bytes, 2);
  const head: Uint8Array[] = []; // JFIF and Adobe
  const body: Uint8Array[] = [];
  const profile: Uint8Array[] = [];
  let profile_size = 0;
  let orientation = 1;
  let scans = 0;

  for (;;) {
    const marker = next_marker(reader);
    if (marker === kEoi) break;
    const from = reader.at - 2;
    const data = reader.take(reader.u16() - 2);
    if (marker === kSos) {
      body.push(bytes.subarray(from, end_of_scan(reader)));
      ++scans;
    } else if (is_needed(marker)) {
      body.push(bytes.subarray(from, reader.at));
    } else if (marker === kApp0 && starts_with(data, 'JFIF\0')) {
      if (head.length === 0) head.push(segment(kApp0, kJfif));
      if (data.length > kJfif.length) removed.add('preview');
    } else if (marker === 0xee && starts_with(data, 'Adobe') && data.length >= kAdobeSize) {
      head.push(segment(marker, data.subarray(0, kAdobeSize)));
    } else if (marker === 0xe2 && starts_with(data, kProfile)) {
      profile.push(data.subarray(kProfile.length + 2));
      profile_size += data.length;
      if (profile_size > kProfileMax) broken();
    } else {
      orientation = note(marker, data, removed) ?? orientation;
    }
  }
  if (scans === 0) broken();
  if (reader.left > 0) removed.add(behind(bytes.subarray(reader.at)));

  const exif = plain_exif(orientation);
  if (exif) head.push(segment(0xe1, concat(from_latin1(kExif), exif)));
  const colours = profile.length > 0 ? plain_profile(concat(...profile), removed) : null;
  if (colours) head.push(segment(0xe2, concat(from_latin1(`${kProfile}\x01\x01`), colours)));
  return concat(Uint8Array.of(0xff, kSoi), ...head, ...body, Uint8Array.of(0xff, kEoi)) as Uint8Array<ArrayBuffer>;
}

function segment(marker: number, data: Uint8Array): Uint8Array {
  return concat(number_bytes(false, [1, 0xff], [1, marker], [2, data.length + 2]), data);
}

// Frames, tables, the restart interval, the number of lines. Hierarchical files (DHP, EXP) no phone makes
// and no browser opens.
function is_needed(marker: number): boolean {
  if (marker === 0xde || marker === 0xdf) broken();
  return (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc8) || (marker >= 0xdb && marker <= 0xdd);
}

// Past filler, stray bytes, and markers that stand alone.
function next_marker(reader: Reader): number {
  for (;;) {
    const at = reader.bytes.indexOf(0xff, reader.at);
    if (at < 0) broken();
    reader.at = at + 1;
    const marker = reader.u8();
    if (marker === 0xff) reader.at -= 1;
    else if (marker > 0x01 && !(marker >= 0xd0 && marker <= 0xd8)) return marker;
  }
}

// Where the next marker begins. In a scan 0xFF means one, unless a zero or a restart follows.
function end_of_scan(reader: Reader): number {
  const { bytes } = reader;
  for (let at = reader.at; ; at += 1) {
    at = bytes.indexOf(0xff, at);
    if (at < 0 || at + 1 >= bytes.length) broken();
    const next = bytes[at + 1]!;
    if (next === 0 || next === 0xff || (next >= 0xd0 && next <= 0xd7)) continue;
    reader.at = at;
    return at;
  }
}

function note(marker: number, data: Uint8Array, removed: Set<Removed>): number | null {
  if (marker === 0xe1 && starts_with(data, 'Exif\0')) return read_exif(data.subarray(kExif.length), removed);
  if (marker === 0xe2 && starts_with(data, 'MPF\0')) removed.add('second');
  else if (marker === kComment || marker === 0xe1 || marker === 0xed) note_text(data, removed);
  else removed.add('other');
  return null;
}

// Another picture, a film (as "motion photos" have), or just bytes.
function behind(rest: Uint8Array): Removed {
  const picture = rest.length > 3 && rest[0] === 0xff && rest[1] === kSoi;
  return picture || starts_with(rest, 'ftyp', 4) ? 'second' : 'trailing';
}
