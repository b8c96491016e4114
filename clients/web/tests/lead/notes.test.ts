// Notes: an epoch of the holder's own, begun before the first note, begun anew when somebody is out, and shared with
// who stands in. The twin of what tests/clients/core/lead says in C++.
import { expect, test } from 'vitest';
import { Compartment } from '../../generated/rules.ts';
import { letIn, releaseSelf, revoke } from '../../core/lead/moves.ts';
import { readyNotes, renew, type Renewed } from '../../core/lead/renewal.ts';
import type { Act } from '../../core/lead/act.ts';
import { LeadTest, notes, talk } from './fixture.ts';

const note = (text: string): Act => (addition) => addition.tell(Compartment.notes, { kind: 'note', text });
// As the desk does.
async function noted(it: LeadTest, name: string, text: string): Promise<void> {
  await it.did(it.member(name), readyNotes);
  await it.did(it.member(name), note(text));
}
const waits = (it: LeadTest, name: string, standsInFor: string): Promise<void> =>
  it.did(it.owner, (addition, certificates) =>
    letIn(addition, { people: [it.id(name)], compartments: [talk], standsInFor: it.id(standsInFor) }, certificates),
  );
const newest = (it: LeadTest): number => it.access().newestEpoch(notes)!.number;

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

test('after a take-over, who was late reads none of the new lead’s notes', async () => {
  const it = await LeadTest.open({ standIn: 'ruud' });
  await noted(it, 'mieke', 'a note');
  it.day += 8;
  await it.takeOver('ruud');
  await noted(it, 'ruud', 'mine now');
  expect(await it.texts(it.member('ruud'), notes)).toEqual(['a note', 'mine now']);
  for (const log of [undefined, it.everything()]) expect(await it.texts(it.member('mieke'), notes, log)).toEqual(['a note']);
  await noted(it, 'ruud', 'more');
  expect(newest(it), 'once').toBe(2);
  await it.expectNoAlarms('mieke', 'ruud');
});

test('a renewal after a take-over begins the notes anew, once', async () => {
  const it = await LeadTest.open({ standIn: 'ruud' });
  await noted(it, 'mieke', 'a note');
  it.day += 8;
  await it.takeOver('ruud');
  expect(await it.renewed('ruud')).toMatchObject({ notes: true });
  expect(await it.renewed('ruud')).toMatchObject({ notes: false, standIns: false });
});

test('who leads again writes for nobody who led meanwhile', async () => {
  const it = await LeadTest.open({ standIn: 'ruud' });
  await noted(it, 'mieke', 'a note');
  it.day += 8;
  await it.takeOver('ruud'); // and writes none
  await it.did(it.owner, (addition, certificates) =>
    letIn(addition, { people: [it.id('mieke')], compartments: [talk], holder: true }, certificates),
  );
  await noted(it, 'mieke', 'mine again');
  expect(await it.texts(it.member('mieke'), notes)).toEqual(['a note', 'mine again']);
  expect(await it.texts(it.member('ruud'), notes, it.everything())).toEqual(['a note']);
});

test('who was late and stands in now reads no notes before they are needed', async () => {
  const it = await LeadTest.open({ standIn: 'ruud' });
  it.day += 8;
  await it.takeOver('ruud');
  await waits(it, 'mieke', 'ruud');
  await noted(it, 'ruud', 'a note');
  await noted(it, 'ruud', 'another');
  expect(newest(it)).toBe(1);
  expect(await it.texts(it.member('mieke'), notes)).toEqual([]);
  await it.did(it.member('ruud'), releaseSelf);
  expect(await it.texts(it.member('mieke'), notes)).toEqual(['a note', 'another']);
  await it.expectNoAlarms('mieke');
});

test('after a key file was lost, notes are for the new keys alone', async () => {
  const it = await LeadTest.open({ standIn: 'ruud', itsOwn: true });
  await noted(it, 'mieke', 'a note');
  const withTheLostFile = it.member('ruud');
  await it.loseKeyFile('ruud');
  await noted(it, 'mieke', 'after');
  expect(await it.texts(withTheLostFile, notes, it.everything())).toEqual(['a note']);
  const due = { notes: false, standIns: false };
  expect(await it.renewed('mieke'), 'what was before is not for a key that is new').toMatchObject(due);
  await it.did(it.member('mieke'), releaseSelf);
  expect(await it.texts(it.member('ruud'), notes)).toEqual(['after']);
});

test('a renewal after a loss begins the notes anew, once', async () => {
  const it = await LeadTest.open({ standIn: 'ruud', itsOwn: true });
  await noted(it, 'mieke', 'a note');
  await it.loseKeyFile('ruud');
  expect(await it.renewed('mieke')).toMatchObject({ notes: true });
  expect(await it.renewed('mieke')).toMatchObject({ epochs: [], notes: false, standIns: false });
});

test('notes of before are for a new key once the reporter chose it knowing', async () => {
  const it = await LeadTest.open({ itsOwn: true });
  await noted(it, 'mieke', 'a note');
  await waits(it, 'ruud', 'mieke');
  await it.loseKeyFile('ruud');
  expect(await it.renewed('mieke')).toMatchObject({ standIns: false });
  await waits(it, 'ruud', 'mieke');
  expect(await it.renewed('mieke')).toMatchObject({ standIns: true });
  expect(await it.renewed('mieke'), 'once').toMatchObject({ standIns: false });
  await it.did(it.member('mieke'), releaseSelf);
  expect(await it.texts(it.member('ruud'), notes)).toEqual(['a note']);
});
