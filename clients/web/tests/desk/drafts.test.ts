// What was typed and not sent: kept until its text is accepted, and found by its field when it is too long.
import { expect, test } from 'vitest';
import { kTextBytesMax } from '../../generated/rules.ts';
import { accepted, is_typing, too_long } from '../../desk/drafts.ts';

test('what was chosen beside a text goes with the last of its texts, and not before', () => {
  const all = { 'x/ruling-text': 'Een gesprek.', 'x/ruling-reason': 'Het moet stoppen.', 'x/ruling-choice': '2', 'x/say': 'Nog niet.', 'y/ruling-choice': '3' };
  const left = accepted(all, 'x/ruling', ['Een gesprek.', 'Iets anders.']);
  expect(left).toEqual({ 'x/ruling-reason': 'Het moet stoppen.', 'x/ruling-choice': '2', 'x/say': 'Nog niet.', 'y/ruling-choice': '3' });
  expect(accepted(left, 'x/ruling', ['Het moet stoppen.'])).toEqual({ 'x/say': 'Nog niet.', 'y/ruling-choice': '3' });
});

test('a choice alone is nothing that was typed', () => {
  expect(is_typing({ 'x/status-choice': '3' })).toBe(false);
  expect(is_typing({ 'x/status-choice': '3', 'x/status': 'Wacht even.' })).toBe(true);
});

test('a text that is longer than one may be is found by its field, in its own form and case', () => {
  const fits = 'é'.repeat(kTextBytesMax / 2);
  const drafts = { 'x/say': fits, 'x/ruling-text': 'a', 'x/ruling-reason': `${fits}a`, 'y/note': `${fits}a` };
  const found = ['say', 'triage', 'note', 'ruling'].map((work) => too_long(drafts, 'x', work));
  expect(found).toEqual([undefined, 'ruling-reason', undefined, 'ruling-reason']);
});
