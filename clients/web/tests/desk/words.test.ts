// The desk's catalogues are held to the same plain words: an adviser is tired, too.
import { words as english } from '../../desk/words/en.ts';
import { words as dutch } from '../../desk/words/nl.ts';
import { hold_to_plain_words } from '../kit/readability.ts';

for (const [language, catalogue] of Object.entries({ nl: dutch, en: english })) hold_to_plain_words(language, catalogue);
