// Brings word lists into the program as text, without a request while it runs:
//
//   import coded from '…/nl-1.txt?then=en-1.txt&spelled'   both lists of crypto/open/words: core/crypto/speller.ts
//   import list from '…/names.txt?words'                   a short one, front-coded: mirror/names.ts reads it
//
// Front-coded: the words are sorted, so each is written as the number of letters it shares with the one before (one
// letter, 'A' is none) and its own rest.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  kChanceBits, kRangeBits, kRangeMin, kSignBits, signOf, Speller, type Decisions,
} from './core/crypto/speller.ts';

const kWords = /^(.*\.txt)\?words$/;
const kSpelled = /^(.*\.txt)\?then=([\w-]+\.txt)&spelled$/; // ends so, or a builder would take it for text
const kNone = 'A'.charCodeAt(0);
const kSharedMax = 'Z'.charCodeAt(0) - kNone;

export function frontCoded(words: readonly string[]): string {
  let before = '';
  let coded = '';
  for (const word of words) {
    let shared = 0;
    while (shared < kSharedMax && shared < before.length && before[shared] === word[shared]) ++shared;
    coded += String.fromCharCode(kNone + shared) + word.slice(shared);
    before = word;
  }
  return coded;
}

// The other side of reading() in core/crypto/speller.ts.
function writing(): { decide: Decisions; finish: () => string } {
  const sixes: number[] = [];
  const kWhole = 2 ** kRangeBits;
  let range = kWhole - 1;
  let low = 0;
  const put = (): void => {
    sixes.push(Math.floor(low / kRangeMin));
    low = (low % kRangeMin) * 2 ** kSignBits;
  };
  const add = (part: number): void => {
    low += part;
    if (low < kWhole) return;
    low -= kWhole;
    let at = sixes.length - 1;
    for (; sixes[at] === 2 ** kSignBits - 1; --at) sixes[at] = 0;
    ++sixes[at]!;
  };
  return {
    decide: (chance, decided) => {
      const ones = (range >>> kChanceBits) * chance;
      if (decided === 0) add(ones);
      range = decided === 1 ? ones : range - ones;
      for (; range < kRangeMin; range *= 2 ** kSignBits) put();
      return decided;
    },
    finish: () => {
      for (let i = 0; i < kRangeBits; i += kSignBits) put();
      return sixes.map(signOf).join('');
    },
  };
}

export function spelled(lists: readonly (readonly string[])[]): string {
  const { decide, finish } = writing();
  const speller = new Speller(decide);
  for (const list of lists) {
    speller.begin();
    for (const word of list) speller.word(word);
  }
  return finish();
}

const read_list = async (file: string): Promise<string[]> => (await readFile(file, 'utf8')).trimEnd().split('\n');

export function wordLists() {
  return {
    name: 'omzien-word-lists',
    enforce: 'pre' as const, // Vite would take a text file for a file to be fetched
    async load(id: string): Promise<string | undefined> {
      const [, one] = kWords.exec(id) ?? [];
      if (one !== undefined) return `export default '${frontCoded(await read_list(one))}';`;
      const [, first, then] = kSpelled.exec(id) ?? [];
      if (first === undefined || then === undefined) return undefined;
      return `export default '${spelled([await read_list(first), await read_list(join(dirname(first), then))])}';`;
    },
  };
}
