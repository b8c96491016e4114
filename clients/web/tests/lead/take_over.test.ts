// Who stands in takes over once a legal term was missed, knowing nothing of the case but its head.
import { expect, test } from 'vitest';

import { sealTakeOver } from '../../core/lead/take_over.ts';
import { kToday, LeadTest, talk } from './fixture.ts';

async function itemFor(it: LeadTest) {
  const { chain } = await it.opened(it.owner);
  const none = { openedDay: kToday, acknowledgedDay: 0, feedbackDay: 0, outcomeDay: 0 };
  const due = { acknowledgeDueDay: 0, feedbackDueDay: 0, holder: false };
  const flags = { urgent: false, lastByOwner: true, unclocked: false, dormant: true };
  const head = { headSeq: chain.nextSeq - 1, headHash: chain.headHash, headDay: chain.headDay };
  return { handle: it.owner.handle, ...head, ...none, ...due, ...flags, standsInFor: it.id('mieke') };
}

test('once a term was missed they read what the reporter left for them', async () => {
  const it = await LeadTest.open({ standIn: 'ruud' });
  await it.say(it.owner, 'before');
  it.day = kToday + 8;
  const [ruud, item] = [it.member('ruud'), await itemFor(it)];
  expect(await it.texts(ruud, talk)).toEqual([]);
  it.entries.push(await sealTakeOver(ruud, item, it.directory, it.day, it.random));
  expect(await it.texts(ruud, talk)).toEqual(['before']);
  expect(await it.texts(it.member('mieke'), talk), 'who was late reads on').toEqual(['before']);
  expect(it.holder()).toBe('ruud');
  await it.expectNoAlarms('mieke', 'youssef', 'ruud');
});

test('before that it changes nothing, and everybody sees that they tried', async () => {
  const it = await LeadTest.open({ standIn: 'ruud' });
  it.day = kToday + 7;
  it.entries.push(await sealTakeOver(it.member('ruud'), await itemFor(it), it.directory, it.day, it.random));
  for (const who of [it.owner, it.member('youssef')])
    expect((await it.opened(who)).alarms).toMatchObject([{ kind: 'rule_broken' }]);
  expect(it.holder()).toBe('mieke');
});
