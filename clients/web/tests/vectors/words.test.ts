import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { asBytes, toHex } from '../../core/crypto/bytes.ts';
import { KeyFileKind, openKeyFile, sealKeyFile } from '../../core/crypto/key_file.ts';
import { generatePhrase, parsePhrase } from '../../core/crypto/phrase.ts';
import { SigningSeed } from '../../core/crypto/signing.ts';
import { completeWords, isWord, suggestWords, words, type WordList } from '../../core/crypto/word_list.ts';
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

// Slips counted for every word of both lists, without the short cut by letters.
test('suggestions are those of the plain definition', () => {
  const slips = (a: string, b: string): number => {
    const table = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array<number>(b.length).fill(0)]);
    table[0] = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; ++i)
      for (let j = 1; j <= b.length; ++j) {
        const kept = table[i - 1]![j - 1]! + Number(a[i - 1] !== b[j - 1]);
        const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
        const paths = [table[i - 1]![j]! + 1, table[i]![j - 1]! + 1, kept];
        table[i]![j] = Math.min(...paths, ...(swapped ? [table[i - 2]![j - 2]! + 1] : []));
      }
    return table[a.length]![b.length]!;
  };
  const all = [...words('nl-1'), ...words('en-1')];
  for (const typed of ['kastanjf', 'molenn', 'q', 'ab', 'zzzz', 'd\u00e9j', 'tafle', 'straat9', 'hu', 'boerderijj']) {
    const ranks = [new Set<string>(), new Set<string>(), new Set<string>()];
    for (const word of all) {
      const distance = Math.abs(typed.length - word.length) > 2 ? 3 : slips(typed, word);
      const begins = typed.length >= 2 && word.startsWith(typed);
      ranks[distance <= 1 ? 0 : begins ? 1 : distance]?.add(word);
    }
    expect(suggestWords(typed), typed).toEqual(ranks.flatMap((some) => [...some].sort()).slice(0, 5));
  }
});
