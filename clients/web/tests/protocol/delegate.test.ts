// Letting somebody else let people in.
import { expect, test } from 'vitest';

import { ReleaseCause, type Compartment } from '../../generated/rules.ts';
import { MemberId } from '../../core/protocol/ids.ts';
import { AccessTest, identity, keys, kFirstDay, notes, sheet, story, summary, talk } from './access_fixture.ts';

const kLastDay = kFirstDay + 10;

// Mieke may let ilse and tarik into story and summary, for ten days.
function delegated(): AccessTest {
  const it = new AccessTest();
  it.ownerDid(it.delegate('mieke', ['ilse', 'tarik'], [story, summary], kLastDay));
  return it;
}

test('the delegate lets in whom the owner named', () => {
  const it = delegated();
  it.did('mieke', it.grant('ilse', [story]));
  expect(it.reads('ilse', story)).toBe(true);
  expect(it.access.grants.at(-1)!.byDelegate).toEqual(it.id('mieke'));
});

test("without the owner's consent nobody lets anybody in", () => {
  const before = new AccessTest();
  expect(before.by('mieke', before.grant('ilse', [story]))).toBe('grantor');
  const it = delegated();
  expect(it.by('youssef', it.grant('ilse', [story]))).toBe('grantor');
  expect(it.by('ilse', it.grant('ilse', [story]))).toBe('author');
});

test('beyond its people, compartments or days is a breach', () => {
  const it = delegated();
  expect(it.by('mieke', it.grant('bram', [story]))).toBe('delegation');
  expect(it.by('mieke', it.grant('ilse', [talk]))).toBe('delegation');
  expect(it.by('mieke', it.grant('ilse', [story, talk]))).toBe('delegation');
  it.day = kLastDay + 1;
  expect(it.by('mieke', it.grant('ilse', [story]))).toBe('delegation');
});

test('two delegations do not add up to a third', () => {
  const it = delegated();
  it.ownerDid(it.delegate('mieke', ['bram'], [talk], kLastDay));
  expect(it.by('mieke', it.grant('bram', [story]))).toBe('delegation');
  it.did('mieke', it.grant('bram', [talk]));
});

test('one who is not named spoils the whole grant', () => {
  const it = delegated();
  const ilse = it.grant('ilse', [story]);
  const both = { ...ilse, members: [...ilse.members, ...it.grant('bram', [story]).members] };
  expect(it.by('mieke', both)).toBe('delegation');
  expect(it.isIn('ilse')).toBe(false);
});

test('only epochs that the delegate holds', () => {
  const it = new AccessTest();
  it.ownerDid(it.revoke('mieke'));
  it.ownerDid(it.grant('mieke', [story]));
  it.ownerDid(it.delegate('mieke', ['ilse'], [story, talk], kLastDay));
  expect(it.by('mieke', it.grant('ilse', [story], { keys: keys([story, 1]) }))).toBe('grant keys');
  expect(it.by('mieke', it.grant('ilse', [talk]))).toBe('grant keys');
});

test('identity, notes and sheets are never delegated', () => {
  const it = new AccessTest();
  for (const compartment of [identity, notes, sheet, 8 as Compartment])
    expect(it.byOwner(it.delegate('mieke', ['ilse'], [compartment], kLastDay))).toBe('delegation');
});

test('the mark moves only if the owner said so', () => {
  const it = delegated();
  const marked = it.grant('ilse', [story], { holder: true });
  expect(it.by('mieke', marked)).toBe('delegation');
  it.ownerDid({ ...it.delegate('mieke', ['ilse'], [story], kLastDay), mayMoveHolder: true });
  it.did('mieke', marked);
  expect(it.holder()).toBe('ilse');
});

test('a delegate makes no stand-ins and no delegates', () => {
  const it = delegated();
  expect(it.by('mieke', it.standIn('ilse', 'mieke', [story]))).toBe('notes');
  expect(it.by('mieke', it.delegate('youssef', ['ilse'], [story], kLastDay))).toBe('grantor');
  it.did('mieke', it.grant('ilse', [story]));
  expect(it.by('ilse', it.grant('tarik', [story])), 'it is not passed on').toBe('grantor');
});

test('taken back it is gone whole', () => {
  const it = delegated();
  it.ownerDid(it.delegate('mieke', ['bram'], [talk], kLastDay));
  it.ownerDid(it.takeBack('mieke'));
  expect(it.access.delegations).toEqual([]);
  expect(it.by('mieke', it.grant('ilse', [story]))).toBe('grantor');
  expect(it.byOwner(it.takeBack('mieke'))).toBe('delegation');
});

test('it ends when the delegate is revoked or released', () => {
  const it = delegated();
  it.ownerDid(it.delegate('youssef', ['ilse'], [story], kLastDay));
  it.ownerDid(it.revoke('youssef'));
  it.ownerDid(it.grant('youssef', [story]));
  expect(it.by('youssef', it.grant('ilse', [story]))).toBe('grantor');
  it.did('mieke', it.release('mieke', ReleaseCause.own));
  it.ownerDid(it.grant('mieke', [story]));
  expect(it.by('mieke', it.grant('ilse', [story]))).toBe('grantor');
});

test("it ends when the delegate's grant runs out and does not come back", () => {
  const it = new AccessTest();
  it.ownerDid(it.grant('anouk', [story], { lastDay: kFirstDay + 1 }));
  it.ownerDid(it.delegate('anouk', ['ilse'], [story], kLastDay));
  it.day = kFirstDay + 2;
  expect(it.by('anouk', it.grant('ilse', [story]))).toBe('author');
  it.ownerDid(it.grant('anouk', [story]));
  expect(it.by('anouk', it.grant('ilse', [story]))).toBe('grantor');
});

test("who was revoked is no delegate's to let in again", () => {
  const it = delegated();
  it.did('mieke', it.grant('ilse', [story]));
  it.ownerDid(it.revoke('ilse'));
  expect(it.by('mieke', it.grant('ilse', [story]))).toBe('delegation');
  it.did('mieke', it.grant('tarik', [story]));
});

test('only somebody who is in, for people there are, until a day that is not over', () => {
  const it = new AccessTest();
  expect(it.byOwner(it.delegate('anouk', ['ilse'], [story], kLastDay))).toBe('delegation');
  expect(it.byOwner(it.delegate('mieke', ['mieke'], [story], kLastDay))).toBe('delegation');
  expect(it.byOwner(it.delegate('mieke', ['ilse'], [story], kFirstDay - 1))).toBe('delegation');
  const nobody = { ...it.delegate('mieke', ['ilse'], [story], kLastDay), people: [MemberId.zeros()] };
  expect(it.byOwner(nobody)).toBe('delegation');
});
