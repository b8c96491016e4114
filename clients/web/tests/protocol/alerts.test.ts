// What follows from a missed term: the twin of tests/protocol/alerts_test.cpp.
import { expect, test } from 'vitest';

import { alertsOf, further, unitOf } from '../../core/protocol/alerts.ts';
import { Access } from '../../core/protocol/access.ts';
import { addMonths, clocks, dayOfWeek, isoDate, overdue, worksOn } from '../../core/protocol/calendar.ts';
import { equal } from '../../core/crypto/bytes.ts';
import type { Directory, Terms } from '../../core/protocol/directory.ts';
import type { MemberId } from '../../core/protocol/ids.ts';
import { kAcknowledgeDays, kFurtherDays, LegalClock, Milestone, ReleaseCause } from '../../generated/rules.ts';
import { personNamed } from '../kit/named.ts';
import { AccessTest, kFirstDay, summary, talk } from './access_fixture.ts';

const kDue = kFirstDay + kAcknowledgeDays;
const terms = (it: AccessTest, furtherDays = kFurtherDays): Terms => ({ ...it.directory.content.terms, furtherDays });

test('an alert is raised the day after the term and goes further after the organisation’s own', () => {
  const it = new AccessTest();
  expect(alertsOf(it.access, terms(it, 3), kDue)).toEqual([]);
  const [alert] = alertsOf(it.access, terms(it, 3), kDue + 1);
  expect(alert).toEqual({ clock: LegalClock.acknowledge, dueDay: kDue, furtherDay: kDue + 4, metDay: 0 });
  expect(further(alert!, kDue + 3)).toBe(false);
  expect(further(alert!, kDue + 4)).toBe(true);
  expect(alertsOf(it.access, terms(it, 0), kDue + 1)[0]!.furtherDay).toBe(kDue + kFurtherDays + 1);
});

test('a term that was met late stays told, and one that was met in time is none', () => {
  const late = new AccessTest();
  late.day = kDue + 5;
  late.did('mieke', late.milestone(Milestone.acknowledged));
  const [alert] = alertsOf(late.access, terms(late), kDue + 90);
  expect(alert!.metDay).toBe(kDue + 5);
  expect(further(alert!, kDue + 90), 'it was met before it went further').toBe(false);
  const inTime = new AccessTest();
  inTime.day = kDue;
  inTime.did('mieke', inTime.milestone(Milestone.feedback));
  expect(alertsOf(inTime.access, terms(inTime), kDue + 400)).toEqual([]);
});

test('both terms may be missed; a dispute starts one anew; a withdrawn case has none', () => {
  const it = new AccessTest();
  const both = alertsOf(it.access, terms(it), kFirstDay + 400);
  expect(both.map(({ clock }) => clock)).toEqual([LegalClock.acknowledge, LegalClock.feedback]);
  expect(both[1]!.dueDay).toBe(addMonths(kDue, terms(it).feedbackMonths));
  it.day = kDue;
  it.did('mieke', it.milestone(Milestone.acknowledged));
  it.day = kDue + 2;
  it.ownerDid({ ...it.talk(), dispute: it.access.milestones.all[0]!.seq });
  expect(alertsOf(it.access, terms(it), kDue + 2 + kAcknowledgeDays)).toEqual([]);
  expect(alertsOf(it.access, terms(it), kDue + 3 + kAcknowledgeDays)).toHaveLength(1);
  it.ownerDid({ kind: 'withdraw' });
  expect(alertsOf(it.access, terms(it), kDue + 400)).toEqual([]);
});

test('an alert is of the unit of who leads, or was let in first', () => {
  const it = new AccessTest();
  const { unitId } = personNamed(it.directory, 'mieke');
  expect(unitOf(it.access, it.directory, kFirstDay)).toBe(unitId);
  expect(unitOf(Access.empty, it.directory, kFirstDay)).toBe(0);
});

test('an alert is of the unit of whose lead ran out, though nobody revoked them', () => {
  const it = new AccessTest();
  const grant = it.grant('anouk', [talk]);
  const [member] = grant.members;
  it.ownerDid({ ...grant, members: [{ ...member!, holder: true, lastDay: kFirstDay + 5 }] });
  const { unitId } = personNamed(it.directory, 'anouk');
  const people = it.directory.content.people.map((person) =>
    person.name === 'anouk' ? { ...person, unitId: unitId + 1 } : person,
  );
  const directory = { person: (id: MemberId) => people.find(({ memberId }) => equal(memberId, id)) } as Directory;
  expect(unitOf(it.access, directory, kFirstDay + 6), 'nobody leads; anouk was the last').toBe(unitId + 1);
});

test('a term beyond all days never passes', () => {
  const { acknowledge } = clocks(terms(new AccessTest()), 0xffff_ffff, 0, 0);
  expect(overdue(acknowledge, 0xffff_ffff)).toBe(false);
  expect(acknowledge.dueDay).toBe(0xffff_ffff);
  expect(isoDate(addMonths(0, 0xffff_ffff))).toBe('2970-01-01');
});

test('who recuses themself is out, and recuses nobody else', () => {
  const it = new AccessTest();
  expect(it.by('youssef', it.release('mieke', ReleaseCause.recused))).toBe('release');
  it.did('youssef', it.release('youssef', ReleaseCause.recused));
  expect(it.isIn('youssef')).toBe(false);
});

test('the committee writes beside the summary, and advisers do not', () => {
  const it = new AccessTest();
  it.ownerDid(it.grant('tarik', [summary]));
  it.did('tarik', { ...it.talk(), compartment: summary });
  expect(it.by('mieke', { ...it.talk(), compartment: summary })).toBe('compartment');
});

test('days of a week', () => {
  expect(dayOfWeek(0), '1970 began on a Thursday').toBe(3);
  expect(dayOfWeek(20_787)).toBe(0); // 30 November 2026
  expect(worksOn(0x1f, 20_787)).toBe(true);
  expect(worksOn(0x1f, 20_785)).toBe(false);
  expect(worksOn(0, 20_785), 'nothing was said').toBe(true);
});
