// Reads cleaned files back with tools that others wrote: exiftool and mat2 see nothing that tells where, on what, by
// whom or when; ImageMagick sees the very pixels; qpdf a sound document. Each function gives back a list of what is
// wrong, as short texts, so that whoever cleaned (this code, or a browser and everything between it and an adviser's
// disk) is held to the same.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

import { Zip } from '../../cleaning/zip.ts';

// Two folders with files of the same names: as they were made, and what became of them.
export interface Pairs {
  readonly names: readonly string[];
  readonly made: string;
  readonly cleaned: string;
}

export const kSamples = `${process.env['OMZIEN_SHARED'] ?? new URL('../../../../../shared', import.meta.url).pathname}/samples`;
export const sample_names = (): string[] =>
  (existsSync(kSamples) ? readdirSync(kSamples) : []).filter((name) => /\.(jpg|png|pdf|wav)$/.test(name));

const kPicture = /\.(jpe?g|png|webp|gif)$/;
// How a file is built; nothing of where it came from.
const kBuilt =
  /^(Adobe:(DCTEncodeVersion|APP14Flags[01]|ColorTransform)|SourceFile|ExifTool:.*|System:.*|File:.*|Composite:(ImageSize|Megapixels|Duration)|JFIF:.*|APP14:.*|PNG:(ImageWidth|ImageHeight|BitDepth|ColorType|Compression|Filter|Interlace|Gamma|BackgroundColor|Palette|Transparency|SRGBRendering|SignificantBits|WhitePoint.|Red.|Green.|Blue.|AnimationFrames|AnimationPlays)|PNG-cICP:.*|IFD0:Orientation|RIFF:(ImageWidth|ImageHeight|HorizontalScale|VerticalScale|VP8Version|WebP_Flags|AlphaIsUsed|BackgroundColor|AnimationLoopCount|FrameCount|Duration|Encoding|NumChannels|SampleRate|AvgBytesPerSec|BitsPerSample|AlphaPreprocessing|AlphaFiltering|AlphaCompression|NumberOfSamples)|GIF:.*|PDF:(PDFVersion|EmbeddedImage\w*|Linearized|PageCount|Language|TaggedPDF|PageLayout|PageMode)|ZIP:.*|XML:.*)$/;
const kBuiltForMat2 =
  /^(ExifByteOrder|Orientation|Gamma|BackgroundColor|(White|Red|Green|Blue)(Point|Point)?[XY]|Palette|Transparency|Interlace|SRGBRendering|SignificantBits|format: PDF|(creation|mod)-date: -1$|DCTEncodeVersion|APP14Flags[01]|ColorTransform)/;
const kTelling = /jansen|bakker|r5cw30|sm-a546|samsung|snapseed|iphone|noord|kantine|geheimverwijderd|448812|2026|52[.° ]*(22|37)|00A77B3E|IMG_/i;
const kHidden = /(J\. Jansen|M\. Bakker|jjansen|R5CW30|SM-A546B|GEHEIM|448812|00A77B3E|2026[-:]10|IMG_2026)/;

const output_of = ({ cleaned }: Pairs, tool: string, ...args: string[]): string =>
  execFileSync(tool, args, { cwd: cleaned, encoding: 'utf8', maxBuffer: 1 << 26 });
const pictures = ({ names }: Pairs): string[] => names.filter((name) => kPicture.test(name));

export function told_to_exiftool(pairs: Pairs): string[] {
  const rows = JSON.parse(output_of(pairs, 'exiftool', '-json', '-G1', '-a', '-u', '-ee', ...pairs.names)) as Record<string, unknown>[];
  const wrong = rows.length === pairs.names.length ? [] : [`exiftool read ${rows.length} files`];
  for (const row of rows) {
    const name = String(row['SourceFile']);
    const tags = Object.entries(row).filter(([tag]) => !/^(System|ExifTool):/.test(tag));
    const telling = ([tag, value]: [string, unknown]): boolean =>
      !kBuilt.test(tag) || (tag !== 'SourceFile' && kTelling.test(String(value)));
    wrong.push(...tags.filter(telling).map(([tag, value]) => `${name}: ${tag} ${String(value)}`));
    const said = String(row['ExifTool:Error'] ?? row['ExifTool:Warning'] ?? '').replace(/^Install Archive::Zip.*/, '');
    if (said !== '') wrong.push(`${name}: ${said}`);
  }
  return wrong;
}

