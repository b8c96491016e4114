// EXIF: what stands in it, and the little that stays: which side of the picture is up.
// Exif 2.32, §4.6; TIFF 6.0, §2.
import type { Removed } from './finding.ts';
import { from_latin1, latin1, Reader } from './reader.ts';

const kOrientation = 0x0112;
const kPointers = [0x8769, 0xa005]; // Exif, interoperability
const kPosition = 0x8825;
const kThumbnail = 0x0201;
// Each tag that says something of its own, by what it says.
const kTells: readonly (readonly [Removed, readonly number[]])[] = [
  ['device', [0x010f, 0x0110, 0x0131, 0x013c, 0x927c, 0xa431, 0xa433, 0xa434, 0xa435, 0xc614, 0xc62f]],
  ['person', [0x013b, 0x8298, 0xa430, 0x9c9d]],
  ['time', [0x0132, 0x9003, 0x9004, 0x9010, 0x9011, 0x9012, 0x9290, 0x9291, 0x9292]],
  ['text', [0x010e, 0x9286, 0x9c9b, 0x9c9c, 0x9c9e, 0x9c9f]],
];
const kEntriesMax = 512;
const kFoldersMax = 32;
const kUpright = 1;

// Notes what a TIFF structure tells and gives its orientation, 1 to 8. A damaged one tells what could be
// read of it, the orientation too: it is cut out in any case.
export function read_exif(tiff: Uint8Array, removed: Set<Removed>): number {
  removed.add('other');
  let orientation = kUpright;
  try {
    const order = latin1(tiff.subarray(0, 2));
    if (order !== 'II' && order !== 'MM') return kUpright;
    const reader = new Reader(tiff, 4, order === 'II');
    const first = reader.u32();
    const waiting = [first];
    const seen = new Set<number>();
    for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
      if (folder === 0 || seen.has(folder) || seen.size > kFoldersMax) continue;
      seen.add(folder);
      reader.at = folder;
      const count = Math.min(reader.u16(), kEntriesMax);
      for (let i = 0; i < count; ++i) {
        const tag = reader.u16();
        const type = reader.u16();
        reader.u32();
        const at = reader.at;
        const value = type === 3 ? reader.u16() : reader.u32();
        reader.at = at + 4;
        if (tag === kOrientation && folder === first && value >= 1 && value <= 8) orientation = value;
        if (tag === kPosition) removed.add('position');
        if (tag === kThumbnail) removed.add('preview');
        if (kPointers.includes(tag)) waiting.push(value);
        for (const [what, tags] of kTells) if (tags.includes(tag)) removed.add(what);
      }
      if (reader.left >= 4) waiting.push(reader.u32());
    }
  } catch {
    // pointers lead out of it
  }
  return orientation;
}

// A TIFF structure of 26 bytes with the orientation and nothing else; nothing for one that is upright.
export function plain_exif(orientation: number): Uint8Array | null {
  if (orientation === kUpright) return null;
  return from_latin1(`MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0${String.fromCharCode(orientation)}\0\0\0\0\0\0`); // one entry, no further folder
}

const kWords: readonly (readonly [Removed, RegExp])[] = [
  ['position', /GPS|Location|City|Country/],
  ['device', /Make|Model|Serial|Tool|Software|Producer|Generator|Device/i],
  ['person', /creator\b|Author|Artist|Owner|rights|By-line|Person/i],
  ['time', /Date|Time|\b(19|20)\d\d-[01]\d-/i],
  ['preview', /Thumbnail/i],
  ['history', /History|DocumentID/],
];
const kTextMax = 1 << 18;

// Notes what a text of names and values tells: XMP, IPTC, a remark.
export function note_text(text: Uint8Array, removed: Set<Removed>): void {
  removed.add('text');
  const read = latin1(text.subarray(0, kTextMax));
  for (const [what, words] of kWords) if (words.test(read)) removed.add(what);
}
