// The app's cleaners on the corpus of the terminal's (tests/fuzz/corpus/clean) and on the files of tests/cleaning, as
// they are and changed by chance: cleaned or refused with a name; what was cleaned is clean. The parts of an office
// file are changed within, too, since what is changed outside stops at their checksums. The same changes in every run,
// as many as OMZIEN_FUZZ_SECONDS (4) allow.
import { expect, test } from 'vitest';

import { clean, kind_of } from '../../cleaning/clean.ts';
import { kEveryCleaner } from '../../cleaning/every_kind.ts';
import { read_exif } from '../../cleaning/exif.ts';
import { kTroubles } from '../../cleaning/finding.ts';
import { Zip, ZipWriter } from '../../cleaning/zip.ts';
import { toHex } from '../../core/crypto/bytes.ts';
import { picture_of } from '../../desk/picture.ts';
import { at_once, committed_files, draws } from '../cleaning/kit.ts';
import { changed, corpus, type Draw } from './changes.ts';

const kSeconds = Number(process.env['OMZIEN_FUZZ_SECONDS'] ?? 4);
const kChangesMin = 200; // on the slowest machine

const kFiles: readonly Uint8Array[] = [...corpus('clean'), ...committed_files().map(([, bytes]) => bytes)];
// Every kind has the same share of the changes, however many files it has.
const kByKind = [...new Set(kFiles.map(kind_of))].map((kind) => kFiles.filter((bytes) => kind_of(bytes) === kind));

const same = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;

// Whether it was cleaned.
async function holds(bytes: Uint8Array): Promise<boolean> {
  const before = bytes.slice();
  const done = await clean(bytes, kEveryCleaner, at_once);
  expect(same(bytes, before), 'what was given stays').toBe(true);
  if (!done.ok) {
    expect(kTroubles).toContain(done.error);
    return false;
  }
  const twice = await clean(done.value.bytes, kEveryCleaner, at_once);
  expect(twice.ok && same(twice.value.bytes, done.value.bytes), 'what was cleaned is clean').toBe(true);
  return true;
}

// The same document with one of its parts changed.
async function changed_within(bytes: Uint8Array, draw: Draw): Promise<Uint8Array> {
  const zip = new Zip(bytes);
  const names = zip.names();
  const [which, from] = [draw(names.length), draw(names.length)];
  const writer = new ZipWriter();
  for (const [i, name] of names.entries()) {
    const part = await zip.part(name);
    await writer.add(name, i === which ? changed(part, await zip.part(names[from]!), draw) : part, name === 'mimetype');
  }
  return writer.finish();
}

test('a corpus of every kind is cleaned', async () => {
  for (const bytes of corpus('clean')) expect(await holds(bytes)).toBe(true);
  expect(new Set(kFiles.map(kind_of))).toEqual(new Set(['jpeg', 'png', 'webp', 'gif', 'wav', 'pdf', 'office']));
});

test('whatever is changed, it is cleaned or refused with a name', { timeout: 60_000 + kSeconds * 3000 }, async (t) => {
  const draw = draws(1);
  const told = { cleaned: 0, refused: 0 };
  const until = performance.now() + kSeconds * 1000;
  for (let at = 0; performance.now() < until || at < kChangesMin; ++at) {
    const files = kByKind[at % kByKind.length]!;
    const file = files[draw(files.length)]!;
    const within = kind_of(file) === 'office' && draw(4) > 0;
    const input = within ? await changed_within(file, draw) : changed(file, kFiles[draw(kFiles.length)]!, draw);
    try {
      told[(await holds(input)) ? 'cleaned' : 'refused'] += 1;
      picture_of(input);
      expect(read_exif(input, new Set())).toBeLessThanOrEqual(8);
    } catch (error) {
      throw new Error(`change ${at}, of ${toHex(input)}`, { cause: error });
    }
  }
  const measured = `${told.cleaned} changed files cleaned, ${told.refused} refused`;
  await t.annotate(measured);
  expect(told.cleaned, measured).toBeGreaterThan(20);
  expect(told.refused, measured).toBeGreaterThan(100);
});