export function told_to_mat2(pairs: Pairs): string[] {
  const known = pairs.names.filter((name) => !name.endsWith('.webp')); // it knows no WebP
  const lines = output_of(pairs, 'mat2', '--show', ...pairs.names).split('\n');
  const read = lines.filter((line) => /^\s*(\[\+\] Metadata for|No metadata found in) /.test(line)).length;
  const told = lines.filter((line) => /^ {4}\S/.test(line)).map((line) => line.trim());
  return [...(read === known.length ? [] : [`mat2 read ${read} of ${known.length}`]), ...told.filter((line) => !kBuiltForMat2.test(line))];
}

// Words that were hidden in the files, packed or not.
export async function words_left({ names, cleaned }: Pairs): Promise<string[]> {
  const wrong: string[] = [];
  for (const name of names) {
    const bytes = new Uint8Array(readFileSync(`${cleaned}/${name}`));
    const parts = /\.(docx|xlsx|pptx|od.)$/.test(name) ? await unzipped(bytes) : [bytes];
    for (const part of parts) {
      const found = kHidden.exec(new TextDecoder('latin1').decode(part))?.[0];
      if (found !== undefined) wrong.push(`${name}: ${found}`);
    }
  }
  return wrong;
}

// Of pictures from which only segments were cut.
export function pixels_changed(pairs: Pairs): string[] {
  const names = pictures(pairs);
  if (names.length === 0) return [];
  const seen = (folder: string): string[] =>
    execFileSync('/usr/bin/identify', ['-format', '%f %p %wx%h %#\n', ...names.map((name) => `${folder}/${name}`)], { encoding: 'utf8' }).trim().split('\n');
  const [before, after] = [seen(pairs.made), seen(pairs.cleaned)];
  return [...after.filter((line, i) => line !== before[i]), ...(before.length === after.length ? [] : [`${after.length} frames of ${before.length}`])];
}

// The side that is up, 1 to 8 as EXIF counts, of every picture.
export function sides(pairs: Pairs, folder: string): string[] {
  const names = pictures(pairs);
  if (names.length === 0) return [];
  const rows = JSON.parse(output_of(pairs, 'exiftool', '-json', '-n', '-IFD0:Orientation', ...names.map((name) => `${folder}/${name}`))) as { Orientation?: number }[];
  return rows.map(({ Orientation }, i) => `${names[i]} ${Orientation ?? 1}`);
}

// Every page is there, and qpdf finds nothing to mend.
export function unsound_documents({ names, made, cleaned }: Pairs): string[] {
  const wrong: string[] = [];
  for (const name of names.filter((one) => one.endsWith('.pdf'))) {
    const pages = (folder: string): string => execFileSync('qpdf', ['--show-npages', `${folder}/${name}`], { encoding: 'utf8' }).trim();
    try {
      execFileSync('qpdf', ['--check', `${cleaned}/${name}`], { stdio: 'pipe' });
      if (pages(cleaned) !== pages(made)) wrong.push(`${name}: ${pages(cleaned)} pages of ${pages(made)}`);
    } catch (error) {
      wrong.push(`${name}: ${String((error as { stderr?: Buffer }).stderr ?? error)}`);
    }
  }
  return wrong;
}

async function unzipped(bytes: Uint8Array): Promise<Uint8Array[]> {
  const zip = new Zip(bytes);
  return Promise.all(zip.names().map((name) => zip.part(name)));
}
