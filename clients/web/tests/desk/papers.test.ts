// What an adviser keeps for themself, changed in two browsers at once.
import { expect, test } from 'vitest';
import { kLabelBytesMax, kLabelsPerCaseMax } from '../../generated/rules.ts';
import { kNoPapers, type CasePapers, type Papers } from '../../core/desk/papers.ts';
import { differs, labels_of, merged } from '../../desk/papers.ts';

const paper = (label: string, readSeq = 0): CasePapers => ({ labels: [label], belongsWith: [], readSeq });
const papers = (all: Readonly<Record<string, CasePapers>>): Papers => new Map(Object.entries(all));

test('what was added or taken away here is so there, and the rest is as it is there', () => {
  const base = papers({ a: paper('old'), b: paper('old'), e: paper('both') });
  const theirs = papers({ a: paper('theirs'), b: paper('theirs'), d: paper('new there'), e: paper('both') });
  const mine = papers({ a: paper('mine'), b: paper('old'), c: paper('new here'), e: { ...paper('both'), labels: [] } });
  expect(merged(theirs, mine, base)).toEqual(
    papers({ a: { ...paper('mine'), labels: ['mine', 'theirs'] }, b: paper('theirs'), c: paper('new here'), d: paper('new there'), e: { ...paper('both'), labels: [] } }),
  );
});

test('a case that was only read here keeps the labels it got there', () => {
  const labelled = papers({ a: paper('zuid', 3) });
  expect(merged(labelled, papers({ a: { ...kNoPapers, readSeq: 7 } }), new Map())).toEqual(papers({ a: paper('zuid', 7) }));
  expect(merged(new Map([['a', { ...kNoPapers, belongsWith: ['b'] }]]), papers({ a: { ...kNoPapers, belongsWith: ['c'] } }), new Map()).get('a')!.belongsWith).toEqual(['b', 'c']);
});

test('where two browsers fill a list, it is as long as it may be, and what was kept first stays', () => {
  const full = Array.from({ length: kLabelsPerCaseMax }, (_, i) => `l${i + 10}`);
  const both = merged(papers({ a: { ...kNoPapers, labels: full } }), papers({ a: paper('a new one') }), new Map());
  expect(both.get('a')!.labels).toEqual(full);
});

test('a case is read as far as it was read anywhere', () => {
  const both = merged(papers({ a: paper('x', 9), b: paper('x', 1) }), papers({ a: paper('x', 3), b: paper('x', 5) }), new Map());
  expect(both.get('a')!.readSeq).toBe(9);
  expect(both.get('b')!.readSeq).toBe(5);
});

test('what differs was changed, in whatever order it stands', () => {
  const two = papers({ a: { ...kNoPapers, labels: ['a', 'b'] } });
  expect(differs(papers({ a: { ...kNoPapers, labels: ['b', 'a'] } }), two)).toBe(false);
  expect(differs(papers({ b: kNoPapers }), two)).toBe(false);
  for (const change of [{ labels: ['a'] }, { labels: ['a', 'c'] }, { belongsWith: ['b'] }, { readSeq: 1 }])
    expect(differs(papers({ a: { ...kNoPapers, labels: ['a', 'b'], ...change } }), two)).toBe(true);
});

test('labels are taken once each, trimmed', () => {
  expect(labels_of(' zuid, Team 4 ,,zuid,\u0065\u0301\u00e9n ')).toEqual(['Team 4', 'zuid', '\u00e9\u00e9n']);
  expect(labels_of('')).toEqual([]);
});

test('labels that are more or longer than are kept are none: nobody finds them gone later', () => {
  expect(labels_of(`${'x'.repeat(kLabelBytesMax + 1)}, kort`)).toBeNull();
  const many = (count: number) => labels_of(Array.from({ length: count }, (_, i) => `l${i}`).join(','));
  expect(many(kLabelsPerCaseMax)).toHaveLength(kLabelsPerCaseMax);
  expect(many(kLabelsPerCaseMax + 1)).toBeNull();
});
