// Languages that nobody speaks: they show text that was forgotten in the code, labels without room
// for longer words, and layouts that only work from left to right.
import { words as english } from '../../../clients/web/reporter/words/en.ts';
import type { Words } from '../../../clients/web/reporter/words/shape.ts';

const kAccents: Readonly<Record<string, string>> = {
  a: 'á', c: 'ç', e: 'é', g: 'ĝ', i: 'í', j: 'ĵ', l: 'ł', n: 'ñ', o: 'ó', r: 'ř', s: 'š', u: 'ú', w: 'ŵ', y: 'ý', z: 'ž',
};

// A third longer, in brackets.
function disguise(text: string): string {
  const accented = text.replace(/[a-z]/g, (letter) => kAccents[letter] ?? letter);
  return `⟦${accented}${'~'.repeat(Math.ceil(text.length / 3))}⟧`;
}

function transform(node: unknown): unknown {
  if (typeof node === 'string') return disguise(node);
  if (typeof node === 'function')
    return (...given: unknown[]) => disguise((node as (...given: unknown[]) => string)(...given));
  if (Array.isArray(node)) return node.map(transform);
  return Object.fromEntries(Object.entries(node as object).map(([key, value]) => [key, transform(value)]));
}

export function pseudo_languages(): readonly Words[] {
  const longer = { ...(transform(english) as Words), name: 'Pseudo', code: 'en-XA', locale: english.locale };
  return [
    { ...longer, direction: 'ltr' },
    { ...longer, name: 'Mirrored', code: 'en-XB', direction: 'rtl' },
  ];
}
