// First names and towns, for where a capital tells nothing: at the start of a sentence, and where people
// write without. Where they come from stands in data/README.md.
import doubtful from './data/names_doubtful.txt?words';
import names from './data/names.txt?words';
import places from './data/places.txt?words';

const kNone = 'A'.charCodeAt(0);

// As word_lists.ts writes them: a capital says how many letters are those of the word before.
function decoded(coded: string): ReadonlySet<string> {
  let before = '';
  return new Set(
    Array.from(coded.matchAll(/([A-Z])([a-z]*)/g), ([, shared, rest]) => {
      before = before.slice(0, shared!.charCodeAt(0) - kNone) + rest!;
      return before;
    }),
  );
}

const kNames = decoded(names);
const kDoubtful = decoded(doubtful);
const kPlaces = decoded(places);

function plain(word: string): string {
  return word.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

// A name even without its capital; with it, some ordinary words are names too.
export function is_name(word: string): boolean {
  const found = plain(word);
  return kNames.has(found) || (kDoubtful.has(found) && word !== found);
}
export function is_town(word: string): boolean {
  return kPlaces.has(plain(word));
}
