// The desk's catalogues are held to the same plain words: an adviser is tired, too.
import { hold_to_plain_words } from '../kit/readability.ts';

const kCatalogues = import.meta.glob('../../desk/words/[a-z][a-z].ts', { eager: true });

for (const [file, catalogue] of Object.entries(kCatalogues))
  hold_to_plain_words(file.slice(-'nl.ts'.length, -'.ts'.length), catalogue);
