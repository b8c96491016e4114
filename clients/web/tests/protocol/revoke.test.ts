// Letting people out.
import { expect, test } from 'vitest';

import { kHeaderBytesMax, kMemberIdBytes, kMembersPerCaseMax, kPayloadBytesMax } from '../../generated/rules.ts';
import { XWingCiphertext } from '../../core/crypto/xwing.ts';
import { EpochCommitment } from '../../core/crypto/case_share.ts';
import { Digest } from '../../core/crypto/hash.ts';
import { Directory } from '../../core/protocol/directory.ts';
import { encodeHeader, type Revoke } from '../../core/protocol/entry.ts';
import { MemberId } from '../../core/protocol/ids.ts';
import { kOwnersCompartments } from '../../core/protocol/kinds.ts';
import { encodeWraps, kWrappedKeyBytes } from '../../core/protocol/wraps.ts';
import { equal } from '../../core/crypto/bytes.ts';
import { next } from '../kit/moves.ts';
import { AccessTest, identity, keys, kFirstDay, people, story, summary, talk } from './access_fixture.ts';

test('who is revoked reads nothing and the rest read on', () => {
  const it = new AccessTest();
  it.ownerDid(it.revoke('youssef'));
  expect(it.isIn('youssef')).toBe(false);
  expect(it.reads('youssef', story, 1)).toBe(false);
  expect(it.epoch(story)).toBe(2);
  expect(it.epoch(identity), 'nobody revoked held it').toBe(1);
  expect(it.reads('mieke', story, 1)).toBe(true);
  expect(it.reads('mieke', story, 2)).toBe(true);
  expect(it.access.endedGrants).toMatchObject([{ why: 'revoked', endedDay: it.day }]);
});

test('with nobody left the owner goes on alone', () => {
  const it = new AccessTest();
  const both = it.revoke('mieke', 'youssef');
  expect(both.remaining).toEqual([]);
  it.ownerDid(both);
  expect(it.holder()).toBeUndefined();
  it.ownerDid(it.talk());
});

test('an event under the old epoch is refused', () => {
  const it = new AccessTest();
  const old = it.talk();
  it.ownerDid(it.revoke('youssef'));
  expect(it.by('mieke', old)).toBe('epoch');
  expect(it.byOwner(old)).toBe('epoch');
  expect(it.by('youssef', it.talk())).toBe('author');
  it.did('mieke', it.talk());
});

test('only the owner revokes', () => {
  const it = new AccessTest();
  expect(it.by('mieke', it.revoke('youssef'))).toBe('grantor');
  expect(it.by('anouk', it.revoke('youssef'))).toBe('grantor');
});

test('nobody is revoked who is not in', () => {
  const it = new AccessTest();
  expect(it.byOwner(it.revoke('anouk'))).toBe('revoke');
});

test('a compartment that does not begin anew is a hidden way back', () => {
  const it = new AccessTest();
  const honest = it.revoke('youssef');
  expect(it.byOwner({ ...honest, starts: honest.starts.slice(1) })).toBe('revoke');
  expect(it.byOwner({ ...honest, starts: [], remaining: [] })).toBe('revoke');
  expect(it.byOwner({ ...honest, starts: next(it.access, [story, people, identity, talk, summary]) })).toBe('revoke');
  const skips = [{ ...honest.starts[0]!, epoch: 3 }, ...honest.starts.slice(1)];
  expect(it.byOwner({ ...honest, starts: skips })).toBe('epoch');
});

test('who remains is exactly who held it and was not revoked', () => {
  const it = new AccessTest();
  const honest = it.revoke('youssef');
  const [mieke] = honest.remaining;
  const remaining = (...list: Revoke['remaining']) => it.byOwner({ ...honest, remaining: list });
  expect(remaining()).toBe('remaining');
  expect(remaining(mieke!, it.sealedTo('bram', keys([story, 2])))).toBe('remaining');
  expect(remaining(mieke!, it.sealedTo('youssef', keys([story, 2])))).toBe('remaining');
  expect(remaining({ ...mieke!, keys: mieke!.keys.slice(0, -1) })).toBe('remaining');
  const more = [...mieke!.keys.slice(0, 2), ...keys([identity, 1]), ...mieke!.keys.slice(2)];
  expect(remaining({ ...mieke!, keys: more })).toBe('remaining');
  expect(remaining({ ...mieke!, holder: true })).toBe('remaining');
  expect(remaining(mieke!)).toBeUndefined();
});

