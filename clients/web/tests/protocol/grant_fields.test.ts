// What entries say about who is let in and out: written one way, read strictly.
import { expect, test } from 'vitest';

import {
  kCompartmentsPerDelegationMax,
  kEpochStartsMax,
  kMembersPerCaseMax,
  kMembersPerGrantMax,
  kPeoplePerDelegationMax,
  type Compartment,
  type EntryKind,
  type ReleaseCause,
  type RetentionRule,
} from '../../generated/rules.ts';
import { EpochCommitment } from '../../core/crypto/case_share.ts';
import { concat } from '../../core/crypto/bytes.ts';
import { Digest } from '../../core/crypto/hash.ts';
import { encodeFields, parseFields } from '../../core/protocol/entry_fields.ts';
import type { Delegate, EpochStart, Fields, Grant, GrantMember, Revoke } from '../../core/protocol/entry.ts';
import { MemberId } from '../../core/protocol/ids.ts';
import { XWingCiphertext } from '../../core/crypto/xwing.ts';
import { encodeWraps, parseWraps } from '../../core/protocol/wraps.ts';
import { kindOf } from '../kit/moves.ts';
import { keys, notes, story, talk } from './access_fixture.ts';

const id = (number: number): MemberId => {
  const made = MemberId.zeros();
  made[0] = number;
  return made;
};
const ids = (count: number): MemberId[] => Array.from({ length: count }, (_, i) => id(i + 1));
const member = (number: number, change: Partial<GrantMember> = {}): GrantMember => ({
  memberId: id(number),
  xwingKeyHash: Digest.zeros(),
  keys: keys([story, 1], [story, 2], [talk, 1]),
  holder: false,
  lastDay: 0,
  ...change,
});
const start = (compartment: Compartment, epoch: number): EpochStart => ({
  compartment,
  epoch,
  commitment: EpochCommitment.zeros(),
});

const kGrant: Grant = {
  kind: 'grant',
  members: [member(2, { holder: true, lastDay: 9 }), member(1)],
  starts: [start(story, 3), start(talk, 2)],
  dormant: false,
  standsInFor: MemberId.zeros(),
  ownerKeys: keys([story, 3], [talk, 2]),
};
const kDormant: Grant = {
  ...kGrant,
  members: [member(1)],
  starts: [],
  dormant: true,
  standsInFor: id(9),
  ownerKeys: [],
};
const kRevoke: Revoke = {
  kind: 'revoke',
  memberIds: ids(2),
  starts: [start(talk, 2)],
  remaining: [member(3, { keys: keys([talk, 2]) })],
};
const kDelegate: Delegate = {
  kind: 'delegate',
  delegateId: id(1),
  people: ids(3),
  compartments: [story, talk],
  lastDay: 20_010,
  ended: false,
  mayMoveHolder: true,
};
const kTakenBack: Delegate = { ...kDelegate, people: [], compartments: [], lastDay: 0, ended: true, mayMoveHolder: false };

const parsed = (fields: Fields): Fields | undefined => parseFields(kindOf(fields), encodeFields(fields));

test.each<Fields>([
  kGrant,
  kDormant,
  kRevoke,
  { ...kRevoke, starts: [], remaining: [] },
  kDelegate,
  kTakenBack,
  { kind: 'release', memberId: id(1), cause: 2 },
  { kind: 'release', memberId: id(1), cause: 9 as ReleaseCause },
  { kind: 'withdraw' },
  { kind: 'purge', rule: 1, days: 730 },
  { kind: 'purge', rule: 9 as RetentionRule, days: 0 },
])('$kind is read as it was written', (fields) => {
  expect(parsed(fields)).toEqual(fields);
});

const many = (count: number): GrantMember[] => ids(count).map((memberId) => member(1, { memberId }));
const manyStarts = Array.from({ length: kEpochStartsMax + 1 }, (_, i) => start((i + 1) as Compartment, 2));

