// What every language of this app must have.
import type { Catalogue } from '../../page/words/shape.ts';
import type { words } from './nl.ts';

export type Words = Catalogue<typeof words>;
