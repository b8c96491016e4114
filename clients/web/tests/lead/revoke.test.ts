// Letting people out, another adviser, disputes, and the end of a case.
import { expect, test } from 'vitest';

import { Milestone } from '../../generated/rules.ts';
import type { Addition, Certificates } from '../../core/lead/addition.ts';
import { dispute, letIn, releaseSelf, revoke, withdraw } from '../../core/lead/moves.ts';
import { renew } from '../../core/lead/renewal.ts';
import { replace } from '../../core/lead/replace.ts';
import { sealEvent, type Place } from '../../core/seal.ts';
import { identity, kToday, LeadTest, people, story, talk } from './fixture.ts';

const out =
  (it: LeadTest, ...names: readonly string[]) =>
  (addition: Addition, certificates: Certificates) =>
    revoke(addition, names.map((name) => it.id(name)), certificates);

async function begun(options?: { standIn?: string; identityTold?: string }): Promise<LeadTest> {
  const it = await LeadTest.open(options);
  await it.say(it.owner, 'before');
  return it;
}

test('who is revoked reads nothing new, whatever the gateway hands over, and the rest read on', async () => {
  const it = await begun();
  await it.did(it.owner, out(it, 'youssef'));
  await it.say(it.owner, 'after');
  await it.say(it.member('mieke'), 'yes');
  expect(await it.texts(it.member('youssef'), talk)).toEqual([]);
  expect(await it.texts(it.member('youssef'), talk, it.everything())).toEqual(['before']);
  for (const who of [it.owner, it.member('mieke')])
    expect(await it.texts(who, talk)).toEqual(['before', 'after', 'yes']);
  await it.expectNoAlarms('mieke');
});

test('the next epoch grows from the words, and goes to exactly who remains', async () => {
  const it = await begun({ standIn: 'ruud' });
  await it.did(it.owner, out(it, 'youssef'));
  const { header } = it.entries.at(-1)!;
  if (header.fields.kind !== 'revoke') throw new Error('no revocation');
  expect(header.fields.remaining.map(({ memberId }) => it.directory.person(memberId)!.name).sort()).toEqual([
    'mieke',
    'ruud',
  ]);
  expect(header.fields.starts.map(({ compartment, epoch }) => [compartment, epoch])).toContainEqual([talk, 2]);
  const { keys } = await it.opened(it.owner);
  expect(keys.get(talk, 2)).toEqual(it.owner.derive(talk, 2, header.prevHash));
});

test('with nobody left the owner writes on alone', async () => {
  const it = await begun();
  await it.did(it.owner, out(it, 'mieke', 'youssef'));
  expect(it.entries.at(-1)!.payload.length).toBe(0);
  await it.say(it.owner, 'after');
  expect(await it.texts(it.owner, talk)).toEqual(['before', 'after']);
  expect(await it.texts(it.member('mieke'), talk, it.everything())).toEqual(['before']);
  await it.expectNoAlarms();
});

test('only the owner revokes, and only who is in', async () => {
  const it = await begun();
  expect(await it.act(it.member('mieke'), out(it, 'youssef'))).toMatchObject({
    ok: false,
    error: { kind: 'refused', detail: 'grantor' },
  });
  expect(await it.act(it.owner, out(it, 'anouk'))).toMatchObject({ ok: false, error: { detail: 'revoke' } });
});

test('another adviser is one step: the old one out, the new one in with the lead and the story', async () => {
  const it = await begun({ identityTold: 'I am Sam.' });
  const before = it.entries.length;
  await it.did(it.owner, (addition, certificates) =>
    replace(addition, it.id('mieke'), it.id('anouk'), certificates),
  );
  expect(it.entries.slice(before).map(({ header }) => header.fields.kind)).toEqual(['revoke', 'grant']);
  await it.say(it.owner, 'after');
  expect(it.holder()).toBe('anouk');
  expect(it.isIn('mieke')).toBe(false);
  expect(await it.texts(it.member('anouk'), story)).toEqual(['The story.']);
  expect(await it.texts(it.member('anouk'), talk)).toEqual(['before', 'after']);
  expect(await it.texts(it.member('anouk'), identity, it.everything()), 'they say it to each by name').toEqual([]);
  expect(await it.texts(it.member('mieke'), talk, it.everything())).toEqual(['before']);
  await it.expectNoAlarms('youssef', 'anouk');
});

test('a colleague may be the other adviser', async () => {
  const it = await begun();
  await it.did(it.owner, (addition, certificates) =>
    replace(addition, it.id('mieke'), it.id('youssef'), certificates),
  );
  await it.say(it.owner, 'after');
  expect(it.holder()).toBe('youssef');
  expect(await it.texts(it.member('youssef'), talk)).toEqual(['before', 'after']);
});

