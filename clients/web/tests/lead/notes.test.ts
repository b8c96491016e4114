// Notes: an epoch of the holder's own, begun before the first note, begun anew when somebody is out, and shared with who
// stands in. The twin of what tests/clients/core/lead says in C++.
import { expect, test } from 'vitest';
import { Compartment } from '../../generated/rules.ts';
import { letIn, releaseSelf, revoke } from '../../core/lead/moves.ts';
import { readyNotes, renew, type Renewed } from '../../core/lead/renewal.ts';
import type { Act } from '../../core/lead/act.ts';
import { LeadTest, notes, talk } from './fixture.ts';

const note = (text: string): Act => (addition) => addition.tell(Compartment.notes, { kind: 'note', text });

test('the holder’s first note needs an epoch, which is begun once', async () => {
  const it = await LeadTest.open();
  const mieke = it.member('mieke');
  expect((await it.act(mieke, note('too early'))).ok).toBe(false);
  await it.did(mieke, readyNotes);
  await it.did(mieke, note('first'));
  const before = it.entries.length;
  await it.did(mieke, readyNotes);
  expect(it.entries.length, 'nothing to do').toBe(before);
  expect(await it.texts(mieke, notes)).toEqual(['first']);
  expect(await it.texts(it.owner, notes, it.everything()), 'the reporter never reads notes').toEqual([]);
  expect(await it.texts(it.member('youssef'), notes, it.everything())).toEqual([]);
});

test('whoever does not lead begins none', async () => {
  const it = await LeadTest.open();
  const refused = await it.act(it.member('youssef'), readyNotes);
  expect(refused.ok ? '' : refused.error.code).toBe('forbidden');
});

test('who stands in reads the notes once awake, those of before they came included', async () => {
  const it = await LeadTest.open();
  const mieke = it.member('mieke');
  await it.did(mieke, readyNotes);
  await it.did(mieke, note('before'));
  await it.did(it.owner, (addition, certificates) => {
    const who = { people: [it.id('ruud')], compartments: [Compartment.story, talk], standsInFor: it.id('mieke'), holder: true };
    return letIn(addition, who, certificates);
  });
  let renewed: Renewed | undefined;
  await it.did(mieke, async (addition, certificates) => {
    const done = await renew(addition, certificates);
    if (done.ok) renewed = done.value;
    return done;
  });
  expect(renewed).toMatchObject({ notes: false, standIns: true });
  expect(await it.texts(it.member('ruud'), notes), 'not before they are needed').toEqual([]);
  await it.did(mieke, releaseSelf);
  expect(await it.texts(it.member('ruud'), notes)).toEqual(['before']);
  await it.expectNoAlarms('ruud');
});

test('notes begin anew once the days of somebody who had them are over', async () => {
  const it = await LeadTest.open();
  await it.did(it.owner, (addition, certificates) => {
    const who = { people: [it.id('bram')], compartments: [talk], lastDay: it.day + 1, standsInFor: it.id('mieke') };
    return letIn(addition, who, certificates);
  });
  const mieke = it.member('mieke');
  for (const number of [1, 1, 2]) {
    if (number === 2) it.day += 2;
    await it.did(mieke, readyNotes);
    await it.did(mieke, note('a note'));
    expect(it.access().newestEpoch(notes)!.number).toBe(number);
  }
});

test('a holder who is replaced leaves no key to later notes', async () => {
  const it = await LeadTest.open();
  await it.did(it.member('mieke'), readyNotes);
  await it.did(it.member('mieke'), note('mine'));
  await it.did(it.owner, (addition, certificates) => revoke(addition, [it.id('mieke')], certificates));
  await it.did(it.owner, (addition, certificates) => {
    const who = { people: [it.id('anouk')], compartments: [Compartment.story, talk], holder: true };
    return letIn(addition, who, certificates);
  });
  const anouk = it.member('anouk');
  await it.did(anouk, readyNotes);
  await it.did(anouk, note('hers'));
  expect(await it.texts(it.member('mieke'), notes, it.everything())).toEqual(['mine']);
  expect(await it.texts(anouk, notes, it.everything())).toEqual(['hers']);
});
