// What the gateway may destroy by itself: by the directory's rule, no sooner, and nobody else may.
import { expect, test } from 'vitest';

import { kRetentionDays, Milestone, RetentionRule } from '../../generated/rules.ts';
import { SigningKey, SigningSeed } from '../../core/crypto/signing.ts';
import type { Purge } from '../../core/protocol/kinds.ts';
import { FixedRandom } from '../support.ts';
import { AccessTest, kFirstDay } from './access_fixture.ts';

const kOutcomeDay = kFirstDay + 10;
const kPurge: Purge = { kind: 'purge', rule: RetentionRule.after_outcome, days: kRetentionDays };
const gateway = new SigningKey(SigningSeed.random(new FixedRandom('gateway'))).publicKey;

function concluded(): AccessTest {
  const it = new AccessTest();
  it.day = kOutcomeDay;
  it.did('mieke', it.milestone(Milestone.outcome));
  return it;
}
function purgeOn(it: AccessTest, day: number, days = kRetentionDays) {
  it.day = day;
  return it.tried(gateway, { ...kPurge, days });
}

test('a case that was concluded is kept to the last day', () => {
  const it = concluded();
  expect(purgeOn(it, kOutcomeDay + kRetentionDays - 1)).toBe('purge');
  expect(it.access.purged).toBeUndefined();
  expect(purgeOn(it, kOutcomeDay + kRetentionDays)).toBeUndefined();
  expect(it.access.purged).toMatchObject({ day: kOutcomeDay + kRetentionDays, days: kRetentionDays });
});

test('a case without an outcome is kept', () => {
  expect(purgeOn(new AccessTest(), kFirstDay + 10 * kRetentionDays)).toBe('purge');
});

test('whoever writes on keeps the case', () => {
  const it = concluded();
  it.day = kOutcomeDay + kRetentionDays - 1;
  it.ownerDid(it.talk());
  expect(purgeOn(it, kOutcomeDay + kRetentionDays)).toBe('purge');
  expect(purgeOn(it, kOutcomeDay + 2 * kRetentionDays - 1)).toBeUndefined();
});

test('an outcome that is disputed is none', () => {
  const it = concluded();
  it.ownerDid({ ...it.talk(), dispute: it.seqOfLast() });
  expect(purgeOn(it, kOutcomeDay + 5 * kRetentionDays)).toBe('purge');
});

test("other days than the directory's are a breach", () => {
  const it = concluded();
  expect(purgeOn(it, kOutcomeDay + kRetentionDays, 1)).toBe('purge');
  expect(purgeOn(it, kOutcomeDay + kRetentionDays, kRetentionDays - 1)).toBe('purge');
});

test('neither the owner nor a member purges', () => {
  const it = concluded();
  it.day = kOutcomeDay + kRetentionDays;
  expect(it.byOwner(kPurge)).toBe('author');
  expect(it.by('mieke', kPurge)).toBe('author');
});

test('a rule that is not known yet is newer', () => {
  const it = concluded();
  it.day = kOutcomeDay + kRetentionDays;
  expect(it.tried(gateway, { ...kPurge, rule: 9 as RetentionRule })).toBe('newer version');
});

test('nothing comes after it', () => {
  const it = concluded();
  expect(purgeOn(it, kOutcomeDay + kRetentionDays)).toBeUndefined();
  expect(it.byOwner(it.talk())).toBe('withdrawn');
  expect(it.byOwner({ kind: 'withdraw' })).toBe('withdrawn');
  expect(purgeOn(it, kOutcomeDay + 2 * kRetentionDays)).toBe('withdrawn');
});
