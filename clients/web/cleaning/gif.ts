// GIF: keeps pictures, their timing and how often they repeat. GIF89a.
import { concat } from '../core/crypto/bytes.ts';
import { note_text } from './exif.ts';
import { broken, type Removed } from './finding.ts';
import { latin1, Reader, starts_with } from './reader.ts';

const kHeaderSize = 13;
const kExtension = 0x21;
const kPicture = 0x2c;
const kTrailer = 0x3b;
const kTiming = 0xf9;
const kComment = 0xfe;
const kApplication = 0xff;
const kRepeats = /^(NETSCAPE2|ANIMEXTS1)\.0\x01[^]{2}(\x02[^]{4})?$/; // how often, and how much is read beforehand
const kBlocksRead = 2048; // of what is not drawn

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
      const shows = label === kTiming ? data.length === 4 : label === kApplication && kRepeats.test(latin1(data));
      if (shows) kept.push(bytes.subarray(from, reader.at));
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
  const parts: Uint8Array[] = [];
  for (let size = reader.u8(); size > 0; size = reader.u8()) {
    const part = reader.take(size);
    if (parts.length < kBlocksRead) parts.push(part);
  }
  return concat(...parts);
}
