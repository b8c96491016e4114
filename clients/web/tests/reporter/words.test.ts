// The catalogues, of every language there is: sentences that somebody who is upset can read.
import { hold_to_plain_words } from '../kit/readability.ts';

const kCatalogues = import.meta.glob('../../reporter/words/[a-z][a-z].ts', { eager: true });

for (const [file, catalogue] of Object.entries(kCatalogues)) {
  const language = file.slice(-'nl.ts'.length, -'.ts'.length);
  hold_to_plain_words(language, catalogue);
}
