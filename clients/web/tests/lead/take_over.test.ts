// Who stands in takes over once a legal term was missed, knowing nothing of the case but its head.
import { expect, test } from 'vitest';

import { kToday, LeadTest, talk } from './fixture.ts';

test('once a term was missed they read what the reporter left for them', async () => {
  const it = await LeadTest.open({ standIn: 'ruud' });
  await it.say(it.owner, 'before');
  it.day = kToday + 8;
  const ruud = it.member('ruud');
  expect(await it.texts(ruud, talk)).toEqual([]);
  await it.takeOver('ruud');
  expect(await it.texts(ruud, talk)).toEqual(['before']);
  expect(await it.texts(it.member('mieke'), talk), 'who was late reads on').toEqual(['before']);
  expect(it.holder()).toBe('ruud');
  await it.expectNoAlarms('mieke', 'youssef', 'ruud');
});

test('before that it changes nothing, and everybody sees that they tried', async () => {
  const it = await LeadTest.open({ standIn: 'ruud' });
  it.day = kToday + 7;
  await it.takeOver('ruud');
  for (const who of [it.owner, it.member('youssef')])
    expect((await it.opened(who)).alarms).toMatchObject([{ kind: 'rule_broken' }]);
  expect(it.holder()).toBe('mieke');
});
