// Letting people in: each newcomer reads exactly what was granted, and nobody else lets anybody in.
import { expect, test } from 'vitest';

import { compare } from '../../core/crypto/bytes.ts';
import type { Addition, Certificates } from '../../core/lead/addition.ts';
import { delegate, letIn, releaseSelf, sayWhoIAm, takeBack, type LetIn } from '../../core/lead/moves.ts';
import { identity, kToday, LeadTest, people, story, summary, talk } from './fixture.ts';

const grant = (who: LetIn) => (addition: Addition, certificates: Certificates) => letIn(addition, who, certificates);

async function begun(): Promise<LeadTest> {
  const it = await LeadTest.open();
  await it.say(it.owner, 'before');
  return it;
}

test('a newcomer reads what was granted and nothing else', async () => {
  const it = await begun();
  await it.did(it.owner, grant({ people: [it.id('anouk')], compartments: [story] }));
  await it.say(it.owner, 'after');
  const anouk = it.member('anouk');
  expect(await it.texts(anouk, story)).toEqual(['The story.']);
  for (const log of [it.served(anouk), it.everything()]) {
    expect(await it.texts(anouk, talk, log)).toEqual([]);
    expect(await it.texts(anouk, people, log)).toEqual([]);
  }
  await it.expectNoAlarms('mieke', 'youssef', 'anouk');
});

test('a newcomer from now on reads nothing from before, whatever the gateway hands over', async () => {
  const it = await begun();
  await it.did(it.owner, grant({ people: [it.id('anouk')], compartments: [talk], fromNow: true }));
  await it.say(it.owner, 'after');
  expect(await it.texts(it.member('anouk'), talk, it.everything())).toEqual(['after']);
  expect(await it.texts(it.member('mieke'), talk)).toEqual(['before', 'after']);
  expect(await it.texts(it.owner, talk)).toEqual(['before', 'after']);
  await it.say(it.member('youssef'), 'and on');
  expect(await it.texts(it.member('anouk'), talk)).toEqual(['after', 'and on']);
  await it.expectNoAlarms('mieke', 'youssef', 'anouk');
  const again = await it.act(it.owner, grant({ people: [it.id('mieke')], compartments: [talk], fromNow: true }));
  expect(again).toMatchObject({ ok: false, error: { kind: 'refused' } });
});

test('a committee reads together but for the one left out', async () => {
  const it = await begun();
  await it.did(it.owner, grant({ people: [it.id('ilse'), it.id('tarik')], compartments: [talk] }));
  expect(await it.texts(it.member('ilse'), talk)).toEqual(['before']);
  expect(await it.texts(it.member('tarik'), talk)).toEqual(['before']);
  expect(await it.texts(it.member('bram'), talk, it.everything())).toEqual([]);
  expect(it.isIn('bram')).toBe(false);
});

test('a grant ends with its last day', async () => {
  const it = await begun();
  await it.did(it.owner, grant({ people: [it.id('anouk')], compartments: [talk], lastDay: kToday + 1 }));
  expect(await it.texts(it.member('anouk'), talk)).toEqual(['before']);
  it.day = kToday + 2;
  expect(it.isIn('anouk')).toBe(false);
});

test('who reads it all already is not let in twice', async () => {
  const it = await begun();
  const again = await it.act(it.owner, grant({ people: [it.id('youssef')], compartments: [talk] }));
  expect(again).toMatchObject({ ok: false, error: { kind: 'refused', code: 'forbidden', detail: 'grantee' } });
});

test('the lead moves to one person', async () => {
  const it = await begun();
  await it.did(it.owner, grant({ people: [it.id('youssef')], compartments: [talk], holder: true }));
  expect(it.holder()).toBe('youssef');
  const two = await it.act(
    it.owner,
    grant({ people: [it.id('ilse'), it.id('tarik')], compartments: [talk], holder: true }),
  );
  expect(two.ok).toBe(false);
});

test('a delegate lets in whom the owner named, to what the owner named, until it is taken back', async () => {
  const it = await begun();
  const ilse = grant({ people: [it.id('ilse')], compartments: [talk] });
  expect(await it.act(it.member('mieke'), ilse)).toMatchObject({ ok: false, error: { detail: 'grantor' } });
  await it.did(it.owner, (addition) =>
    delegate(addition, {
      delegateId: it.id('mieke'),
      people: [it.id('ilse'), it.id('tarik')].sort(compare),
      compartments: [talk, summary],
      lastDay: kToday + 7,
      ended: false,
      mayMoveHolder: false,
    }),
  );
  await it.did(it.member('mieke'), ilse);
  expect(await it.texts(it.member('ilse'), talk)).toEqual(['before']);
  const beyond = [
    { people: [it.id('bram')], compartments: [talk] },
    { people: [it.id('tarik')], compartments: [story] },
    { people: [it.id('tarik')], compartments: [talk], holder: true },
  ];
  for (const who of beyond)
    expect(await it.act(it.member('mieke'), grant(who))).toMatchObject({ ok: false, error: { detail: 'delegation' } });
  await it.did(it.owner, (addition) => takeBack(addition, it.id('mieke')));
  const tarik = grant({ people: [it.id('tarik')], compartments: [talk] });
  expect(await it.act(it.member('mieke'), tarik)).toMatchObject({ ok: false, error: { detail: 'grantor' } });
  await it.expectNoAlarms('mieke', 'youssef', 'ilse');
});

test('a stand-in reads when the adviser releases, with what the reporter gave them', async () => {
  const it = await begun();
  const ruud = { people: [it.id('ruud')], compartments: [story, talk], holder: true, standsInFor: it.id('mieke') };
  await it.did(it.owner, grant(ruud));
  expect(await it.texts(it.member('ruud'), talk)).toEqual([]);
  await it.did(it.member('mieke'), releaseSelf);
  expect(await it.texts(it.member('ruud'), talk)).toEqual(['before']);
  expect(await it.texts(it.member('ruud'), story)).toEqual(['The story.']);
  expect(await it.texts(it.member('ruud'), people, it.everything())).toEqual([]);
  expect(it.holder()).toBe('ruud');
  await it.expectNoAlarms('mieke', 'youssef', 'ruud');
});

test('nobody gives what they hold no key to', async () => {
  const it = await begun();
  const notHeld = await it.act(it.member('mieke'), grant({ people: [it.id('ilse')], compartments: [identity] }));
  expect(notHeld).toMatchObject({ ok: false, error: { kind: 'refused', code: 'not shared' } });
});

test('who the reporter is they say later, to one named person', async () => {
  const it = await begun();
  await it.did(it.owner, (addition, certificates) => sayWhoIAm(addition, it.id('youssef'), 'I am Sam.', certificates));
  expect(await it.texts(it.member('youssef'), identity)).toEqual(['I am Sam.']);
  expect(await it.texts(it.member('mieke'), identity, it.everything())).toEqual([]);
  await it.did(it.owner, (addition, certificates) => sayWhoIAm(addition, it.id('mieke'), '', certificates));
  expect(await it.texts(it.member('mieke'), identity)).toEqual(['I am Sam.']);
  await it.did(it.owner, (addition, certificates) => sayWhoIAm(addition, it.id('mieke'), 'Sam Vos.', certificates));
  expect(await it.texts(it.member('mieke'), identity)).toEqual(['I am Sam.', 'Sam Vos.']);
  expect(it.holder()).toBe('mieke');
  await it.expectNoAlarms('mieke', 'youssef');
});
