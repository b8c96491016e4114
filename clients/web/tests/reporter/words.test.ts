// The catalogues: sentences that somebody who is upset can read.
import { words as english } from '../../reporter/words/en.ts';
import { words as dutch } from '../../reporter/words/nl.ts';
import { telling as english_telling } from '../../reporter/words/en/telling.ts';
import { telling as dutch_telling } from '../../reporter/words/nl/telling.ts';
import { hold_to_plain_words } from '../kit/readability.ts';

for (const [language, catalogue] of Object.entries({ nl: [dutch, dutch_telling], en: [english, english_telling] })) hold_to_plain_words(language, catalogue);
