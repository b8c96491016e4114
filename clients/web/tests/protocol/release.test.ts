// Stand-ins, terms, disputes, and the end of a case.
import { expect, test } from 'vitest';

import { kAcknowledgeDays, kFeedbackMonths, kRetentionDays, Milestone, ReleaseCause } from '../../generated/rules.ts';
import { addMonths } from '../../core/protocol/calendar.ts';
import { Directory } from '../../core/protocol/directory.ts';
import type { Fields } from '../../core/protocol/entry.ts';
import { AccessTest, kEmptyUnknown, kFirstDay, story, talk } from './access_fixture.ts';

const { own, deadline } = ReleaseCause;
const kTerms = new AccessTest().directory.content.terms;
const kWithdraw: Fields = { kind: 'withdraw' };

// Ruud stands in for mieke, and brings the mark along.
function withStandIn(marked = true): AccessTest {
  const it = new AccessTest();
  it.ownerDid(it.standIn('ruud', 'mieke', [story, talk], marked));
  return it;
}

test('the terms here are those of the law', () => {
  expect(kTerms).toMatchObject({
    acknowledgeDays: kAcknowledgeDays,
    feedbackMonths: kFeedbackMonths,
    retentionDays: kRetentionDays,
  });
});

test('who releases is out and the stand-in takes over', () => {
  const it = withStandIn();
  expect(it.isIn('ruud')).toBe(false);
  it.did('mieke', it.release('mieke', own));
  expect(it.isIn('mieke')).toBe(false);
  expect(it.reads('ruud', story)).toBe(true);
  expect(it.holder()).toBe('ruud');
  expect(it.access.endedGrants[0]!.why).toBe('released');
  it.did('ruud', it.talk());
});

test('nobody releases somebody else', () => {
  const it = withStandIn();
  expect(it.by('youssef', it.release('mieke', own))).toBe('release');
  expect(it.by('ruud', it.release('mieke', own))).toBe('author');
  expect(it.byOwner(it.release('mieke', own))).toBe('author');
});

test('before a term is missed the stand-in waits', () => {
  const it = withStandIn();
  it.day = kFirstDay + 7;
  expect(it.by('ruud', it.release('mieke', deadline))).toBe('release');
  expect(it.access.overdueFor(it.id('ruud'), kTerms, it.day)).toBeUndefined();
});

test('a missed acknowledgement wakes the stand-in and the adviser stays in', () => {
  const it = withStandIn();
  it.day = kFirstDay + 8;
  expect(it.access.overdueFor(it.id('ruud'), kTerms, it.day)).toEqual(it.id('mieke'));
  it.did('ruud', it.release('mieke', deadline));
  expect(it.isIn('mieke')).toBe(true);
  expect(it.isIn('ruud')).toBe(true);
  expect(it.holder()).toBe('ruud');
  expect(it.access.grants.at(-1)!.wokenDay).toBe(it.day);
});

test('a colleague may wake the stand-in, too', () => {
  const it = withStandIn(false);
  it.day = kFirstDay + 8;
  it.did('youssef', it.release('mieke', deadline));
  expect(it.isIn('ruud')).toBe(true);
  expect(it.holder(), 'a stand-in without the mark takes none').toBe('mieke');
});

test('a stranger or the late one themself does not', () => {
  const it = withStandIn();
  it.day = kFirstDay + 8;
  expect(it.by('anouk', it.release('mieke', deadline))).toBe('author');
  expect(it.by('mieke', it.release('mieke', deadline))).toBe('release');
  expect(it.by('ruud', it.release('youssef', deadline))).toBe('author');
  expect(it.by('mieke', it.release('youssef', deadline))).toBe('release');
});

test('once answered the feedback term counts', () => {
  const it = withStandIn();
  it.did('mieke', it.milestone(Milestone.acknowledged));
  it.day = addMonths(kFirstDay, 3);
  expect(it.by('ruud', it.release('mieke', deadline))).toBe('release');
  ++it.day;
  it.did('ruud', it.release('mieke', deadline));
});

test('a cause from the future is newer, not wrong', () => {
  const it = new AccessTest();
  expect(it.by('mieke', it.release('mieke', 9 as ReleaseCause))).toBe('newer version');
});

test('the mark of somebody else stays theirs', () => {
  const it = new AccessTest();
  it.ownerDid(it.standIn('ruud', 'youssef', [story, talk], true));
  it.did('youssef', it.release('youssef', own));
  expect(it.isIn('ruud')).toBe(true);
  expect(it.holder()).toBe('mieke');
  expect(it.access.grants.at(-1)!.holder).toBe(false);
});

