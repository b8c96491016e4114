// The catalogues: sentences that somebody who is upset can read.
import { words as english } from '../../reporter/words/en.ts';
import { words as dutch } from '../../reporter/words/nl.ts';
import { hold_to_plain_words } from '../kit/readability.ts';

for (const [language, catalogue] of Object.entries({ nl: dutch, en: english })) hold_to_plain_words(language, catalogue);
