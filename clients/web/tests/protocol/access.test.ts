// Who may do what, folded from headers alone.
import { expect, test } from 'vitest';

import { kMembersPerCaseMax, Milestone, Role, type EntryKind } from '../../generated/rules.ts';
import { Access } from '../../core/protocol/access.ts';
import { Handle, MemberId } from '../../core/protocol/ids.ts';
import { kWithCommittee, Organisation } from '../kit/organisation.ts';
import {
  AccessTest,
  identity,
  kEmptyUnknown,
  keys,
  kFirstDay,
  notes,
  people,
  story,
  summary,
  talk,
} from './access_fixture.ts';

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

test("members talk, but story and summary are the reporter's", () => {
  const it = new AccessTest();
  it.did('mieke', it.talk());
  for (const compartment of [story, people, summary])
    expect(it.by('mieke', it.event(compartment, 1))).toBe('compartment');
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

test('a case has room for so many, and for nobody more', async () => {
  const extras = Array.from({ length: kMembersPerCaseMax }, (_, i) => `extra ${i}`);
  const crowd = new Organisation('crowd', kFirstDay, [
    ...kWithCommittee,
    ...extras.map((name) => [name, Role.adviser] as const),
  ]);
  const it = new AccessTest(crowd, await crowd.directory());
  const [last, ...others] = extras.slice(1); // with mieke and youssef, one of these too many
  for (const name of others) it.ownerDid(it.grant(name, [story], name === 'extra 5' ? { lastDay: kFirstDay } : {}));
  expect(it.byOwner(it.grant(last!, [story]))).toBe('crowded');
  expect(it.byOwner(it.standIn(last!, 'mieke')), 'nor waiting').toBe('crowded');
  it.ownerDid(it.delegate('mieke', [last!], [story], kFirstDay + 9));
  expect(it.by('mieke', it.grant(last!, [story])), 'nor let in by a delegate').toBe('crowded');
  it.ownerDid(it.grant('mieke', [identity])); // who is in takes no more room
  it.day = kFirstDay + 1; // the last day of one has passed
  it.did('mieke', it.grant(last!, [story]));
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

test('nobody opens a case under another one’s handle', () => {
  const it = new AccessTest();
  const opening = { ...it.opening(), seq: 0, handle: Handle.zeros() };
  expect(Access.empty.admit(opening, it.directory)).toEqual({ ok: false, error: 'author' });
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
