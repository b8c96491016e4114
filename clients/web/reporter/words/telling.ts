// The words of what only some builds carry (carried.ts), by language.
import type { Catalogue } from '../../page/words/shape.ts';
import { telling as english } from './en/telling.ts';
import { telling as dutch } from './nl/telling.ts';

export type Telling = Omit<Catalogue<typeof dutch & { direction: 'ltr' }>, 'direction'>;

export function telling_in(code: string): Telling {
  return code === 'nl' ? dutch : english;
}
