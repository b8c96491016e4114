// Every catalogue in this folder named by a language code is a language: one more is one more file.
import { preferred_among } from '../../page/words/preferred.ts';
import type { Words } from './shape.ts';

const files = import.meta.glob<{ words: Words }>('./[a-z][a-z].ts', { eager: true });

export const kLanguages: readonly Words[] = Object.values(files)
  .map((file) => file.words)
  .sort((a, b) => b.code.localeCompare(a.code)); // nl before en: the organisation's own first

export const preferred_language = (): Words => preferred_among(kLanguages);
