// The lists that access phrases are drawn from: 7,776 words or more, each [a-z]+, in alphabetical order, no two of a
// list at edit distance 1. A list is frozen: a better one gets a new number.

import coded from '../../../../crypto/open/words/nl-1.txt?then=en-1.txt&spelled';
import { kWordListWords } from '../../generated/rules.ts';
import { reading, Speller } from './speller.ts';

export type WordList = 'nl-1' | 'en-1';

const kWordLettersMax = 32; // longer input is no slip of any word
const kFirst = 'a'.charCodeAt(0);
const kLetters = 26;
const kLists: readonly WordList[] = ['nl-1', 'en-1']; // in the order they are coded
const kPieceWords = 100; // 17 ms without a JIT on a processor slowed six times

// Both lists take 2.7 s on such a phone (65 ms with a JIT on a desk), so the reporter's app reads them piece by piece,
// ahead of need. Whoever needs one before that reads what is left of it at once.
const read: Record<WordList, string[]> = { 'nl-1': [], 'en-1': [] };
let speller: Speller | undefined;

// Reads one more piece; false when there is nothing left.
export function readWords(): boolean {
  const list = kLists.find((one) => read[one].length < kWordListWords);
  if (list === undefined) speller = undefined;
  else readPiece((speller ??= new Speller(reading(coded))), read[list]);
  return list !== undefined;
}

function readPiece(from: Speller, into: string[]): void {
  if (into.length === 0) from.begin();
  const until = Math.min(into.length + kPieceWords, kWordListWords);
  while (into.length < until) into.push(from.word());
}

// The words, sorted.
export function words(list: WordList): readonly string[] {
  while (read[list].length < kWordListWords) readWords();
  return read[list];
}

// True when the word stands on either list.
export function isWord(word: string): boolean {
  return kLists.some((list) => contains(words(list), word));
}

function contains(sorted: readonly string[], word: string): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < word) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === word;
}

// What somebody may have meant by `typed` (already folded, see phrase.ts): words of both lists, at most `count`. First
// those one slip away (a letter more, less, other, or two swapped), then those that begin with `typed` when it has two
// letters or more, then those two slips away; alphabetical within each.
export function suggestWords(typed: string, count = 5): string[] {
  if (typed === '' || typed.length > kWordLettersMax) return [];
  const ranked: Array<Set<string>> = [new Set(), new Set(), new Set()];
  const letters = lettersOf(typed);
  for (const list of kLists) {
    const [all, sets] = [words(list), letterSets(list)];
    for (let i = 0; i < all.length; ++i) {
      const word = all[i]!;
      const near = atMostTwo(letters & ~sets[i]!) && atMostTwo(sets[i]! & ~letters);
      if (near || word.startsWith(typed)) ranked[rank(typed, word)]?.add(word);
    }
  }
  return ranked.flatMap((some) => [...some].sort()).slice(0, count);
}

// Words of both lists that begin so, alphabetical: what a field may offer while somebody types.
export function completeWords(typed: string, count = 5): string[] {
  if (typed === '') return [];
  const found = kLists.flatMap((list) => words(list).filter((word) => word.startsWith(typed)));
  return [...new Set(found)].sort().slice(0, count);
}

// Most words are more than two slips away by their letters alone. That is told quickly; counting slips without a JIT
// takes so long that somebody's typing would show in the rhythm (rhythm.ts).
const sets = new Map<WordList, Uint32Array>();

function letterSets(list: WordList): Uint32Array {
  let all = sets.get(list);
  if (all === undefined) {
    all = Uint32Array.from(words(list), lettersOf);
    sets.set(list, all);
  }
  return all;
}
// A bit for each letter of the alphabet, and one for everything else.
function lettersOf(text: string): number {
  let bits = 0;
  for (let i = 0; i < text.length; ++i) {
    const letter = text.charCodeAt(i) - kFirst;
    bits |= 1 << (letter >= 0 && letter < kLetters ? letter : kLetters);
  }
  return bits;
}
function atMostTwo(bits: number): boolean {
  const one = bits & (bits - 1);
  return (one & (one - 1)) === 0;
}

// 0 is the best; 3 is no suggestion.
function rank(typed: string, word: string): number {
  const begins = typed.length >= 2 && word.startsWith(typed);
  const distance = Math.abs(typed.length - word.length) > 2 ? 3 : slips(typed, word);
  if (distance <= 1) return 0;
  if (begins) return 1;
  return distance === 2 ? 2 : 3;
}

// Optimal string alignment: letters added, dropped, replaced, or two neighbours swapped.
function slips(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; ++i) {
    const row = [i];
    for (let j = 1; j <= b.length; ++j) {
      const replaced = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(above[j]! + 1, row[j - 1]! + 1, replaced);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j]!, before[j - 2]! + 1);
    }
    before = above;
    above = row;
  }
  return above[b.length]!;
}
