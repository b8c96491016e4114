// What is left in cleaned files, as tools read it that others wrote: exiftool and mat2 see nothing that tells where, on
// what, by whom or when; ImageMagick sees the very pixels; qpdf a sound document.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { clean } from '../../cleaning/clean.ts';
import { kEveryCleaner } from '../../cleaning/every_kind.ts';
import type { Removed } from '../../cleaning/finding.ts';
import { Zip } from '../../cleaning/zip.ts';
import { make_files } from './made.ts';

const kSamples = `${process.env['OMZIEN_SHARED'] ?? new URL('../../../../../shared', import.meta.url).pathname}/samples`;
const kHaveSamples = existsSync(kSamples);
const kPicture = /\.(jpe?g|png|webp|gif)$/;
// How a file is built; nothing of where it came from.
const kBuilt =
  /^(Adobe:(DCTEncodeVersion|APP14Flags[01]|ColorTransform)|SourceFile|ExifTool:.*|System:.*|File:.*|Composite:(ImageSize|Megapixels|Duration)|JFIF:.*|APP14:.*|PNG:(ImageWidth|ImageHeight|BitDepth|ColorType|Compression|Filter|Interlace|Gamma|BackgroundColor|Palette|Transparency|SRGBRendering|SignificantBits|WhitePoint.|Red.|Green.|Blue.|AnimationFrames|AnimationPlays)|PNG-cICP:.*|IFD0:Orientation|RIFF:(ImageWidth|ImageHeight|HorizontalScale|VerticalScale|VP8Version|WebP_Flags|AlphaIsUsed|BackgroundColor|AnimationLoopCount|FrameCount|Duration|Encoding|NumChannels|SampleRate|AvgBytesPerSec|BitsPerSample|AlphaPreprocessing|AlphaFiltering|AlphaCompression|NumberOfSamples)|GIF:.*|PDF:(PDFVersion|EmbeddedImage\w*|Linearized|PageCount|Language|TaggedPDF|PageLayout|PageMode)|ZIP:.*|XML:.*)$/;
const kBuiltForMat2 =
  /^(ExifByteOrder|Orientation|Gamma|BackgroundColor|(White|Red|Green|Blue)(Point|Point)?[XY]|Palette|Transparency|Interlace|SRGBRendering|SignificantBits|format: PDF|(creation|mod)-date: -1$|DCTEncodeVersion|APP14Flags[01]|ColorTransform)/;
const kTelling = /jansen|bakker|r5cw30|sm-a546|samsung|snapseed|iphone|noord|kantine|geheimverwijderd|448812|2026|52[.° ]*(22|37)|00A77B3E|IMG_/i;

let folder = '';
let names: readonly string[] = [];
const removed = new Map<string, ReadonlySet<Removed>>();
const original = (name: string): string => `${folder}/made/${name}`;
const cleaned = (name: string): string => `${folder}/cleaned/${name}`;

