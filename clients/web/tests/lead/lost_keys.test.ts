// A renewal after somebody's key file was lost and their keys were replaced openly: what is written next is for the new
// ones alone. The twin of what tests/clients/core/lead/renewal_test.cpp says in C++.
import { expect, test } from 'vitest';

import { letIn, releaseSelf, revoke } from '../../core/lead/moves.ts';
import type { Identity } from '../../core/identity.ts';
import type { Compartment } from '../../generated/rules.ts';
import { LeadTest, people, story, summary, talk } from './fixture.ts';

const all = [story, people, talk, summary];
const reads = (it: LeadTest, name: string, compartments: readonly Compartment[]): Promise<void> =>
  it.did(it.owner, (addition, certificates) => letIn(addition, { people: [it.id(name)], compartments }, certificates));
const out = (it: LeadTest, name: string): Promise<void> =>
  it.did(it.owner, (addition, certificates) => revoke(addition, [it.id(name)], certificates));

async function begun(): Promise<LeadTest> {
  const it = await LeadTest.open({ standIn: 'ruud', itsOwn: true });
  await it.say(it.owner, 'before');
  return it;
}
// mieke, or whoever is named, renews, once, and whoever reads by these keys reads nothing that is said from then on.
async function expectAnew(it: LeadTest, lost: Identity, epochs: readonly Compartment[], first = 'mieke'): Promise<void> {
  expect(await it.renewed(first)).toMatchObject({ epochs });
  expect(await it.renewed(first), 'once').toMatchObject({ ownKey: false, epochs: [] });
  await it.say(it.member('mieke'), 'after');
  expect(await it.texts(it.owner, talk)).toEqual(['before', 'after']);
  expect(await it.texts(lost, talk, it.everything())).toEqual(['before']);
  expect(await it.renewed('mieke'), 'once').toMatchObject({ ownKey: false, epochs: [] });
  await it.expectNoAlarms('mieke');
}

test('what is written after a key file was lost is for the new keys alone', async () => {
  const it = await begun();
  const lost = it.member('youssef');
  await it.loseKeyFile('youssef');
  await expectAnew(it, lost, all);
});

test('a part that began anew since hides no lost key', async () => {
  const it = await begun();
  const lost = it.member('ruud');
  await reads(it, 'bram', [summary]);
  await it.loseKeyFile('ruud');
  await out(it, 'bram');
  await expectAnew(it, lost, [story, people, talk]);
});

test('who left and is in again with new keys leaves nothing to the lost ones', async () => {
  const it = await begun();
  const lost = it.member('youssef');
  await it.did(lost, releaseSelf);
  await it.loseKeyFile('youssef');
  await reads(it, 'youssef', all);
  await expectAnew(it, lost, all);
});

// Who seals all that they hold to their new keys does not forget that the lost ones opened it.
test('who is let in again with new keys and renews first leaves nothing to the lost ones', async () => {
  const it = await begun();
  const lost = it.member('youssef');
  await it.loseKeyFile('youssef');
  await reads(it, 'youssef', all);
  await expectAnew(it, lost, all, 'youssef');
  expect(await it.texts(it.member('youssef'), talk)).toEqual(['before', 'after']);
});

test('one’s own newer key gets what it has not yet, however much began anew', async () => {
  const it = await begun();
  await reads(it, 'bram', [summary]);
  it.rekey('mieke');
  await out(it, 'bram');
  expect(await it.renewed('mieke')).toMatchObject({ ownKey: true, epochs: [] });
  expect(await it.renewed('mieke'), 'once').toMatchObject({ ownKey: false, epochs: [] });
  expect(await it.texts(it.newestAlone.get('mieke')!, talk)).toEqual(['before']);
  await it.expectNoAlarms('youssef');
});
