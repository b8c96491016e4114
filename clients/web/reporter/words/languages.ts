// Every catalogue in this folder named by a language code is a language: one more is one more file.
import type { Words } from './shape.ts';

const files = import.meta.glob<{ words: Words }>('./[a-z][a-z].ts', { eager: true });

export const kLanguages: readonly Words[] = Object.values(files)
  .map((file) => file.words)
  .sort((a, b) => b.code.localeCompare(a.code)); // nl before en: the organisation's own first

// Pseudo-locales come in with the tests' build alone.
export const kTestLanguages: Words[] = [];

export function all_languages(): readonly Words[] {
  return [...kLanguages, ...kTestLanguages];
}

// The browser's own preference, read here and sent nowhere.
export function preferred_language(): Words {
  for (const wanted of navigator.languages) {
    const found = kLanguages.find((words) => wanted.toLowerCase().startsWith(words.code));
    if (found) return found;
  }
  return kLanguages[0]!;
}

export function format_day(day: number, words: Words): string {
  return new Intl.DateTimeFormat(words.locale, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(day * 86_400_000);
}

// "a, b en c".
export function format_list(items: readonly string[], words: Words): string {
  return new Intl.ListFormat(words.locale, { type: 'conjunction' }).format(items);
}

// "Arabisch" for "ar"; the code itself where the browser does not know.
export function language_name(code: string, words: Words): string {
  try {
    return new Intl.DisplayNames([words.locale], { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}
