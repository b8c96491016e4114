// The handbook: what the organisation gives its advisers to work with. The directory names its hash, which signs it.

import { kHandbookBytesMax, kHandbookTextsMax, kSuite, type CaseKind } from '../../generated/rules.ts';
import { HandbookSchema } from '../../generated/wire.ts';
import { asBytes, compare } from '../crypto/bytes.ts';
import { goodKey } from './directory.ts';
import type { Day } from './ids.ts';
import { encode, parse } from './strict.ts';

// What to think of in a case of this kind (handelingskader).
export interface Checklist {
  readonly caseKind: CaseKind;
  readonly language: string;
  readonly items: readonly string[]; // in the order of the work
}

// What the organisation means by a word (begrippenlijst).
export interface GlossaryTerm {
  readonly key: string; // goodKey()
  readonly language: string;
  readonly term: string;
  readonly meaning: string;
}

// A text to begin an answer with.
export interface Snippet {
  readonly key: string; // goodKey()
  readonly language: string;
  readonly title: string;
  readonly text: string;
}

export interface Handbook {
  readonly version: number; // one more each time anything below changes
  readonly changedDay: Day;
  readonly checklists: readonly Checklist[]; // ascending by kind of case, then language
  readonly glossary: readonly GlossaryTerm[]; // ascending by key, then language
  readonly snippets: readonly Snippet[]; // ascending by key, then language
}

// In the language asked for, else in any; nothing when the organisation wrote none.
export function checklist(book: Handbook, kind: CaseKind, language: string): Checklist | undefined {
  const written = book.checklists.filter((list) => list.caseKind === kind);
  return written.find((list) => list.language === language) ?? written[0];
}

export function encodeHandbook(book: Handbook): Uint8Array {
  return encode(HandbookSchema, {
    suite: kSuite,
    version: book.version,
    changedDay: book.changedDay,
    checklists: book.checklists.map(({ caseKind, language, items }) => ({ caseKind, language, items: [...items] })),
    glossary: book.glossary.map(({ key, language, term, meaning }) => ({ key, language, term, meaning })),
    snippets: book.snippets.map(({ key, language, title, text }) => ({ key, language, title, text })),
  });
}

// Nothing for what is no handbook, of another suite, out of order or beyond handbook_texts_max.
export function parseHandbook(bytes: Uint8Array): Handbook | undefined {
  const message = bytes.length > kHandbookBytesMax ? undefined : parse(HandbookSchema, bytes);
  if (message === undefined || message.suite !== kSuite) return undefined;
  const book: Handbook = {
    version: message.version,
    changedDay: message.changedDay,
    checklists: message.checklists.map(({ caseKind, language, items }) => ({
      caseKind: caseKind as CaseKind,
      language,
      items,
    })),
    glossary: message.glossary.map(({ key, language, term, meaning }) => ({ key, language, term, meaning })),
    snippets: message.snippets.map(({ key, language, title, text }) => ({ key, language, title, text })),
  };
  return holds(book) ? book : undefined;
}

interface Keyed {
  readonly key: string;
  readonly language: string;
}

function holds({ version, checklists, glossary, snippets }: Handbook): boolean {
  const texts = checklists.reduce((sum, { items }) => sum + items.length, glossary.length + snippets.length);
  return (
    version > 0 &&
    texts <= kHandbookTextsMax &&
    ascendsBy(checklists, (a, b) => a.caseKind - b.caseKind || compareText(a.language, b.language)) &&
    [glossary, snippets].every((list: readonly Keyed[]) => ascendsBy(list, compareKeyed) && list.every(({ key }) => goodKey(key)))
  );
}

// By bytes, as C++ does.
const compareText = (a: string, b: string): number => compare(asBytes(a), asBytes(b));
const compareKeyed = (a: Keyed, b: Keyed): number => compareText(a.key, b.key) || compareText(a.language, b.language);
const ascendsBy = <T>(list: readonly T[], order: (a: T, b: T) => number): boolean =>
  list.every((one, i) => i === 0 || order(list[i - 1]!, one) < 0);
