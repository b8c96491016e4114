import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { asBytes, toHex } from '../../core/crypto/bytes.ts';
import { KeyFileKind, openKeyFile, sealKeyFile } from '../../core/crypto/key_file.ts';
import { generatePhrase, parsePhrase } from '../../core/crypto/phrase.ts';
import { SigningSeed } from '../../core/crypto/signing.ts';
import { completeWords, isWord, words, type WordList } from '../../core/crypto/word_list.ts';
import { XWingSeed } from '../../core/crypto/xwing.ts';
import { MemberId } from '../../core/protocol/ids.ts';
import { kWordListWords } from '../../generated/rules.ts';
import { bytes, fixed, readVectors, ReplayRandom } from '../support.ts';

test('the lists that are built in are those of C++', () => {
  for (const list of ['nl-1', 'en-1'] as const) {
    const file = new URL(`../../../../crypto/open/words/${list}.txt`, import.meta.url);
    expect(words(list)).toEqual(readFileSync(file, 'utf8').trimEnd().split('\n'));
    expect(words(list).length).toBeGreaterThanOrEqual(kWordListWords);
  }
  expect(isWord('')).toBe(false);
  expect(completeWords('zzz')).toEqual([]);
  expect(completeWords(words('en-1')[0]!)).toContain(words('en-1')[0]!);
});

test('phrases are made and read as in C++', () => {
  const vectors = readVectors<{
    made: { list: WordList; random: string; phrase: string }[];
    read: {
      typed: string;
      phrase?: string;
      error?: string;
      word_index?: number;
      word_count?: number;
      suggestions?: string[];
    }[];
  }>('phrase.json');
  for (const { list, random, phrase } of vectors.made) {
    const replay = new ReplayRandom(bytes(random));
    expect(generatePhrase(replay, list).revealText()).toBe(phrase);
    expect(replay.exhausted).toBe(true);
  }
  for (const { typed, phrase, error, word_index, word_count, suggestions } of vectors.read) {
    const read = parsePhrase(typed);
    if (phrase !== undefined) expect(read.ok && read.value.revealText(), typed).toBe(phrase);
    else
      expect(read, typed).toEqual({
        ok: false,
        error: { kind: error, wordIndex: word_index, wordCount: word_count, suggestions },
      });
  }
  expect(parsePhrase('a '.repeat(513))).toMatchObject({ ok: false, error: { kind: 'too long' } });
});

test('key files are sealed and opened as in C++', async () => {
  const vectors = readVectors<{
    files: {
      passphrase: string;
      passes: number;
      memory_kib: number;
      kind: keyof typeof KeyFileKind;
      member_id: string;
      signing_seed: string;
      xwing_seeds: string[];
      random: string;
      sealed: string;
    }[];
    refused: { what: string; passphrase: string; sealed: string; answer: string }[];
  }>('key-file.json');
  for (const vector of vectors.files) {
    const file = {
      kind: KeyFileKind[vector.kind],
      memberId: fixed(MemberId, vector.member_id),
      signingSeed: fixed(SigningSeed, vector.signing_seed),
      xwingSeeds: vector.xwing_seeds.map((seed) => fixed(XWingSeed, seed)),
    };
    const cost = { passes: vector.passes, memoryKib: vector.memory_kib };
    const random = new ReplayRandom(bytes(vector.random));
    const sealed = await sealKeyFile(file, asBytes(vector.passphrase), random, cost);
    expect(toHex(sealed)).toBe(vector.sealed);
    expect(await openKeyFile(sealed, asBytes(vector.passphrase))).toEqual({ ok: true, value: file });
  }
  for (const { what, passphrase, sealed, answer } of vectors.refused)
    expect(await openKeyFile(bytes(sealed), asBytes(passphrase)), what).toEqual({ ok: false, error: answer });
});
