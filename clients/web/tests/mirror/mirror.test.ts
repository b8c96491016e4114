// What the mirror finds in sentences that were labelled before its rules were written, and in two further sets:
// `later`, written after the first rules and used to widen them, and `unseen`, written last, hard on purpose, and tuned
// to by nobody. The last says best what a stranger's text may expect.
import { expect, test } from 'vitest';

import { find_marks } from '../../mirror/find_marks.ts';
import { halves, labelled, measure, type Score } from './measure.ts';

const percent = (share: number): string => `${Math.round(share * 100)} %`;
const told = (name: string, { recall, precision, same_kind, harmless_left_alone }: Score): void =>
  console.log(
    `mirror ${name}: recall ${percent(recall)}, precision ${percent(precision)}, right kind ${percent(same_kind)}, harmless left alone ${percent(harmless_left_alone)}`,
  );
const words_of = (text: string, language = 'nl'): readonly string[] =>
  find_marks(text, language).map(({ kind, from, to }) => `${kind}: ${text.slice(from, to)}`);

for (const language of ['nl', 'en'] as const) {
  test(`the set of ${language} is large enough, half of it harmless`, () => {
    const all = labelled(language);
    const harmless = all.filter(({ labels }) => labels.length === 0).length;
    expect(all.length).toBeGreaterThanOrEqual(150);
    expect(harmless / all.length).toBeGreaterThan(0.45);
  });

  test(`finds in ${language} what the half that was held out has`, () => {
    const { seen, held_out } = halves(labelled(language));
    told(`${language} seen`, measure(seen, language));
    const score = measure(held_out, language);
    told(`${language} held out`, score);
    expect(score.recall).toBeGreaterThanOrEqual(0.95);
    expect(score.precision).toBeGreaterThanOrEqual(0.95);
    expect(score.harmless_left_alone).toBeGreaterThanOrEqual(0.95);
  });

  test(`finds in ${language} half of what it never saw the like of, and marks little for nothing`, () => {
    told(`${language} later`, measure(labelled(language, 'later'), language));
    const score = measure(labelled(language, 'unseen'), language);
    told(`${language} unseen`, score);
    expect(score.recall).toBeGreaterThanOrEqual(0.45);
    expect(score.precision).toBeGreaterThanOrEqual(0.9);
  });
}

test('a text is read in its own language, whatever the page speaks', () => {
  expect(words_of('Mijn teamchef zei dat ik het niet mocht zeggen.', 'en')).toEqual(['rank: teamchef']);
  expect(words_of('My team leader said that I was not to tell.', 'nl')).toEqual(['rank: team leader']);
});

test('a quote is marked as a whole, and so is who stands in it', () => {
  expect(words_of('Hij zei "daar is Samira ook weer" en liep weg.')).toEqual(['quote: "daar is Samira ook weer"', 'name: Samira']);
});

test('the number of a room is no hour', () => {
  expect(words_of('Om 14:35 stond hij in kamer 2.14.')).toEqual(['time: 14:35', 'place: kamer 2.14']);
  expect(words_of('At 14:35 he stood in room 2.14.', 'en')).toEqual(['time: 14:35', 'place: room 2.14']);
});

test('places are those of the text, also behind letters of two units', () => {
  const text = '🙈🙈 Dat zei Peter.';
  const [mark] = find_marks(text, 'nl');
  expect(text.slice(mark!.from, mark!.to)).toBe('Peter');
});

test('no text keeps the page busy', () => {
  const hostile = ['a', '1 ', '"', 'Jan van de ', 'a@', 'half ', "'x ", 'A. ', '06-', 'de eerste '];
  for (const piece of hostile) {
    const start = process.cpuUsage(); // of the processor: a busy machine takes longer
    find_marks(piece.repeat(60_000 / piece.length), 'nl');
    find_marks(piece.repeat(60_000 / piece.length), 'en');
    expect(process.cpuUsage(start).user / 1000, piece).toBeLessThan(2000);
  }
});
