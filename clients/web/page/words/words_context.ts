// The few words that parts of both programs need, from the catalogue that is shown.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

export interface CommonWords {
  readonly common: { readonly errors: string };
}

export const WordsContext = createContext<CommonWords | null>(null);

export function use_words(): CommonWords {
  const words = useContext(WordsContext);
  if (!words) throw new Error('a part outside a page');
  return words;
}
