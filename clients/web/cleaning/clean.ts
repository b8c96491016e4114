// Takes out of a file what tells about whoever made it, and says what that was. Works on bytes alone and
// changes nothing that is seen or heard: pictures keep every pixel, documents every word that stands in
// them. What is seen (names, watermarks, a printer's dots) stays.
import { bad, good, type Expected } from '../core/expected.ts';
import { Unclean, type Cleaned, type FileKind, type Removed, type Trouble } from './finding.ts';
import { clean_gif } from './gif.ts';
import { clean_jpeg } from './jpeg.ts';
import { clean_office } from './office.ts';
import { clean_pdf } from './pdf.ts';
import { clean_png } from './png.ts';
import { latin1, starts_with } from './reader.ts';
import { clean_wav } from './wav.ts';
import { clean_webp } from './webp.ts';

// A page holds a file three times over while it works.
export const kCleanedBytesMax = 60_000_000;
const kDepthMax = 2; // a sheet in a letter in a presentation

const kFilms = /^(isom|iso\d|mp4|avc|qt|M4V|3g|MSNV|dash|f4v)/;
const kHeic = /^(hei|hev|mif1|msf1|avif|avis)/;

// By its first bytes: a name may say anything.
export function kind_of(bytes: Uint8Array): FileKind | Trouble {
  const starts = (text: string, at = 0): boolean => starts_with(bytes, text, at);
  if (starts('\xff\xd8\xff')) return 'jpeg';
  if (starts('\x89PNG\r\n\x1a\n')) return 'png';
  if (starts('RIFF') && starts('WEBP', 8)) return 'webp';
  if (starts('RIFF') && starts('WAVE', 8)) return 'wav';
  if (starts('GIF87a') || starts('GIF89a')) return 'gif';
  if (latin1(bytes.subarray(0, 1024)).includes('%PDF-')) return 'pdf';
  if (starts('PK\x03\x04')) return 'office';
  if (starts('\xd0\xcf\x11\xe0')) return 'old_office';
  if (starts('ftyp', 4)) {
    const brand = latin1(bytes.subarray(8, 12));
    return kHeic.test(brand) ? 'heic' : kFilms.test(brand) ? 'film' : /^M4[AB]/.test(brand) ? 'sound' : 'unknown';
  }
  if (starts('\x1aE\xdf\xa3')) return 'film'; // Matroska and WebM
  if (starts('ID3') || starts('OggS') || starts('fLaC') || (bytes[0] === 0xff && (bytes[1]! & 0xe0) === 0xe0)) return 'sound';
  return 'unknown';
}

type Cleaner = (bytes: Uint8Array, removed: Set<Removed>, depth: number) => Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>>;
const kCleaners: Readonly<Record<FileKind, Cleaner>> = {
  jpeg: clean_jpeg,
  png: clean_png,
  webp: clean_webp,
  gif: clean_gif,
  wav: clean_wav,
  pdf: clean_pdf,
  office: clean_office,
};

// The whole file, cleaned; or why it is not.
export async function clean(bytes: Uint8Array): Promise<Expected<Cleaned, Trouble>> {
  const kind = kind_of(bytes);
  if (!is_known(kind)) return bad(kind);
  if (bytes.length > kCleanedBytesMax) return bad('too_large');
  const removed = new Set<Removed>();
  try {
    return good({ kind, bytes: await kCleaners[kind](bytes, removed, 0), removed });
  } catch (error) {
    if (error instanceof Unclean) return bad(error.trouble);
    throw error;
  }
}

// A picture or document within another; one of no known kind stays as it is.
export async function clean_part(bytes: Uint8Array, removed: Set<Removed>, depth: number): Promise<Uint8Array> {
  const kind = kind_of(bytes);
  if (!is_known(kind)) return bytes;
  if (depth > kDepthMax) throw new Unclean('too_large');
  return kCleaners[kind](bytes, removed, depth);
}

function is_known(kind: FileKind | Trouble): kind is FileKind {
  return kind in kCleaners;
}
