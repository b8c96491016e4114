// Brings a word list of crypto/open/words into the program as text, without a request while it runs:
//
//   import list from '…/nl-1.txt?words'
//
// The words are sorted, so each is written as the number of letters it shares with the one before (one letter,
// 'A' is none) and its own rest: a quarter less to load after compression. core/crypto/word_list.ts reads it.
import { readFile } from 'node:fs/promises';

const kSuffix = '?words';
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

export function wordLists() {
  return {
    name: 'omzien-word-lists',
    enforce: 'pre' as const, // Vite would take a text file for a file to be fetched
    async load(id: string): Promise<string | undefined> {
      if (!id.endsWith(kSuffix)) return undefined;
      const text = await readFile(id.slice(0, -kSuffix.length), 'utf8');
      return `export default '${frontCoded(text.trimEnd().split('\n'))}';`;
    },
  };
}
