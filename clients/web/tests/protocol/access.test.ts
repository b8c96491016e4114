// Who may do what, folded from headers alone.
import { expect, test } from 'vitest';

import { Milestone, type EntryKind } from '../../generated/rules.ts';
import { Access } from '../../core/protocol/access.ts';
import { MemberId } from '../../core/protocol/ids.ts';
import { AccessTest, identity, kEmptyUnknown, keys, kFirstDay, notes, story, talk } from './access_fixture.ts';

test('a member reads what was granted and nothing else', () => {
  const it = new AccessTest();
  expect(it.reads('mieke', story)).toBe(true);
  expect(it.reads('youssef', talk)).toBe(true);
  expect(it.reads('mieke', identity)).toBe(false);
  expect(it.reads('anouk', story)).toBe(false);
});

test('only the owner lets people in', () => {
  const it = new AccessTest();
  expect(it.by('mieke', it.grant('anouk', [story]))).toBe('grantor');
  it.ownerDid(it.grant('anouk', [story]));
  expect(it.reads('anouk', story)).toBe(true);
});

test('a grant ends after its last day', () => {
  const it = new AccessTest();
  it.ownerDid(it.grant('anouk', [story], { lastDay: kFirstDay + 10 }));
  it.day = kFirstDay + 10;
  expect(it.reads('anouk', story)).toBe(true);
  ++it.day;
  expect(it.reads('anouk', story)).toBe(false);
});

test('there is one holder', () => {
  const it = new AccessTest();
  expect(it.holder()).toBe('mieke');
  it.ownerDid(it.grant('anouk', [story], { holder: true }));
  expect(it.holder()).toBe('anouk');
  expect(it.access.grants[0]!.holder).toBe(false);
});

test('nobody is let in who is not in the directory', () => {
  const it = new AccessTest();
  expect(it.byOwner(it.grant('anouk', [story], { memberId: MemberId.zeros() }))).toBe('grantee');
});

test("an epoch that never began can't be granted", () => {
  const it = new AccessTest();
  expect(it.byOwner(it.grant('anouk', [story], { keys: keys([story, 2]) }))).toBe('grant keys');
  expect(it.byOwner(it.grant('anouk', [story], { keys: keys([notes, 1]) }))).toBe('grant keys');
});

test('the same grant twice is none', () => {
  const it = new AccessTest();
  expect(it.byOwner(it.grant('mieke', [story]))).toBe('grantee');
});

test("members talk, but the story is the reporter's", () => {
  const it = new AccessTest();
  it.did('mieke', it.talk());
  expect(it.by('mieke', it.event(story, 1))).toBe('compartment');
  expect(it.by('anouk', it.talk())).toBe('author');
});

test('only members set milestones and only the owner is urgent', () => {
  const it = new AccessTest();
  it.did('mieke', it.milestone(Milestone.acknowledged));
  expect(it.byOwner(it.milestone(Milestone.outcome))).toBe('milestone');
  expect(it.by('mieke', it.milestone(9 as Milestone))).toBe('newer version');
  it.ownerDid({ ...it.talk(), urgent: true });
  expect(it.by('mieke', { ...it.talk(), urgent: true })).toBe('urgent');
});

test('an old or unborn epoch is refused', () => {
  const it = new AccessTest();
  expect(it.byOwner(it.event(talk, 2))).toBe('epoch');
});

test('a dormant grant reads nothing yet', () => {
  const it = new AccessTest();
  it.ownerDid(it.standIn('ruud', 'mieke', [story], true));
  expect(it.reads('ruud', story)).toBe(false);
  expect(it.access.grants.length).toBe(3);
  expect(it.access.grants.at(-1)!.dormant).toBe(true);
});

test('a dormant grant stands in for somebody who is in', () => {
  const it = new AccessTest();
  expect(it.byOwner(it.standIn('ruud', 'anouk'))).toBe('dormant');
});

test('a case is opened once', () => {
  const it = new AccessTest();
  expect(it.take(it.opening())).toBe('opening');
});

test('nothing comes before the opening', () => {
  const it = new AccessTest();
  expect(Access.empty.admit(it.header(it.owner, it.talk()), it.directory)).toEqual({ ok: false, error: 'opening' });
});

test('a kind from the future is newer, not wrong', () => {
  const it = new AccessTest();
  const header = { ...it.header(it.owner, kEmptyUnknown), kind: 42 as EntryKind };
  expect(it.take(header)).toBe('newer version');
});

test('a breach leaves the case as it was', () => {
  const it = new AccessTest();
  const before = it.access;
  expect(it.by('mieke', it.revoke('youssef'))).toBe('grantor');
  expect(it.access).toBe(before);
});