test('longer terms of a later directory undo no release', async () => {
  const it = withStandIn();
  it.day = kFirstDay + 8;
  const header = it.header(it.key('ruud'), it.release('mieke', deadline));
  const content = it.organisation.content();
  const longer = {
    ...content,
    version: 2,
    previousHashes: [it.directory.hash],
    terms: { ...content.terms, acknowledgeDays: 30 },
  };
  const later = await Directory.parse(await it.organisation.sign(longer), it.organisation.service);
  if (!later.ok) throw new Error(later.error);
  expect(it.admit(header, later.value).ok).toBe(true);
});

test('a disputed milestone starts its term anew from that day', () => {
  const it = new AccessTest();
  it.did('mieke', it.milestone(Milestone.acknowledged));
  it.day = kFirstDay + 20;
  const no = { ...it.talk(), dispute: it.access.milestones.all[0]!.seq };
  it.ownerDid(no);
  const { milestones } = it.access;
  expect(milestones.acknowledgedDay).toBe(0);
  expect(milestones.clocks(kTerms).acknowledge.dueDay).toBe(kFirstDay + 27);
  expect(milestones.clocks(kTerms).feedback.dueDay, 'feedback is not put off by it').toBe(addMonths(kFirstDay + 7, 3));
  expect(milestones.all[0]!.disputedDay).toBe(kFirstDay + 20);
  expect(milestones.missed(kTerms, kFirstDay + 28)).toBe(true);
  it.did('mieke', it.milestone(Milestone.acknowledged));
  expect(it.access.milestones.missed(kTerms, kFirstDay + 28)).toBe(false);
  expect(it.byOwner(no), 'once').toBe('dispute');
});

test('a disputed outcome reopens what it met', () => {
  const it = new AccessTest();
  it.did('mieke', it.milestone(Milestone.acknowledged));
  it.did('mieke', it.milestone(Milestone.outcome));
  it.day = kFirstDay + 40;
  it.ownerDid({ ...it.talk(), dispute: it.access.milestones.all[1]!.seq });
  const { milestones } = it.access;
  expect(milestones.outcomeDay).toBe(0);
  expect(milestones.feedbackDay).toBe(0);
  expect(milestones.acknowledgedDay).toBe(kFirstDay);
  expect(milestones.clocks(kTerms).feedback.dueDay).toBe(addMonths(kFirstDay + 40, 3));
});

test('only the owner disputes, in talk, and only a milestone', () => {
  const it = new AccessTest();
  it.did('mieke', it.milestone(Milestone.acknowledged));
  const no = { ...it.talk(), dispute: it.access.milestones.all[0]!.seq };
  expect(it.by('mieke', no)).toBe('dispute');
  expect(it.byOwner({ ...no, compartment: story })).toBe('dispute');
  expect(it.byOwner({ ...no, dispute: 1 })).toBe('dispute');
});

test('nothing comes after a withdrawal', () => {
  const it = new AccessTest();
  it.ownerDid(it.standIn('ruud', 'mieke'));
  const all: Fields[] = [
    it.talk(),
    it.grant('anouk', [talk]),
    it.revoke('mieke'),
    it.delegate('mieke', ['ilse'], [story], kFirstDay + 10),
    it.release('mieke', own),
    it.release('mieke', deadline),
    it.keepAlive(talk),
    it.notes('mieke'),
    kWithdraw,
    kEmptyUnknown,
  ];
  it.ownerDid(kWithdraw);
  expect(it.access.withdrawn).toEqual({ day: kFirstDay, seq: it.seqOfLast() });
  it.day = kFirstDay + 8;
  for (const fields of all) {
    expect(it.byOwner(fields)).toBe('withdrawn');
    expect(it.by('mieke', fields)).toBe('withdrawn');
    expect(it.by('ruud', fields)).toBe('withdrawn');
  }
  expect(it.take({ ...it.opening(), seq: 0 })).toBe('withdrawn');
  expect(it.access.overdueFor(it.id('ruud'), kTerms, it.day)).toBeUndefined();
});

test('only the owner withdraws', () => {
  const it = new AccessTest();
  expect(it.by('mieke', kWithdraw)).toBe('author');
  expect(it.by('anouk', kWithdraw)).toBe('author');
});

test('a word in the payload is not part of it', () => {
  const it = new AccessTest();
  const delegate = it.delegate('mieke', ['ilse'], [story], kFirstDay + 10);
  for (const fields of [kWithdraw, delegate]) expect(it.take(it.header(it.owner, fields, 1))).toBe('payload');
  expect(it.take(it.header(it.key('mieke'), it.release('mieke', own), 1))).toBe('payload');
});
