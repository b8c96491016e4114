// Whoever hears a disguised voice understands it: a recogniser of speech (PocketSphinx, English) gets as many words
// right as of the speaker's own. It is given ten words to choose from, spoken by eSpeak in three voices.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

import { disguise, draw_disguise, kVoiceRate } from '../../voice/disguise.ts';
import { chance } from './chance.ts';

const kWords = ['yesterday', 'colleague', 'sergeant', 'corridor', 'laughing', 'computer', 'telephone', 'afternoon', 'everybody', 'window'];
const kVoices = ['en-us', 'en-us+f2', 'en-us+m7'];
const kDraws = 2; // disguises of each recording
const kHeaderBytes = 44;
const kQuiet = new Float32Array(0.4 * kVoiceRate);

const is_here = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;
const all_here = ['espeak-ng', 'pocketsphinx_continuous'].every(is_here);
const folder = mkdtempSync(join(tmpdir(), 'omzien-voice-'));
afterAll(() => rmSync(folder, { recursive: true }));

function spoken(word: string, voice: string): Float32Array {
  const wav = execFileSync('espeak-ng', ['-v', voice, '-s', '120', '--stdout', word]);
  const rate = wav.readUInt32LE(24);
  const at = (sample: number): number => wav.readInt16LE(Math.min(kHeaderBytes + 2 * sample, wav.length - 2)) / 32_768;
  const seconds = (wav.length - kHeaderBytes) / 2 / rate;
  const word_alone = Float32Array.from({ length: Math.floor(seconds * kVoiceRate) }, (_, i) => at(Math.round((i * rate) / kVoiceRate)));
  return Float32Array.from([...kQuiet, ...word_alone, ...kQuiet]);
}

function heard(samples: Float32Array): string {
  const raw = Buffer.alloc(2 * samples.length);
  samples.forEach((sample, i) => raw.writeInt16LE(Math.round(32_767 * Math.max(-1, Math.min(1, sample))), 2 * i));
  writeFileSync(join(folder, 'heard.raw'), raw);
  const given = ['-infile', 'heard.raw', '-jsgf', 'words.gram', '-logfn', '/dev/null'];
  return execFileSync('pocketsphinx_continuous', given, { cwd: folder, encoding: 'utf8' }).trim().split(/\s+/)[0]!;
}

test.skipIf(!all_here)('a recogniser understands the disguised as well as the speaker', { timeout: 360_000 }, async (t) => {
  writeFileSync(join(folder, 'words.gram'), `#JSGF V1.0;\ngrammar one;\npublic <one> = ${kWords.join(' | ')};\n`);
  let [own, disguised, silent] = [0, 0, 0];
  for (const [v, voice] of kVoices.entries())
    for (const [w, word] of kWords.entries()) {
      const said = spoken(word, voice);
      if (heard(said) === word) own += 1;
      if (heard(said.map(() => 0)) === word) silent += 1;
      for (let draw = 0; draw < kDraws; draw += 1) {
        const seed = 100 * v + 10 * w + draw;
        if (heard(await disguise(said, draw_disguise(chance(seed)), chance(seed + 1))) === word) disguised += 1;
      }
    }
  const all = kWords.length * kVoices.length;
  const measured = `of ${all} words ${own} of the speaker's, ${disguised} of ${kDraws * all} disguised, ${silent} of silence`;
  await t.annotate(measured);
  expect(silent, measured).toBeLessThan(all / 4);
  expect(own, measured).toBeGreaterThan(all / 2);
  expect(disguised / kDraws, measured).toBeGreaterThan(0.85 * own);
});