beforeAll(async () => {
  folder = mkdtempSync(`${tmpdir()}/omzien-cleaning-`);
  mkdirSync(`${folder}/made`);
  mkdirSync(`${folder}/cleaned`);
  const made = await make_files(`${folder}/made`);
  const samples = (kHaveSamples ? readdirSync(kSamples) : []).filter((name) => /\.(jpg|png|pdf|wav)$/.test(name));
  for (const name of samples) cpSync(`${kSamples}/${name}`, original(name));
  names = [...made, ...samples];
  for (const name of names) {
    const done = await clean(new Uint8Array(readFileSync(original(name))), kEveryCleaner);
    if (!done.ok) throw new Error(`${name}: ${done.error}`);
    writeFileSync(cleaned(name), done.value.bytes);
    removed.set(name, done.value.removed);
  }
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const output_of = (tool: string, ...args: string[]): string =>
  execFileSync(tool, args, { cwd: `${folder}/cleaned`, encoding: 'utf8', maxBuffer: 1 << 26 });

describe('cleaned files', () => {
  test('are many, of every kind', () => {
    expect(names.length).toBeGreaterThanOrEqual(60);
    expect(new Set(names).size).toBe(names.length);
  });

  test('say nothing to exiftool but how they are built', () => {
    const rows = JSON.parse(output_of('exiftool', '-json', '-G1', '-a', '-u', '-ee', ...names)) as Record<string, unknown>[];
    expect(rows.length).toBe(names.length);
    for (const row of rows) {
      const name = String(row['SourceFile']);
      const tags = Object.entries(row).filter(([tag]) => !/^(System|ExifTool):/.test(tag));
      expect(tags.map(([tag]) => tag).filter((tag) => !kBuilt.test(tag)), name).toEqual([]);
      const telling = tags.filter(([tag, value]) => tag !== 'SourceFile' && kTelling.test(String(value)));
      expect(telling, name).toEqual([]);
      const said = String(row['ExifTool:Error'] ?? row['ExifTool:Warning'] ?? '');
      expect(said.replace(/^Install Archive::Zip.*/, ''), name).toBe('');
    }
  });

  test('say nothing to mat2', () => {
    const [lines, unread] = [output_of('mat2', '--show', ...names).split('\n'), names.filter((name) => name.endsWith('.webp'))];
    const read = lines.filter((line) => /^\s*(\[\+\] Metadata for|No metadata found in) /.test(line));
    expect(read.length).toBe(names.length - unread.length); // it knows no WebP
    const told = lines.filter((line) => /^ {4}\S/.test(line)).map((line) => line.trim());
    expect(told.filter((line) => !kBuiltForMat2.test(line))).toEqual([]);
  });

  test('hold none of the words that were hidden in them, packed or not', async () => {
    for (const name of names) {
      const bytes = new Uint8Array(readFileSync(cleaned(name)));
      const parts = /\.(docx|xlsx|pptx|od.)$/.test(name) ? await unzipped(bytes) : [bytes];
      for (const part of parts) {
        const text = new TextDecoder('latin1').decode(part);
        expect(/(J\. Jansen|M\. Bakker|jjansen|R5CW30|SM-A546B|GEHEIM|448812|00A77B3E|2026[-:]10|IMG_2026)/.exec(text)?.[0], name).toBeUndefined();
      }
    }
  });

  test('have every pixel they had', () => {
    const pictures = names.filter((name) => kPicture.test(name));
    const pixels = (of: (name: string) => string): string[] =>
      execFileSync('/usr/bin/identify', ['-format', '%f %p %wx%h %#\n', ...pictures.map(of)], { encoding: 'utf8' }).trim().split('\n');
    expect(pixels(cleaned)).toEqual(pixels(original));
  });

  test('stand upright: the side that is up stays told', () => {
    const pictures = names.filter((name) => kPicture.test(name));
    const side = (of: (name: string) => string): string[] =>
      (JSON.parse(output_of('exiftool', '-json', '-n', '-IFD0:Orientation', ...pictures.map(of))) as { Orientation?: number }[]).map(
        ({ Orientation }, i) => `${pictures[i]} ${Orientation ?? 1}`,
      );
    expect(side(cleaned)).toEqual(side(original));
    expect(side(cleaned).filter((line) => / [2-8]$/.test(line)).length).toBeGreaterThan(8);
  });

  test('are sound documents: every page, every word', () => {
    for (const name of names.filter((one) => one.endsWith('.pdf'))) {
      execFileSync('qpdf', ['--check', cleaned(name)], { stdio: 'pipe' });
      const pages = (path: string): string => execFileSync('qpdf', ['--show-npages', path], { encoding: 'utf8' }).trim();
      expect(pages(cleaned(name)), name).toBe(pages(original(name)));
    }
  });

  test('keep remarks and what was added, and lose what was struck out', async () => {
    const text_of = async (name: string, part: string): Promise<string> =>
      new TextDecoder().decode(await new Zip(new Uint8Array(readFileSync(cleaned(name)))).part(part));
    for (const [name, part] of [['letter.docx', 'word/document.xml'], ['letter.odt', 'content.xml']] as const) {
      expect(await text_of(name, part)).toContain('dit kwam erbij');
      expect(await text_of(name, part)).not.toContain('GEHEIM');
    }
    expect(await text_of('letter.docx', 'word/comments.xml')).toContain('klopt dit wel');
    expect(await text_of('letter.odt', 'content.xml')).toContain('klopt dit wel');
    expect(await text_of('excel.xlsx', 'xl/comments1.xml')).toContain('klopt dit?');
  });
});

test('what was removed is named', () => {
  const has = (name: string, ...what: Removed[]): void => {
    for (const one of what) expect([...removed.get(name)!], name).toContain(one);
  };
  has('phone-6.jpg', 'position', 'device', 'person', 'time', 'preview');
  has('motion.jpg', 'second');
  has('second.jpg', 'second');
  has('samsung-trailer.jpg', 'trailing');
  has('screen-profile.jpg', 'profile');
  has('cropped-before.png', 'trailing');
  has('attachment.pdf', 'embedded');
  has('word.docx', 'person', 'history', 'embedded');
  has('letter.odt', 'history', 'preview', 'person');
  if (!kHaveSamples) return;
  has('photo-phone.jpg', 'position', 'device', 'person', 'time', 'text');
  has('roster.pdf', 'person', 'time');
  expect([...removed.get('voice-nl.wav')!]).toEqual([]);
});

async function unzipped(bytes: Uint8Array): Promise<Uint8Array[]> {
  const zip = new Zip(bytes);
  return Promise.all(zip.names().map((name) => zip.part(name)));
}
