// Names of people and places, found by their capitals, their titles, and the lists.
import type { LanguageRules, Mark } from './mark.ts';
import { is_name, is_town } from './names.ts';

interface Word {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly first: boolean; // of its sentence
}

const kWord = /[\p{L}\p{M}]+(?:[-’'][\p{L}\p{M}]+)*/gu;
// What ends a sentence, or begins what somebody says.
const kOpens = /(?:^|[.!?…:\n\r])[^\p{L}\d]*$|["“„]$|(?:^|\s)[‘']$/u;
const kLookBack = 12;
const kSpan = 4; // words of a name at most

export function names_in(text: string, { titles, joints, at, no_names, acts, nobody }: LanguageRules): Mark[] {
  const words = Array.from(text.matchAll(kWord), (found): Word => {
    const from = found.index;
    return { text: found[0], from, to: from + found[0].length, first: kOpens.test(text.slice(Math.max(0, from - kLookBack), from)) };
  });
  const beside = (i: number): boolean => i > 0 && /^[ .]{1,2}$/.test(text.slice(words[i - 1]!.to, words[i]!.from));
  const known = ({ text: word }: Word): boolean => is_name(word) || is_town(word);
  const capital = (word: Word): boolean => /^\p{Lu}/u.test(word.text) && !/^\p{Lu}+$/u.test(word.text) && !no_names.test(word.text);
  const doer = (i: number): boolean => {
    const [word, next] = [words[i]!, words[i + 1]];
    return next !== undefined && beside(i + 1) && acts.test(next.text) && !nobody.test(word.text) && word.text.length > 2;
  };
  const begins = (i: number): boolean => {
    const word = words[i]!;
    return known(word) || (capital(word) && (!word.first || doer(i)));
  };

  const marks: Mark[] = [];
  for (let i = 0; i < words.length; ++i) {
    const titled = titles.test(words[i]!.text) && words[i + 1] !== undefined && beside(i + 1);
    let end = titled ? i + 1 : i;
    const named = titled ? /^\p{Lu}/u.test(words[end]!.text) || joints.test(words[end]!.text) : begins(end);
    if (!named) continue;
    // On through "van den", as long as a capital follows.
    for (let next = end + 1; next < words.length && next <= end + kSpan && beside(next); ++next) {
      if (capital(words[next]!) && !words[next]!.first) end = next;
      else if (!joints.test(words[next]!.text)) break;
    }
    const before = i > 0 && beside(i) ? words[i - 1]!.text : '';
    const place = is_town(words[i]!.text) || (!titled && !is_name(words[i]!.text) && at.test(before));
    marks.push({ from: words[i]!.from, to: words[end]!.to, kind: place ? 'place' : 'name' });
    i = end;
  }
  return marks;
}
