// Marks in a text what could point to its writer or to others. Rules and lists alone: it knows nothing of
// what a text means, so it misses things and marks harmless ones. It decides nothing.
import { names_in } from './capitals.ts';
import { kEnglish } from './en.ts';
import type { Kind, LanguageRules, Mark } from './mark.ts';
import { kDutch } from './nl.ts';

// Of every language.
const kCommon: readonly (readonly [Kind, RegExp])[] = [
  ['number', /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}|(?:https?:\/\/|www\.)\S+/giu],
  ['number', /(?<![\p{L}\d])(?:\+|00)?\d[\d()]{1,4}[ -]?\d{2,4}(?:[ -]?\d{2,4}){1,3}(?![\p{L}\d])/gu], // telephone
  ['number', /\b(?:[A-Z]{2}-?\d{2} ?-?[A-Z]{3}|\d{2}-[A-Z]{2,3}-\d{1,2}|[A-Z]{1,3}-\d{2,3}-[A-Z]{1,2}|[A-Z]{2}-\d{2}-[A-Z]{2}|\d-[A-Z]{3}-\d{2})\b/gu], // plates
  ['number', /\b(?:[1-9]\d{3} ?[A-Z]{2}|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})\b/gu], // postcodes
  ['name', /(?<![\p{L}\d.])(?:\p{Lu}\. ?){1,3}(?=\s\p{Ll}|\s?$|,)/gu], // an initial
  ['number', /\b[A-Z]{1,4}\d{2,}(?:-\d+)*[A-Z]?\b/gu],
  ['time', /\b\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d{2}\b|\b(?:19|20)\d\d-[01]\d-[0-3]\d\b/gu],
  ['number', /\b\d{4}-\d{4,}\b/gu],
  ['quote', /"[^"\n]{8,400}"|“[^”\n]{8,400}”|„[^”“\n]{8,400}[”“]|‘[^’\n]{8,400}’(?!\p{L})|(?<![\p{L}\d])'[^'\n]{8,400}'(?!\p{L})/gu],
];
const kLate: readonly (readonly [Kind, RegExp])[] = [
  ['time', /\b[0-2]?\d[:.][0-5]\d(?: ?(?:uur|am|pm))?\b/giu],
  ['time', /\b(?:19[5-9]|20[0-4])\d\b/gu],
  ['number', /\b\d{4,}\b/gu],
];
const kQuoteWordsMin = 3;
const kRead = 60_000; // letters; a story has no more

export function find_marks(text: string, language: string): readonly Mark[] {
  const read = text.slice(0, kRead);
  const rules = language_of(read, language);
  const marks: Mark[] = [];
  const add = (mark: Mark): void => {
    if (!marks.some((other) => other.kind !== 'quote' && mark.kind !== 'quote' && mark.from < other.to && other.from < mark.to)) marks.push(mark);
  };
  const add_all = (list: readonly (readonly [Kind, RegExp])[]): void => {
    for (const [kind, rule] of list)
      for (const found of read.matchAll(rule))
        if (kind !== 'quote' || found[0].split(/\s+/).length >= kQuoteWordsMin)
          add({ from: found.index, to: found.index + found[0].length, kind });
  };
  add_all(kCommon);
  add_all(rules.rules);
  names_in(read, rules).forEach(add);
  add_all(kLate);
  return marks.sort((a, b) => a.from - b.from || b.to - a.to);
}

// By its commonest words; where they say nothing, the language of the page.
function language_of(text: string, language: string): LanguageRules {
  const count = (rules: LanguageRules): number => text.match(rules.known_by)?.length ?? 0;
  const [dutch, english] = [count(kDutch), count(kEnglish)];
  if (dutch === english) return language === 'nl' ? kDutch : kEnglish;
  return dutch > english ? kDutch : kEnglish;
}
