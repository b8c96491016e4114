// The lists that access phrases are drawn from: 7,776 words or more, each [a-z]+, in alphabetical order, no two of a
// list at edit distance 1. A list is frozen: a better one gets a new number.

import dutch from '../../../../crypto/open/words/nl-1.txt?words';
import english from '../../../../crypto/open/words/en-1.txt?words';

export type WordList = 'nl-1' | 'en-1';

const kWordLettersMax = 32; // longer input is no slip of any word
const kNone = 'A'.charCodeAt(0);
const kFirst = 'a'.charCodeAt(0);
const kLetters = 26;
const kCoded: Readonly<Record<WordList, string>> = { 'nl-1': dutch, 'en-1': english };
const kLists: readonly WordList[] = ['nl-1', 'en-1'];
const decoded = new Map<WordList, readonly string[]>();

// The words, sorted.
export function words(list: WordList): readonly string[] {
  let all = decoded.get(list);
  if (all === undefined) {
    all = decode(kCoded[list]);
    decoded.set(list, all);
  }
  return all;
}

// See word_lists.ts in the folder above: a capital says how many letters are those of the word before.
function decode(coded: string): string[] {
  let before = '';
  return Array.from(coded.matchAll(/([A-Z])([a-z]*)/g), ([, shared, rest]) => {
    before = before.slice(0, shared!.charCodeAt(0) - kNone) + rest!;
    return before;
  });
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
