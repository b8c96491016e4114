// What every language of the desk must have.
import type { Catalogue } from '../../page/words/shape.ts';
import type { words } from './nl.ts';

export type Words = Catalogue<typeof words>;