test('a newcomer after a revocation reads what they are given of both epochs', async () => {
  const it = await begun();
  await it.did(it.owner, out(it, 'youssef'));
  await it.say(it.owner, 'after');
  await it.did(it.owner, (addition, certificates) =>
    letIn(addition, { people: [it.id('anouk')], compartments: [talk] }, certificates),
  );
  expect(await it.texts(it.member('anouk'), talk)).toEqual(['before', 'after']);
});

test('when somebody has released, a member begins anew for all who are in and the owner', async () => {
  const it = await begun();
  await it.did(it.member('youssef'), releaseSelf);
  const renewed = await it.renewed('mieke');
  expect(renewed.epochs).toContain(talk);
  expect(it.access().newestEpoch(talk)!.byOwner).toBe(false);
  await it.say(it.owner, 'after');
  await it.say(it.member('mieke'), 'yes');
  expect(await it.texts(it.owner, talk), 'by the wrap that was sealed to them').toEqual(['before', 'after', 'yes']);
  expect(await it.texts(it.member('youssef'), talk, it.everything())).toEqual(['before']);
  // And the owner starts the one after it, for which they need no wrap.
  await it.did(it.owner, out(it, 'mieke'));
  await it.say(it.owner, 'alone');
  expect(await it.texts(it.owner, talk)).toEqual(['before', 'after', 'yes', 'alone']);
  await it.expectNoAlarms();
});

test('a member re-seals to their newer key, and needs the older one no more', async () => {
  const it = await begun();
  it.rekey('youssef');
  const both = it.member('youssef');
  await it.did(both, renew);
  const { header } = it.entries.at(-1)!;
  if (header.fields.kind !== 'grant') throw new Error('no grant');
  expect(header.fields.members).toMatchObject([{ memberId: it.id('youssef'), xwingKeyHash: both.xwingKeyHashes[1] }]);
  expect(await it.texts(both, talk)).toEqual(['before']);
  expect(await it.texts(it.newestAlone.get('youssef')!, talk)).toEqual(['before']);
  const count = it.entries.length;
  await it.did(both, renew);
  expect(it.entries.length, 'once').toBe(count);
});

test('an event under the old epoch changes nothing and raises an alarm', async () => {
  const it = await begun();
  const youssef = await it.opened(it.member('youssef'));
  await it.did(it.owner, out(it, 'youssef'));
  const { chain } = await it.opened(it.owner);
  const place: Place = { chain, day: it.day, directoryHash: it.directory.hash };
  const event = { kind: 'message', text: 'still here' } as const;
  const target = { compartment: talk, epoch: 1 };
  const key = youssef.keys.get(talk, 1)!;
  it.entries.push(await sealEvent(it.member('youssef'), place, target, event, key, youssef.share!, it.random));
  const { alarms, entries } = await it.opened(it.owner);
  expect(alarms).toMatchObject([{ seq: it.entries.length - 1, kind: 'rule_broken' }]);
  expect(entries.at(-1)).toMatchObject({ counts: false, event: undefined });
});

test('a disputed milestone is one no more, and its term runs anew', async () => {
  const it = await begun();
  await it.did(it.member('mieke'), async (addition) => {
    const key = addition.keys.get(talk, 1)!;
    const { share } = await it.opened(it.member('mieke'));
    const target = { compartment: talk, epoch: 1, milestone: Milestone.acknowledged };
    const event = { kind: 'message', text: 'Received.' } as const;
    return addition.take(await sealEvent(it.member('mieke'), addition.place, target, event, key, share!, it.random));
  });
  const seq = it.entries.length - 1;
  it.day = kToday + 3;
  await it.did(it.owner, (addition) => dispute(addition, seq, 'That was no answer.'));
  expect(it.access().milestones.acknowledgedDay).toBe(0);
  expect(it.access().milestones.clocks(it.directory.content.terms).acknowledge.dueDay).toBe(kToday + 10);
  expect(await it.texts(it.member('mieke'), talk)).toEqual(['before', 'Received.', 'That was no answer.']);
  expect(await it.act(it.owner, (addition) => dispute(addition, seq, 'Again.'))).toMatchObject({
    ok: false,
    error: { detail: 'dispute' },
  });
});

test('a withdrawn case opens to its skeleton, and nothing comes after', async () => {
  const it = await begun({ standIn: 'ruud' });
  await it.did(it.owner, withdraw);
  expect(it.access().withdrawn).toEqual({ day: kToday, seq: it.entries.length - 1 });
  for (const who of [it.owner, it.member('mieke')]) {
    const opened = await it.opened(who);
    expect(opened.access.withdrawn).toBeDefined();
    expect(opened.alarms).toEqual([]);
    expect(opened.entries.every(({ event, counts }) => event === undefined && counts)).toBe(true);
    expect(await it.texts(who, people)).toEqual([]);
  }
  for (const change of [withdraw, out(it, 'mieke')])
    expect((await it.act(it.owner, change)).ok, 'nothing after it').toBe(false);
});
