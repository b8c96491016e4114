// What is sent from what was written, which screen follows which, and where the quick exit leads.
import { expect, test } from 'vitest';
import { candidates, kEmptyDraft, new_case, stand_ins } from '../../reporter/draft.ts';
import { after_prompts, next_screen, part_of } from '../../reporter/flow.ts';
import { exit_address } from '../../reporter/quick_exit.ts';
import type { Organisation, Person } from '../../reporter/session.ts';
import { words } from '../../reporter/words/nl.ts';

const person = (id: string, unit_id: number, stand_in = false): Person => ({
  id, name: id, unit_id, unit: String(unit_id), seat: 'adviser', languages: ['nl'], line: '', stand_in, key_changed_day: null,
});
const organisation = { advisers: [person('a', 1), person('b', 2), person('c', 1, true)] } as unknown as Organisation;

test('answers, those held back too, go along with the story', () => {
  const draft = {
    ...kEmptyDraft,
    story: ' Zo ging het. ',
    answers: { where: { text: 'Thuis', withheld: null }, when: { text: '', withheld: 'rather_not' as const } },
  };
  const { story } = new_case(draft, words);
  expect(story).toBe('Zo ging het.\n\nWaar was het?\nThuis\n\nWanneer was het, ongeveer?\nLiever niet');
});

test('who was there goes to the people, not to the story', () => {
  const draft = { ...kEmptyDraft, story: 'x', answers: { who: { text: 'De chef', withheld: null } } };
  expect(new_case(draft, words)).toMatchObject({ story: 'x', people: 'De chef' });
});

test('a signal names no adviser, no wish and nobody', () => {
  const draft = { ...kEmptyDraft, kind: 'signal' as const, story: 'x', identity: 'ik', adviser: 'a', stand_in: 'b' };
  expect(new_case(draft, words)).toMatchObject({ advisers: [], stand_in: null, identity: '', wants: [] });
});

test('talking first never lets an adviser share', () => {
  const draft = { ...kEmptyDraft, kind: 'advice' as const, lead: 'adviser_shares' as const };
  expect(new_case(draft, words).lead).toBe('every_step');
});

test('whom the reporter leaves out is offered nowhere', () => {
  const draft = { ...kEmptyDraft, excluded: ['b'], adviser: 'a' };
  expect(candidates(draft, organisation).map((one) => one.id)).toEqual(['a', 'c']);
  expect(stand_ins(draft, organisation).map((one) => one.id)).toEqual(['c']);
  expect(candidates({ ...draft, excluded_units: [1] }, organisation)).toEqual([]);
});

test('every kind of case walks to its review', () => {
  for (const kind of ['report', 'advice', 'witness', 'signal'] as const) {
    let screen = next_screen(kind, 'before');
    for (let steps = 0; screen !== 'review' && steps < 20; steps += 1) screen = next_screen(kind, screen);
    expect(screen).toBe('review');
    expect(part_of(kind, 'review')?.now).toBe(part_of(kind, 'review')?.all);
  }
  expect(after_prompts('signal')).toBe('review');
  expect(after_prompts('report')).toBe('adviser');
});

test('the quick exit leads to an https address or to nothing at all', () => {
  expect(exit_address('https://weer.example/kaart')).toBe('https://weer.example/kaart');
  for (const written of ['', 'http://weer.example', 'javascript:alert(1)', 'data:text/html,x', 'weer'])
    expect(exit_address(written)).toBe('about:blank');
});
