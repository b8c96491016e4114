// Another adviser gets what the one before could read, epoch by epoch and each part for as long, and no more.
import { expect, test } from 'vitest';

import type { Compartment } from '../../generated/rules.ts';
import { letIn, type LetIn } from '../../core/lead/moves.ts';
import { renew } from '../../core/lead/renewal.ts';
import { replace, sharesOf } from '../../core/lead/replace.ts';
import { Directory } from '../../core/protocol/directory.ts';
import { kToday, LeadTest, people, story, summary, talk } from './fixture.ts';

const given = (it: LeadTest, name: string, compartments: readonly Compartment[], more: Partial<LetIn> = {}) =>
  it.did(it.owner, (addition, certificates) =>
    letIn(addition, { people: [it.id(name)], compartments, ...more }, certificates),
  );
const instead = (it: LeadTest, from: string, to: string) =>
  it.did(it.owner, (addition, certificates) => replace(addition, it.id(from), it.id(to), certificates));
// What they hold: each grant's last day and keys.
const held = (it: LeadTest, name: string) =>
  it
    .access()
    .live(it.id(name), it.day)
    .map(({ lastDay, keys, holder }) => [lastDay, keys.map(({ compartment, epoch }) => [compartment, epoch]), holder]);

test('what was limited stays so, each part to its own last day, and the mark goes with its own', async () => {
  const it = await LeadTest.open();
  await given(it, 'anouk', [story]);
  await given(it, 'anouk', [talk], { lastDay: kToday + 3 });
  await given(it, 'anouk', [summary], { lastDay: kToday + 7, holder: true });
  await instead(it, 'anouk', 'bram');
  expect(held(it, 'bram')).toEqual([
    [0, [[story, 1], [story, 2]], false],
    [kToday + 7, [[summary, 1], [summary, 2]], true],
    [kToday + 3, [[talk, 1], [talk, 2]], false],
  ]);
  await it.say(it.owner, 'To all of you.');
  expect(await it.texts(it.member('bram'), talk)).toEqual(['To all of you.']);
  await it.expectNoAlarms('bram', 'mieke', 'youssef');
  expect(it.holder()).toBe('bram');
  it.day = kToday + 8;
  expect(it.holder()).toBeUndefined();
  expect(await it.texts(it.member('bram'), talk)).toEqual([]);
  expect(await it.texts(it.member('bram'), story)).toEqual(['The story.']);
});

test('what they never could read stays shut, whatever the gateway hands over', async () => {
  const it = await LeadTest.open();
  await it.say(it.owner, 'before anouk');
  await given(it, 'anouk', [talk], { fromNow: true });
  await it.say(it.owner, 'with anouk');
  await instead(it, 'anouk', 'bram');
  await it.say(it.owner, 'with bram');
  expect(await it.texts(it.member('bram'), talk, it.everything())).toEqual(['with anouk', 'with bram']);
  await it.expectNoAlarms('bram', 'mieke');
});

test('in place of one who left: not what was written since, and all that comes', async () => {
  const it = await LeadTest.open();
  await it.say(it.owner, 'with mieke');
  await it.organisation.nextVersion();
  const content = it.organisation.content();
  const rest = content.people.map((one) => (one.name === 'mieke' ? { ...one, leftDay: kToday } : one));
  const signed = await it.organisation.sign({ ...content, people: rest });
  const later = await Directory.parse(signed, it.organisation.service);
  if (!later.ok) throw new Error(later.error);
  Object.assign(it, { directory: later.value });
  await it.did(it.member('youssef'), renew);
  await it.say(it.owner, 'without mieke');
  await instead(it, 'mieke', 'anouk');
  await it.say(it.owner, 'with anouk');
  await it.say(it.member('anouk'), 'Here I am.');
  expect(await it.texts(it.member('anouk'), talk, it.everything())).toEqual(['with mieke', 'with anouk', 'Here I am.']);
  expect(await it.texts(it.member('youssef'), talk)).toEqual(['with mieke', 'without mieke', 'with anouk', 'Here I am.']);
  expect(it.holder()).toBe('anouk');
  await it.expectNoAlarms('anouk', 'youssef');
});

test('a colleague who reads it all gets the mark at most, and keeps what is theirs', async () => {
  const it = await LeadTest.open();
  await given(it, 'anouk', [talk], { lastDay: kToday + 3 });
  const before = it.entries.length;
  await instead(it, 'anouk', 'youssef');
  expect(it.entries.length, 'a revocation').toBe(before + 1);
  expect(it.holder()).toBe('mieke');
  await instead(it, 'mieke', 'youssef');
  expect(it.entries.length, 'and another, with the mark').toBe(before + 3);
  expect(it.holder()).toBe('youssef');
  await it.say(it.owner, 'after');
  expect(await it.texts(it.member('youssef'), talk)).toEqual(['after']);
  await it.expectNoAlarms('youssef');
});

test('more last days than go into one append end sooner, never later', async () => {
  const it = await LeadTest.open();
  for (let day = 1; day <= 9; ++day)
    await given(it, 'anouk', day < 9 ? [talk] : [talk, people], { lastDay: kToday + day });
  const shares = sharesOf(it.access(), it.id('anouk'), it.day);
  expect(shares.map(({ lastDay }) => lastDay - kToday)).toEqual([9, 8, 7, 6, 5, 1]);
  await instead(it, 'anouk', 'bram');
  expect(held(it, 'bram'), 'the longest has it all').toEqual([
    [kToday + 9, [[people, 1], [people, 2], [talk, 1], [talk, 2]], false],
  ]);
});

test('who reads nothing has nothing to hand on', async () => {
  const it = await LeadTest.open();
  const change = it.act(it.owner, (addition, certificates) =>
    replace(addition, it.id('anouk'), it.id('bram'), certificates),
  );
  expect(await change).toMatchObject({ ok: false, error: { kind: 'refused', detail: 'revoke' } });
});
