// Office files, of both families: parts that only tell about people and programs go, the others are
// rewritten without what tells (ooxml.ts, opendocument.ts), pictures within are cleaned as pictures.
import { asBytes } from '../core/crypto/bytes.ts';
import type { CleanPart, Rest } from './clean.ts';
import { Unclean, type Removed } from './finding.ts';
import { latin1, Reader, starts_with } from './reader.ts';
import { kOoxml } from './ooxml.ts';
import { kOpenDocument } from './opendocument.ts';
import { read_xml, rewrite_xml, type Fate, type Mark } from './xml.ts';
import { Zip, ZipWriter } from './zip.ts';

export interface Family {
  // What parts tell and so go; any other stays.
  readonly parts: readonly (readonly [Removed, RegExp])[];
  // What becomes of an element of the part of that name.
  readonly rewrite: (part: string, gone: (part: string) => boolean, removed: Set<Removed>) => (mark: Mark) => Fate;
}

const kXml = /\.(xml|rels|rdf|svg|vml)$/i;
// Nobody looks into these here: pictures and pages that say who made them, whole workbooks and their sources as bytes.
const kUnknown = /\.(tiff?|mht|html?|rtf|bin)$|^xl\/model\//i;
const kWithin = /\.(docx|xlsx|pptx|odt|ods|odp)$/i; // an office file in an office file

export async function clean_office(bytes: Uint8Array, removed: Set<Removed>, clean_part: CleanPart, rest: Rest): Promise<Uint8Array<ArrayBuffer>> {
  const zip = new Zip(bytes, rest);
  const family = zip.has('[Content_Types].xml') ? kOoxml : zip.has('mimetype') ? kOpenDocument : null;
  if (!family) throw new Unclean('unknown');
  await refuse_locked(zip);
  const written = new ZipWriter(rest);
  const tells = (name: string) => family.parts.find(([, parts]) => parts.test(name));
  const goes = (name: string): boolean => name.endsWith('/') || tells(name) !== undefined;
  for (const name of zip.names()) {
    const found = tells(name);
    if (found) removed.add(found[0]);
    if (goes(name)) continue;
    const part = await cleaned_part(zip, name, family, goes, removed, clean_part, rest);
    await written.add(name, part, name === 'mimetype');
  }
  return written.finish();
}

async function refuse_locked(zip: Zip): Promise<void> {
  const names = zip.names();
  if (names.some((name) => /vbaProject|^(Basic|Scripts)\/.*\.(xba|py|js|bsh)$/i.test(name))) throw new Unclean('macros');
  if (zip.has('META-INF/manifest.xml') && read_xml(await zip.part('META-INF/manifest.xml')).includes('encryption-data'))
    throw new Unclean('locked');
}

async function cleaned_part(
  zip: Zip,
  name: string,
  family: Family,
  goes: (part: string) => boolean,
  removed: Set<Removed>,
  clean_part: CleanPart,
  rest: Rest,
): Promise<Uint8Array> {
  const data = await zip.part(name);
  const rewrite = /\.svg$/i.test(name) ? drawing(removed) : family.rewrite(name, goes, removed);
  if (kXml.test(name) && data.length > 0) return asBytes(await rewrite_xml(read_xml(data).replaceAll('<br>', '<br/>'), rewrite, rest)); // drawings of the older kind have that
  if (starts_with(data, '\xd0\xcf\x11\xe0') || (/\/embeddings\//.test(name) && !kWithin.test(name))) {
    removed.add('embedded');
    return new Uint8Array();
  }
  if (kUnknown.test(name)) throw new Unclean('unknown');
  // By its first bytes, whatever it is called. Of pictures within one tells nothing apart; one that can't be read is
  // nobody's evidence either.
  return without_description(await clean_part(data));
}

// A program that draws keeps its author, its settings and where it saved beside the drawing.
const drawing = (removed: Set<Removed>) => (mark: Mark): Fate => {
  mark.attributes = mark.attributes.filter(([key]) => !kOfAProgram.test(key));
  if (mark.name !== 'metadata' && !kOfAProgram.test(mark.name)) return 'keep';
  return removed.add('other'), 'drop';
};
const kOfAProgram = /^(inkscape|sodipodi):/;

// An enhanced metafile says which program and document it came from (MS-EMF 2.2.9); blanks, since places
// within are counted.
function without_description(data: Uint8Array): Uint8Array {
  if (data.length < 88 || latin1(data.subarray(40, 44)) !== ' EMF') return data;
  const reader = new Reader(data, 60, true);
  const letters = reader.u32();
  const from = reader.u32();
  const blank = data.slice();
  if (from >= 88) blank.fill(0, from, from + 2 * letters);
  return blank;
}

// Where a file lay: on somebody's disk, or in their organisation.
export const is_place = (text: string): boolean => /^([a-z]:[\\/]|\\{2,}\w|file:)|\/(home|Users)\//i.test(text);
// A name or description that is that, or what a file was called.
export const is_file_name = (text: string): boolean =>
  is_place(text) || /\.[a-z]{3,4}$/i.test(text);
