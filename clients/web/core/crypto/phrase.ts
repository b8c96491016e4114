// The access phrase: eight words, at least 103 bits, that open one case (protocol §7).
//
// Normal form: the words, lower case, joined by one space. Keys grow from the normal form as text, so a phrase may mix
// words of both lists.

import { kPhraseWords } from '../../generated/rules.ts';
import { bad, good, type Expected } from '../expected.ts';
import { asBytes } from './bytes.ts';
import { foldLatin } from './latin_fold.ts';
import type { Random } from './random.ts';
import { wipe } from './secret.ts';
import { isWord, suggestWords, words, type WordList } from './word_list.ts';

export interface PhraseError {
  // 'unknown word': `wordIndex` is the first word that stands on no list.
  // 'wrong count': every word is known, but there are not eight of them.
  // 'too long': more than 1,024 bytes: no phrase.
  readonly kind: 'unknown word' | 'wrong count' | 'too long';
  readonly wordIndex: number; // from 0
  readonly wordCount: number; // words found
  readonly suggestions: readonly string[]; // for 'unknown word', best first, at most 5
}

const kTextBytesMax = 1024;

export class Phrase {
  // The normal form, ASCII. The caller owns `bytes` no longer.
  constructor(private readonly bytes: Uint8Array) {}

  reveal(): Uint8Array {
    return this.bytes;
  }
  // Text can't be wiped: for showing it to the person alone.
  revealText(): string {
    return new TextDecoder().decode(this.bytes);
  }
  revealWords(): string[] {
    return this.revealText().split(' ');
  }
  wipe(): void {
    wipe(this.bytes);
  }
}

// Evenly from 0 to count − 1: numbers in the last, incomplete turn of 2^16 are drawn again.
function draw(random: Random, count: number): number {
  const limit = 65_536 - (65_536 % count);
  const bytes = new Uint8Array(2);
  for (;;) {
    random.fill(bytes);
    const number = (bytes[0]! << 8) | bytes[1]!;
    if (number < limit) return number % count;
  }
}

// Eight words, each equally likely.
export function generatePhrase(random: Random, list: WordList): Phrase {
  const all = words(list);
  return new Phrase(asBytes(Array.from({ length: kPhraseWords }, () => all[draw(random, all.length)]!).join(' ')));
}

// Reads what a person typed:
//   - upper case becomes lower case; Latin letters lose their accents (é → e, ø → o, ß → ss, ĳ → ij; composed U+00C0
//     to U+017F, or letter and combining mark U+0300 to U+036F);
//   - soft hyphens and zero-width characters vanish;
//   - words end at white space of any kind, at . , ; : _ and at any hyphen or dash.
// Anything else stays and makes its word unknown. Nothing is completed or corrected unasked.
export function parsePhrase(text: string): Expected<Phrase, PhraseError> {
  if (asBytes(text).length > kTextBytesMax)
    return bad({ kind: 'too long', wordIndex: 0, wordCount: 0, suggestions: [] });
  const found = foldLatin(text).split(' ').filter((word) => word !== '');
  const wordCount = found.length;
  const wordIndex = found.findIndex((word) => !isWord(word));
  if (wordIndex >= 0)
    return bad({ kind: 'unknown word', wordIndex, wordCount, suggestions: suggestWords(found[wordIndex]!) });
  if (wordCount !== kPhraseWords)
    return bad({ kind: 'wrong count', wordIndex: wordCount, wordCount, suggestions: [] });
  return good(new Phrase(asBytes(found.join(' '))));
}