test('a dormant grant carries on and stays dormant', () => {
  const it = new AccessTest();
  it.ownerDid(it.standIn('ruud', 'mieke'));
  const out = it.revoke('youssef');
  expect(out.remaining.length).toBe(2);
  it.ownerDid(out);
  expect(it.reads('ruud', story)).toBe(false);
  it.did('mieke', it.release('mieke', 1));
  expect(it.reads('ruud', story, 2)).toBe(true);
});

test('the stand-in of who is revoked goes, too', () => {
  const it = new AccessTest();
  it.ownerDid(it.standIn('ruud', 'youssef'));
  const out = it.revoke('youssef');
  expect(out.remaining.length).toBe(1);
  it.ownerDid(out);
  expect(it.access.endedGrants.map(({ why }) => why)).toEqual(['revoked', 'nothing to wait']);
});

test('whose grant ran out is revoked all the same and remains nowhere', () => {
  const it = new AccessTest();
  it.ownerDid(it.grant('anouk', [story], { lastDay: kFirstDay + 1 }));
  it.day = kFirstDay + 2;
  const honest = it.revoke('youssef');
  const withAnouk = [...honest.remaining, it.sealedTo('anouk', keys([story, 2]))];
  expect(it.byOwner({ ...honest, remaining: withAnouk })).toBe('remaining');
  it.ownerDid(it.revoke('anouk')); // they know the key of the newest epoch
  expect(it.epoch(story)).toBe(2);
  expect(it.epoch(talk)).toBe(1);
});

test('a newcomer has nothing from before unless it is granted', () => {
  const it = new AccessTest();
  it.ownerDid(it.revoke('youssef'));
  it.ownerDid(it.grant('anouk', [talk]));
  expect(it.reads('anouk', talk, 2)).toBe(true);
  expect(it.reads('anouk', talk, 1)).toBe(false);
});

test('who is revoked can be let in again', () => {
  const it = new AccessTest();
  it.ownerDid(it.revoke('youssef'));
  it.ownerDid(it.grant('youssef', [talk]));
  expect(it.reads('youssef', talk)).toBe(true);
  expect(it.reads('youssef', story)).toBe(false);
});

test('somebody who left the organisation may be missing', async () => {
  const it = new AccessTest();
  const content = it.organisation.content();
  const left = content.people.map((person) =>
    person.name === 'youssef' ? { ...person, leftDay: kFirstDay + 5 } : person,
  );
  const signed = await it.organisation.sign({ ...content, people: left });
  const later = await Directory.parse(signed, it.organisation.service);
  if (!later.ok) throw new Error(later.error);
  it.ownerDid(it.grant('anouk', [story]));
  it.day = kFirstDay + 6;
  const honest = it.revoke('anouk');
  const remaining = honest.remaining.filter(({ memberId }) => !equal(memberId, it.id('youssef')));
  const header = it.header(it.owner, { ...honest, remaining });
  expect(it.admit(header)).toEqual({ ok: false, error: 'remaining' });
  expect(it.admit(header, later.value).ok).toBe(true);
});

test('a case holds no more than can be re-keyed in one entry', () => {
  const it = new AccessTest();
  const epoch = 0xffff_ffff;
  const memberIds = Array.from({ length: kMembersPerCaseMax }, (_, i) =>
    MemberId.from(new Uint8Array(kMemberIdBytes).fill(i))!,
  );
  const everything = kOwnersCompartments.map((compartment) => ({ compartment, epoch }));
  const full: Revoke = {
    kind: 'revoke',
    memberIds,
    starts: everything.map((key) => ({ ...key, commitment: EpochCommitment.zeros() })),
    remaining: memberIds.map((memberId) => ({
      memberId,
      xwingKeyHash: Digest.zeros(),
      keys: everything,
      holder: false,
      lastDay: 0,
    })),
  };
  expect(encodeHeader(it.header(it.owner, full)).length).toBeLessThanOrEqual(kHeaderBytesMax);
  const wrap = { enc: XWingCiphertext.zeros(), ciphertext: new Uint8Array(everything.length * kWrappedKeyBytes + 16) };
  expect(encodeWraps(memberIds.map(() => wrap)).length).toBeLessThanOrEqual(kPayloadBytesMax);
});
