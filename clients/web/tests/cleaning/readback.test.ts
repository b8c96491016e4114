// What is left in cleaned files, as tools read it that others wrote. tests/browser/sent_all.test.js holds the same
// files to the same, once a browser has sent them and an adviser saved them.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { clean } from '../../cleaning/clean.ts';
import { kEveryCleaner } from '../../cleaning/every_kind.ts';
import type { Removed } from '../../cleaning/finding.ts';
import { Zip } from '../../cleaning/zip.ts';
import { at_once } from './kit.ts';
import { make_files } from './made.ts';
import {
  kSamples,
  pixels_changed,
  sample_names,
  sides,
  told_to_exiftool,
  told_to_mat2,
  unsound_documents,
  words_left,
  type Pairs,
} from './read_back.ts';

let folder = '';
let pairs: Pairs = { names: [], made: '', cleaned: '' };
const removed = new Map<string, ReadonlySet<Removed>>();
const cleaned = (name: string): string => `${pairs.cleaned}/${name}`;

beforeAll(async () => {
  folder = mkdtempSync(`${tmpdir()}/omzien-cleaning-`);
  const [made, into] = [`${folder}/made`, `${folder}/cleaned`];
  mkdirSync(made);
  mkdirSync(into);
  const names = await make_files(made);
  for (const name of sample_names()) cpSync(`${kSamples}/${name}`, `${made}/${name}`);
  pairs = { names: [...names, ...sample_names()], made, cleaned: into };
  for (const name of pairs.names) {
    const done = await clean(new Uint8Array(readFileSync(`${made}/${name}`)), kEveryCleaner, at_once);
    if (!done.ok) throw new Error(`${name}: ${done.error}`);
    writeFileSync(cleaned(name), done.value.bytes);
    removed.set(name, done.value.removed);
  }
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('cleaned files', () => {
  test('are many, of every kind', () => {
    expect(pairs.names.length).toBeGreaterThanOrEqual(60);
    expect(new Set(pairs.names).size).toBe(pairs.names.length);
  });

  test('say nothing to exiftool but how they are built', () => expect(told_to_exiftool(pairs)).toEqual([]));

  test('say nothing to mat2', () => expect(told_to_mat2(pairs)).toEqual([]));

  test('hold none of the words that were hidden in them, packed or not', async () => expect(await words_left(pairs)).toEqual([]));

  test('have every pixel they had', () => expect(pixels_changed(pairs)).toEqual([]));

  test('stand upright: the side that is up stays told', () => {
    const now = sides(pairs, pairs.cleaned);
    expect(now).toEqual(sides(pairs, pairs.made));
    expect(now.filter((line) => / [2-8]$/.test(line)).length).toBeGreaterThan(8);
  });

  test('are sound documents: every page', () => expect(unsound_documents(pairs)).toEqual([]));

  test('before they were cleaned, all of this is found', async () => {
    const some = { ...pairs, names: ['phone-1.jpg', 'everything.jpg', 'text.png', 'letter.docx'], cleaned: pairs.made };
    const found = { exiftool: told_to_exiftool(some), mat2: told_to_mat2(some), words: await words_left(some) };
    for (const [by, wrong] of Object.entries(found)) expect(wrong.length, by).toBeGreaterThanOrEqual(some.names.length);
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
  if (sample_names().length === 0) return;
  has('photo-phone.jpg', 'position', 'device', 'person', 'time', 'text');
  has('roster.pdf', 'person', 'time');
  expect([...removed.get('voice-nl.wav')!]).toEqual([]);
});
