// The desk's catalogues are held to the same plain words: an adviser is tired, too.
import { expect, test } from 'vitest';
import { step_word } from '../../desk/parts/names.ts';
import { words } from '../../desk/words/nl.ts';
import { hold_to_plain_words } from '../kit/readability.ts';
import { Organisation } from '../kit/organisation.ts';

const kCatalogues = import.meta.glob('../../desk/words/[a-z][a-z].ts', { eager: true });

for (const [file, catalogue] of Object.entries(kCatalogues))
  hold_to_plain_words(file.slice(-'nl.ts'.length, -'.ts'.length), catalogue);

test('a name that the page’s language has by itself is no word of ours', async () => {
  const directory = await new Organisation('words', 20_000).directory();
  for (const key of ['constructor', 'valueOf']) expect(step_word(key, directory, words)).toBe(words.regie.step_name.unknown);
});
