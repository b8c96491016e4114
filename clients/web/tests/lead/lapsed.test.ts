// Somebody's key ran out, by neglect or on purpose. Nobody is let in with it; and it keeps nobody in, and no word of
// the reporter's unsaid.
import { beforeEach, expect, test } from 'vitest';

import { kFrameBytes } from '../../generated/rules.ts';
import { fetchCertificates } from '../../core/certificates.ts';
import { Connection } from '../../core/connection.ts';
import { hurry } from '../../core/hurry.ts';
import type { Addition, Certificates } from '../../core/lead/addition.ts';
import { letIn, releaseSelf, revoke, type LetIn } from '../../core/lead/moves.ts';
import { readyNotes } from '../../core/lead/renewal.ts';
import { replace } from '../../core/lead/replace.ts';
import { Certificate } from '../../core/protocol/certificate.ts';
import { Gateway } from '../kit/gateway.ts';
import { identity, kToday, LeadTest, story, talk } from './fixture.ts';
import { startWrongly } from './wrong_epoch.ts';

const lapsed = { ok: false, error: { kind: 'refused', code: 'key lapsed' } };
const out = (it: LeadTest, name: string) => (addition: Addition, certificates: Certificates) =>
  revoke(addition, [it.id(name)], certificates);
const given = (it: LeadTest, who: LetIn) =>
  it.act(it.owner, (addition, certificates) => letIn(addition, who, certificates));

let it: LeadTest;
beforeEach(async () => {
  it = await LeadTest.open({ standIn: 'ruud' });
  it.organisation.keyUntil.clear();
});

test('it keeps nobody else in, of whoever reads or waits', async () => {
  it.runOut('youssef', 'ruud');
  await it.did(it.owner, out(it, 'mieke'));
  await it.say(it.owner, 'After.');
  expect(it.isIn('mieke')).toBe(false);
  expect(await it.texts(it.member('youssef'), talk)).toEqual(['After.']);
  await it.expectNoAlarms('youssef');
});

test('another comes in place of one all the same, and is who has to have a key', async () => {
  it.runOut('youssef', 'ilse');
  const instead = (name: string) => (addition: Addition, certificates: Certificates) =>
    replace(addition, it.id('mieke'), it.id(name), certificates);
  expect(await it.act(it.owner, instead('ilse'))).toMatchObject(lapsed);
  expect(it.isIn('mieke')).toBe(true);
  await it.did(it.owner, instead('anouk'));
  expect(it.isIn('mieke')).toBe(false);
});

test('who was shut out writes on', async () => {
  await startWrongly(it, [talk]);
  it.runOut('mieke', 'youssef', 'ruud');
  await it.say(it.owner, 'Still mine.');
  expect(await it.texts(it.member('youssef'), talk)).toEqual(['Still mine.']);
});

test('it holds up no new epoch, not even of their own', async () => {
  await it.did(it.member('mieke'), readyNotes);
  it.runOut('mieke', 'ruud');
  await it.did(it.member('youssef'), releaseSelf);
  const renewed = await it.renewed('mieke');
  expect(renewed).toMatchObject({ ownKey: false, epochs: expect.arrayContaining([talk]) });
});

test('nobody is let in with it, and who is in gets no more', async () => {
  it.runOut('ilse', 'youssef');
  const people = [it.id('ilse')];
  for (const fromNow of [false, true])
    expect(await given(it, { people, compartments: [story, talk], fromNow })).toMatchObject(lapsed);
  expect(await given(it, { people, compartments: [talk], standsInFor: it.id('mieke') })).toMatchObject(lapsed);
  expect(await given(it, { people: [it.id('youssef')], compartments: [identity] })).toMatchObject(lapsed);
});

test('a certificate that lapsed is one of its first day on, and for no longer than allowed', async () => {
  it.runOut('mieke');
  const bytes = await it.organisation.certificate(it.organisation.colleague('mieke'));
  const on = async (day: number, evenLapsed?: boolean) => (await Certificate.parse(bytes, it.directory, day, evenLapsed)).ok;
  expect(await on(kToday)).toBe(true);
  expect(await on(kToday + 1)).toBe(false);
  expect(await on(kToday + 1, true)).toBe(true);
  expect(await on(kToday - 1, true)).toBe(false);
});

test('whose it is, is said', async () => {
  const gateway = new Gateway(it.organisation);
  it.runOut('mieke');
  ++gateway.day;
  const connection = new Connection(it.organisation.service, kFrameBytes);
  const { stop } = hurry(connection, gateway);
  await connection.greet();
  const ids = [it.id('youssef'), it.id('mieke')];
  expect(await fetchCertificates(connection, ids)).toMatchObject({ ok: false, error: { kind: 'refused', detail: 'mieke' } });
  stop();
});
