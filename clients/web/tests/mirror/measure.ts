// How well marks agree with labels: of what is labelled, how much is found; of what is marked, how much is labelled.
import { readFileSync } from 'node:fs';

import { find_marks } from '../../mirror/find_marks.ts';
import { kKinds, type Kind, type Mark } from '../../mirror/mark.ts';

export interface Sentence {
  readonly text: string;
  readonly labels: readonly Mark[];
}

// `[kind|words]` in a line is a label; a line without any is harmless.
export function labelled(language: 'nl' | 'en', set: 'labelled' | 'later' | 'unseen' = 'labelled'): readonly Sentence[] {
  const lines = readFileSync(new URL(`${set}_${language}.txt`, import.meta.url), 'utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const labels: Mark[] = [];
    let text = '';
    for (const part of line.split(/(\[\w+\|[^\]]+\])/)) {
      const [, kind, words] = /^\[(\w+)\|([^\]]+)\]$/.exec(part) ?? [];
      if (kind === undefined || words === undefined) text += part;
      else {
        if (!kKinds.includes(kind as Kind)) throw new Error(`no such kind: ${kind}`);
        labels.push({ from: text.length, to: text.length + words.length, kind: kind as Kind });
        text += words;
      }
    }
    return { text, labels };
  });
}

// Rules were made while looking at the first half alone: every other sentence, of either sort.
export function halves(all: readonly Sentence[]): { readonly seen: readonly Sentence[]; readonly held_out: readonly Sentence[] } {
  const every_other = (rest: 0 | 1) => [true, false].flatMap((harmless) => all.filter(({ labels }) => (labels.length === 0) === harmless).filter((_, i) => i % 2 === rest));
  return { seen: every_other(0), held_out: every_other(1) };
}

export interface Score {
  readonly recall: number;
  readonly precision: number;
  readonly same_kind: number; // of the labels found, how many under their own kind
  readonly harmless_left_alone: number;
  readonly missed: readonly string[];
  readonly wrong: readonly string[];
}

const meets = (a: Mark, b: Mark): boolean => a.from < b.to && b.from < a.to;

export function measure(sentences: readonly Sentence[], language: 'nl' | 'en'): Score {
  let [labels, found, same, marked, right, harmless, alone] = [0, 0, 0, 0, 0, 0, 0];
  const missed: string[] = [];
  const wrong: string[] = [];
  for (const sentence of sentences) {
    const marks = find_marks(sentence.text, language);
    const words = ({ from, to, kind }: Mark): string => `${kind}: ${sentence.text.slice(from, to)} … ${sentence.text}`;
    for (const label of sentence.labels) {
      ++labels;
      const hits = marks.filter((mark) => meets(mark, label));
      if (hits.length > 0) ++found;
      else missed.push(words(label));
      if (hits.some(({ kind }) => kind === label.kind)) ++same;
    }
    for (const mark of marks) {
      ++marked;
      if (sentence.labels.some((label) => meets(mark, label))) ++right;
      else wrong.push(words(mark));
    }
    if (sentence.labels.length === 0) {
      ++harmless;
      if (marks.length === 0) ++alone;
    }
  }
  return { recall: found / labels, precision: right / marked, same_kind: same / found, harmless_left_alone: alone / harmless, missed, wrong };
}