test.each<[string, Fields]>([
  ['a grant to nobody', { ...kGrant, members: [] }],
  ['a grant of nothing', { ...kGrant, members: [member(1, { keys: [] })] }],
  ['a grant to somebody twice', { ...kGrant, members: [member(1), member(2), member(1)] }],
  ['keys out of order', { ...kGrant, members: [member(1, { keys: keys([talk, 1], [story, 1]) })] }],
  ['keys twice', { ...kGrant, members: [member(1, { keys: keys([talk, 1], [talk, 1]) })] }],
  ['no compartment', { ...kGrant, members: [member(1, { keys: keys([0 as Compartment, 1]) })] }],
  ['no epoch', { ...kGrant, members: [member(1, { keys: keys([talk, 0]) })] }],
  ['more members than fit a frame', { ...kGrant, starts: [], members: many(kMembersPerGrantMax + 1) }],
  ['more members than a case holds', { ...kGrant, members: many(kMembersPerCaseMax + 1) }],
  ['starts out of order', { ...kGrant, starts: [start(talk, 2), start(story, 3)] }],
  ['too many starts', { ...kGrant, starts: manyStarts }],
  ["owner's keys out of order", { ...kGrant, ownerKeys: keys([talk, 2], [story, 3]) }],
  ['two stand-ins', { ...kDormant, members: [member(1), member(2)] }],
  ['a revocation of nobody', { ...kRevoke, memberIds: [] }],
  ['revoked out of order', { ...kRevoke, memberIds: [id(2), id(1)] }],
  ['revoked twice', { ...kRevoke, memberIds: [id(1), id(1)] }],
  ['too many revoked', { ...kRevoke, memberIds: ids(kMembersPerCaseMax + 1) }],
  ['too many who remain', { ...kRevoke, remaining: many(kMembersPerCaseMax + 1) }],
  ['somebody who remains twice', { ...kRevoke, remaining: [member(3), member(3)] }],
  ['a delegation of nobody', { ...kDelegate, people: [] }],
  ['of people out of order', { ...kDelegate, people: [id(2), id(1)] }],
  ['of too many people', { ...kDelegate, people: ids(kPeoplePerDelegationMax + 1) }],
  ['of nothing', { ...kDelegate, compartments: [] }],
  ['of compartments out of order', { ...kDelegate, compartments: [talk, story] }],
  ['of compartment 0', { ...kDelegate, compartments: [0 as Compartment, story] }],
  [
    'of too many compartments',
    { ...kDelegate, compartments: Array.from({ length: kCompartmentsPerDelegationMax + 1 }, (_, i) => (i + 1) as Compartment) },
  ],
  ['without a last day', { ...kDelegate, lastDay: 0 }],
  ['an end with people', { ...kTakenBack, people: ids(1) }],
  ['an end with compartments', { ...kTakenBack, compartments: [talk] }],
  ['an end with a day', { ...kTakenBack, lastDay: 1 }],
  ['an end with the mark', { ...kTakenBack, mayMoveHolder: true }],
  ['a release without a cause', { kind: 'release', memberId: id(1), cause: 0 as ReleaseCause }],
])('%s is malformed', (_, fields) => {
  expect(parsed(fields)).toBeUndefined();
});

test('as many as there may be are read', () => {
  expect(parsed({ ...kGrant, starts: [], members: many(kMembersPerGrantMax) })).toBeDefined();
  expect(parsed({ ...kGrant, members: many(kMembersPerCaseMax) })).toBeDefined();
  expect(parsed({ ...kRevoke, memberIds: ids(kMembersPerCaseMax) })).toBeDefined();
  expect(parsed({ ...kDelegate, people: ids(kPeoplePerDelegationMax) })).toBeDefined();
});

test('a withdrawal says nothing, and nothing unknown stands anywhere', () => {
  const more = Uint8Array.of(0xf8, 0x07, 0x01); // field 127
  for (const fields of [kGrant, kRevoke, kDelegate, { kind: 'withdraw' } as const])
    expect(parseFields(kindOf(fields), concat(encodeFields(fields), more))).toBeUndefined();
});

test('a number this program does not know is kept', () => {
  const bytes = Uint8Array.of(1, 2, 3);
  expect(parseFields(9 as EntryKind, bytes)).toEqual({ kind: 'unknown', bytes });
});

test('a dispute of more than can be counted is of no entry there is', () => {
  const event = { kind: 'event', compartment: notes, epoch: 1, milestone: 0, urgent: false, files: [] } as const;
  const huge = parsed({ ...event, dispute: 2 ** 63 });
  expect(huge).toMatchObject({ dispute: 2 ** 63 });
  expect(parsed({ ...event, dispute: 7 })).toMatchObject({ dispute: 7 });
});

test("wraps are one for each reader, of the size their keys need, the owner's last", () => {
  const wrap = (count: number) => ({ enc: XWingCiphertext.zeros(), ciphertext: new Uint8Array(40 * count + 16) });
  const whole = encodeWraps([wrap(3), wrap(3), wrap(2)]);
  expect(parseWraps(kGrant, whole)).toHaveLength(3);
  expect(parseWraps({ ...kGrant, ownerKeys: [] }, whole)).toBeUndefined();
  expect(parseWraps(kGrant, encodeWraps([wrap(3), wrap(3)]))).toBeUndefined();
  expect(parseWraps(kGrant, encodeWraps([wrap(3), wrap(2), wrap(3)]))).toBeUndefined();
  expect(parseWraps(kRevoke, encodeWraps([wrap(1)]))).toHaveLength(1);
  expect(parseWraps({ ...kRevoke, remaining: [] }, new Uint8Array(0))).toEqual([]);
  expect(parseWraps({ ...kRevoke, remaining: [] }, encodeWraps([wrap(1)]))).toBeUndefined();
});
