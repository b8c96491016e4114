// Takes out of a file what tells about whoever made it, and says what that was. Works on bytes alone and
// changes nothing that is seen or heard: pictures keep every pixel, documents every word that stands in
// them. What is seen (names, watermarks, a printer's dots) stays.
import { bad, good, type Expected } from '../core/expected.ts';
import { kFileKinds, Unclean, type Cleaned, type FileKind, type Removed, type Trouble } from './finding.ts';
import { clean_gif } from './gif.ts';
import { clean_jpeg } from './jpeg.ts';
import { clean_png } from './png.ts';
import { latin1 } from './reader.ts';
import { clean_wav } from './wav.ts';
import { clean_webp } from './webp.ts';

// A page holds a file three times over while it works.
export const kCleanedBytesMax = 60_000_000;
const kDepthMax = 2; // a sheet in a letter in a presentation

// By its first bytes: a name may say anything.
const kKinds: readonly (readonly [FileKind | Trouble, RegExp])[] = [
  ['jpeg', /^\xff\xd8\xff/],
  ['png', /^\x89PNG\r\n\x1a\n/],
  ['webp', /^RIFF[^]{4}WEBP/],
  ['wav', /^RIFF[^]{4}WAVE/],
  ['gif', /^GIF8[79]a/],
  ['pdf', /%PDF-/],
  ['office', /^PK\x03\x04/],
  ['old_office', /^\xd0\xcf\x11\xe0/],
  ['heic', /^[^]{4}ftyp(he[iv]|mif1|msf1|avi[fs])/],
  ['film', /^[^]{4}ftyp(iso[m\d]|mp4|avc|qt|M4V|3g|MSNV|dash|f4v)|^\x1aE\xdf\xa3/], // Matroska and WebM, too
  ['sound', /^[^]{4}ftypM4[AB]|^ID3|^OggS|^fLaC|^\xff[\xe0-\xff]/],
];

export function kind_of(bytes: Uint8Array): FileKind | Trouble {
  const head = latin1(bytes.subarray(0, 1024));
  return kKinds.find(([, begins]) => begins.test(head))?.[0] ?? 'unknown';
}

// Awaited at each step of a long work: whoever has a page to keep moving lets something else happen there.
export type Rest = () => Promise<void> | undefined;
// Takes a file apart and gives it back without what it adds to `removed`. `part` cleans what stands in it:
// a picture or document of a known kind; anything else stays as it is.
export type Cleaner = (bytes: Uint8Array, removed: Set<Removed>, part: CleanPart, rest: Rest) => Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>>;
export type CleanPart = (bytes: Uint8Array) => Promise<Uint8Array>;
// By kind; a kind without one is not cleaned, and said to be so.
export type Cleaners = Readonly<Partial<Record<FileKind, Cleaner>>>;

export const kPictureCleaners = { jpeg: clean_jpeg, png: clean_png, webp: clean_webp, gif: clean_gif, wav: clean_wav } as const;

// The whole file, cleaned; or why it is not.
export async function clean(bytes: Uint8Array, cleaners: Cleaners, rest: Rest): Promise<Expected<Cleaned, Trouble>> {
  const kind = kind_of(bytes);
  if (!is_known(kind)) return bad(kind);
  const cleaner = cleaners[kind];
  if (!cleaner) return bad(kind === 'wav' ? 'sound' : 'unknown');
  if (bytes.length > kCleanedBytesMax) return bad('too_large');
  const removed = new Set<Removed>();
  const part_at = (depth: number): CleanPart => async (part) => {
    const within = kind_of(part);
    const its = is_known(within) ? cleaners[within] : undefined;
    if (within === 'film' || within === 'heic') throw new Unclean(within); // tells as much in here
    if (!its) return part;
    if (depth > kDepthMax) throw new Unclean('too_large');
    return its(part, removed, part_at(depth + 1), rest);
  };
  try {
    return good({ kind, bytes: await cleaner(bytes, removed, part_at(1), rest), removed });
  } catch (error) {
    if (error instanceof Unclean) return bad(error.trouble);
    throw error;
  }
}

function is_known(kind: FileKind | Trouble): kind is FileKind {
  return (kFileKinds as readonly string[]).includes(kind);
}
