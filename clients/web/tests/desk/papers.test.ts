// What an adviser keeps for themself, changed in two browsers at once.
import { expect, test } from 'vitest';
import { kLabelBytesMax, kLabelsPerCaseMax } from '../../generated/rules.ts';
import type { CasePapers, Papers } from '../../core/desk/papers.ts';
import { labels_of, merged } from '../../desk/papers.ts';

const paper = (label: string, readSeq = 0): CasePapers => ({ labels: [label], belongsWith: [], readSeq });
const papers = (all: Readonly<Record<string, CasePapers>>): Papers => new Map(Object.entries(all));

test('what was changed here stands, the rest is as it is there', () => {
  const theirs = papers({ a: paper('theirs'), b: paper('theirs'), d: paper('new there') });
  const mine = papers({ a: paper('mine'), b: paper('mine'), c: paper('new here') });
  expect(merged(theirs, mine, new Set(['a']))).toEqual(
    papers({ a: paper('mine'), b: paper('theirs'), c: paper('new here'), d: paper('new there') }),
  );
});

test('a case is read as far as it was read anywhere', () => {
  const both = merged(papers({ a: paper('x', 9), b: paper('x', 1) }), papers({ a: paper('x', 3), b: paper('x', 5) }), new Set(['a']));
  expect(both.get('a')!.readSeq).toBe(9);
  expect(both.get('b')!.readSeq).toBe(5);
});

test('labels are taken once each, trimmed, and no more or longer than are kept', () => {
  expect(labels_of(' zuid, Team 4 ,,zuid,\u0065\u0301\u00e9n ')).toEqual(['Team 4', 'zuid', '\u00e9\u00e9n']);
  expect(labels_of(`${'x'.repeat(kLabelBytesMax + 1)}, kort`)).toEqual(['kort']);
  expect(labels_of(Array.from({ length: 40 }, (_, i) => `l${i}`).join(','))).toHaveLength(kLabelsPerCaseMax);
});
