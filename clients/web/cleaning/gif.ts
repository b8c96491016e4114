// GIF: keeps pictures, their timing and how often they repeat. GIF89a.
import { concat } from '../core/crypto/bytes.ts';
import { note_text } from './exif.ts';
import { broken, type Removed } from './finding.ts';
import { from_latin1, number_bytes, Reader, starts_with } from './reader.ts';

const kHeaderSize = 13;
const kExtension = 0x21;
const kPicture = 0x2c;
const kTrailer = 0x3b;
const kTiming = 0xf9;
const kComment = 0xfe;
const kApplication = 0xff;

export function clean_gif(bytes: Uint8Array, removed: Set<Removed>): Uint8Array<ArrayBuffer> {
  const reader = new Reader(bytes);
  const head = reader.take(kHeaderSize);
  const kept: Uint8Array[] = [head, reader.take(table_size(head[10]!))];
  let pictures = 0;
  for (;;) {
    const from = reader.at;
    const kind = reader.u8();
    if (kind === kTrailer) break;
    if (kind === kPicture) {
      const fields = reader.take(9);
      reader.take(table_size(fields[8]!) + 1); // colours, and the size of a code
      sub_blocks(reader);
      kept.push(bytes.subarray(from, reader.at));
      ++pictures;
    } else if (kind === kExtension) {
      const label = reader.u8();
      const data = sub_blocks(reader);
      if (label === kTiming && data.length === 4) kept.push(bytes.subarray(from, reader.at));
      else if (label === kApplication && repeats(data)) kept.push(repetition(data[12]! | (data[13]! << 8)));
      else if (label === kComment || starts_with(data, 'XMP DataXMP')) note_text(data, removed);
      else removed.add('other');
    } else broken();
  }
  if (pictures === 0) broken();
  if (reader.left > 0) removed.add('trailing');
  return concat(...kept, Uint8Array.of(kTrailer)) as Uint8Array<ArrayBuffer>;
}

function table_size(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

// The blocks that follow, together, up to the empty one.
function sub_blocks(reader: Reader): Uint8Array {
  const from = reader.at;
  const sizes: number[] = [];
  for (let size = reader.u8(); size > 0; size = reader.u8()) {
    reader.take(size);
    sizes.push(size);
  }
  const whole = new Uint8Array(sizes.reduce((sum, size) => sum + size, 0));
  let at = from;
  let to = 0;
  for (const size of sizes) {
    whole.set(reader.bytes.subarray(at + 1, at + 1 + size), to);
    at += 1 + size;
    to += size;
  }
  return whole;
}

function repeats(data: Uint8Array): boolean {
  return data.length >= 14 && (starts_with(data, 'NETSCAPE2.0') || starts_with(data, 'ANIMEXTS1.0')) && data[11] === 1;
}

function repetition(times: number): Uint8Array {
  return concat(
    Uint8Array.of(kExtension, kApplication, 11),
    from_latin1('NETSCAPE2.0'),
    number_bytes(true, [1, 3], [1, 1], [2, times], [1, 0]),
  );
}
