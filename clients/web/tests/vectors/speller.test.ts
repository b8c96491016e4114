// The word lists as the app carries them: what is read is what was coded, to the letter.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { reading, Speller } from '../../core/crypto/speller.ts';
import { readWords, words } from '../../core/crypto/word_list.ts';
import { spelled } from '../../word_lists.ts';

const kLists = new URL('../../../../crypto/open/words/', import.meta.url);
const read_back = (code: string, lists: readonly (readonly string[])[]): string[][] => {
  const speller = new Speller(reading(code));
  return lists.map((list) => {
    speller.begin();
    return list.map(() => speller.word());
  });
};
// The same on every run: a failure can be looked at again.
function* drawn(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

test('the lists that are read have the digests that crypto/open/words promises', () => {
  const promised = readFileSync(new URL('README.md', kLists), 'utf8');
  for (const list of ['nl-1', 'en-1'] as const) {
    const digest = createHash('sha256').update(`${words(list).join('\n')}\n`).digest('hex');
    expect(promised).toContain(`| \`${list}.txt\` | 7,776 | \`${digest}\` |`);
  }
  expect(readWords(), 'nothing is left').toBe(false);
});

test('both lists are read whole from less than 28.5 KB', () => {
  const lists = ['nl-1', 'en-1'].map((list) => readFileSync(new URL(`${list}.txt`, kLists), 'utf8').trimEnd().split('\n'));
  const code = spelled(lists);
  expect(code).toMatch(/^[0-\[\]-p]+$/);
  expect((code.length * 6) / 8).toBeLessThan(28_500);
  expect(read_back(code, lists)).toEqual(lists);
});

test('any sorted list is read as it was coded, however odd', () => {
  const random = drawn(7);
  const below = (end: number): number => Math.floor(random.next().value * end);
  for (let round = 0; round < 200; ++round) {
    const letters = 1 + below(26);
    const one = (): string => Array.from({ length: 1 + below(14) }, () => String.fromCharCode(97 + below(letters))).join('');
    const lists = Array.from({ length: 1 + below(3) }, () => [...new Set(Array.from({ length: 1 + below(60) }, one))].sort());
    expect(read_back(spelled(lists), lists)).toEqual(lists);
  }
  for (const list of [['a'], ['z'], ['a', 'aa', 'aaa', 'ab'], ['y', 'yz', 'z', 'zz'], ['zzzzzzzzzzzzzzzzzzzz']])
    expect(read_back(spelled([list]), [list])).toEqual([list]);
});
