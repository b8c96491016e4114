// A proposal while it is written: who would read what, and what is not right yet.
import { expect, test } from 'vitest';
import { Compartment, kMembersPerGrantMax } from '../../generated/rules.ts';
import { compare, toHex } from '../../core/crypto/bytes.ts';
import type { Directory } from '../../core/protocol/directory.ts';
import { committees_of, day_of, draft_of, gone_of, kNoDraft, problem_of, readers_of, steps_of, text_of, without, type ProposalDraft } from '../../desk/proposal_draft.ts';
import { Organisation } from '../kit/organisation.ts';

const kToday = 20_000;
const directory = await new Organisation('draft', kToday).directory();
const worded: Directory = Object.create(directory, { text: { value: () => 'In woorden voor de melder.' } });
const someone = directory.content.people[0]!;

test('a step or its own words are needed, and a draft for whoever reads the summary', () => {
  expect(problem_of(kNoDraft, ' ', '', directory, kToday)).toBe('nothing');
  expect(problem_of(kNoDraft, 'Zullen we bellen?', '', directory, kToday)).toBeNull();
  const readers = new Map([[toHex(someone.memberId), [Compartment.summary]]]);
  expect(problem_of({ ...kNoDraft, step: 'mediation', readers }, '', '', worded, kToday)).toBe('summary');
  expect(problem_of({ ...kNoDraft, step: 'mediation', readers }, '', 'Een samenvatting.', worded, kToday)).toBeNull();
});

test('a step that the organisation has no words for is not asked without any', () => {
  expect(problem_of({ ...kNoDraft, step: 'mediation' }, ' ', '', directory, kToday)).toBe('nothing');
  expect(problem_of({ ...kNoDraft, step: 'mediation' }, 'Een gesprek met hulp.', '', directory, kToday)).toBeNull();
  expect(problem_of({ ...kNoDraft, step: 'mediation' }, '', '', worded, kToday)).toBeNull();
});

test('a last day in the past, or none that exists, is pointed at', () => {
  expect(day_of('2024-10-04')).toBe(kToday);
  expect(problem_of({ ...kNoDraft, step: 'close', until: '2024-10-03' }, '', '', worded, kToday)).toBe('until');
  expect(problem_of({ ...kNoDraft, step: 'close', until: '2024-10-04' }, '', '', worded, kToday)).toBeNull();
  expect(problem_of({ ...kNoDraft, step: 'close', until: 'tomorrow' }, '', '', worded, kToday)).toBe('unread');
  expect(problem_of({ ...kNoDraft, step: 'close', until: '20266-01-01' }, '', '', worded, kToday), 'a year of five digits').toBe('unread');
});

test('no more people than one grant takes', () => {
  const readers = new Map(Array.from({ length: kMembersPerGrantMax + 1 }, (_, i) => [String(i), [Compartment.story]]));
  expect(problem_of({ ...kNoDraft, step: 'close', readers }, '', '', worded, kToday)).toBe('too many');
});

test('readers and their parts ascend, as the rules want them', () => {
  const all = directory.content.people.slice(0, 3);
  const readers = new Map([...all].reverse().map((one) => [toHex(one.memberId), [Compartment.talk, Compartment.story]]));
  const found = readers_of({ step: '', readers, until: '', lead: toHex(all[1]!.memberId) }, directory);
  expect(found.map(({ memberId }) => memberId)).toEqual(all.map(({ memberId }) => memberId).sort(compare));
  expect(found.filter(({ lead }) => lead).map(({ memberId }) => memberId)).toEqual([all[1]!.memberId]);
  for (const { compartments } of found) expect(compartments).toEqual([Compartment.story, Compartment.talk]);
});

test('whom the directory shows no more is not asked in unseen, and whoever is left stays', () => {
  const [one, two] = directory.content.people;
  const readers = new Map([[toHex(one!.memberId), [Compartment.story]], [toHex(two!.memberId), [Compartment.story]]]);
  const draft = { ...kNoDraft, step: 'close', readers, lead: toHex(one!.memberId) };
  expect(problem_of(draft, '', '', worded, kToday)).toBeNull();
  const content = { ...directory.content, people: directory.content.people.slice(1) };
  const later: Directory = Object.create(worded, { content: { value: content } });
  expect(gone_of(draft, later, kToday)).toEqual([toHex(one!.memberId)]);
  expect(problem_of(draft, '', '', later, kToday)).toBe('gone');
  const left = without(draft, gone_of(draft, later, kToday));
  expect([[...left.readers.keys()], left.lead]).toEqual([[toHex(two!.memberId)], '']);
  expect(problem_of(left, '', '', later, kToday)).toBeNull();
});

test('a step that the organisation dropped meanwhile is not asked', () => {
  expect(problem_of({ ...kNoDraft, step: 'dropped' }, 'Een gesprek.', '', directory, kToday)).toBe('step');
});

test('every organisation knows the common steps; a committee is its members who are here', () => {
  expect(steps_of(directory)).toContain('share_triage');
  for (const { members } of committees_of(directory, kToday)) expect(members.length).toBeGreaterThan(0);
});

test('a draft is kept as text, and nothing as none', () => {
  const draft: ProposalDraft = { step: 'share_triage', readers: new Map([['ab', [Compartment.summary, Compartment.talk]]]), until: '2027-01-31', lead: 'ab' };
  expect(draft_of(text_of(draft))).toEqual(draft);
  expect(text_of(kNoDraft)).toBe('');
  expect(draft_of('')).toBe(kNoDraft);
});
