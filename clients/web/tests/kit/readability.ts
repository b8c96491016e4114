// Counts sentences as a reader meets them: what a catalogue of either program is held to.
import { expect, test } from 'vitest';

const kMeanWordsMax = 12;
const kWordsMax = 20;
const kSamples = ['Mieke', 3, 20_780] as const;

// Every text of a catalogue; those with gaps are filled in.
export function texts(node: unknown): string[] {
  if (typeof node === 'string') return [node];
  if (typeof node === 'function') {
    const fill = node as (...given: unknown[]) => string;
    const gaps = Array.from({ length: fill.length }, (_, i) => kSamples[(i + 1) % kSamples.length]);
    return [fill(...gaps)];
  }
  return Object.values(node as object).flatMap(texts);
}

// Whole sentences alone: labels of two words would make the mean look better than it is.
function sentences(text: string): string[] {
  const parts = text.match(/[^.?!]+[.?!]+(?=\s|$)/g) ?? [];
  return parts.map((part) => part.trim());
}
const count_words = (sentence: string): number => sentence.split(/\s+/).filter((part) => /[\p{L}\d]/u.test(part)).length;

export function hold_to_plain_words(language: string, catalogue: unknown): void {
  const all = texts(catalogue).flatMap(sentences);

  test(`no sentence in ${language} is longer than ${kWordsMax} words`, () => {
    expect(all.filter((sentence) => count_words(sentence) > kWordsMax)).toEqual([]);
  });
  test(`sentences in ${language} have at most ${kMeanWordsMax} words on average`, () => {
    const mean = all.reduce((sum, sentence) => sum + count_words(sentence), 0) / all.length;
    console.log(`${language}: ${all.length} sentences, ${mean.toFixed(1)} words on average`);
    expect(mean).toBeLessThanOrEqual(kMeanWordsMax);
  });
  test(`a text without a full stop in ${language} is short enough to be a label`, () => {
    const labels = texts(catalogue).filter((text) => sentences(text).length === 0);
    expect(labels.filter((label) => count_words(label) > 12)).toEqual([]);
  });
  test(`${language} promises no absolute anonymity`, () => {
    const promised = texts(catalogue).filter((text) => /100\s*%|volledig anoniem|fully anonymous/i.test(text));
    expect(promised).toEqual([]);
  });
}


test('a sentence that is too long is counted as it is', () => {
  const long = 'Een zin van meer dan twintig woorden is te lang voor iemand die van streek is en dat telt deze proef dus.';
  expect(sentences(`Kort. ${long}`).filter((sentence) => count_words(sentence) > kWordsMax)).toEqual([long]);
});
