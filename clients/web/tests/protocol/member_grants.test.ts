// What members may do with the keys they hold, and the owner with epochs.
import { expect, test } from 'vitest';

import { Milestone, ReleaseCause, type Compartment } from '../../generated/rules.ts';
import { EpochCommitment } from '../../core/crypto/case_share.ts';
import { equal } from '../../core/crypto/bytes.ts';
import type { LiveGrant } from '../../core/protocol/grants.ts';
import type { Grant } from '../../core/protocol/kinds.ts';
import {
  AccessTest,
  identity,
  kAnotherKey,
  keys,
  kFirstDay,
  notes,
  sheet,
  story,
  summary,
  talk,
} from './access_fixture.ts';

const carriedToAnotherKey = (it: AccessTest, name: string, grant: Grant): Grant => ({
  ...grant,
  members: grant.members.map((member) =>
    equal(member.memberId, it.id(name)) ? { ...member, xwingKeyHash: kAnotherKey } : member,
  ),
});
const isSealedToAnotherKey = ({ keys }: LiveGrant, compartment: Compartment, number: number): boolean =>
  keys.some((key) => key.compartment === compartment && key.epoch === number && equal(key.sealedTo, kAnotherKey));

test('a member starts an epoch for all who hold it and the owner', () => {
  const it = new AccessTest();
  it.did('youssef', it.keepAlive(story, talk));
  expect(it.reads('mieke', talk, 2)).toBe(true);
  expect(it.reads('youssef', talk, 2)).toBe(true);
  expect(it.access.newestEpoch(talk)!.byOwner).toBe(false);
  expect(it.access.newestEpoch(summary)!.byOwner).toBe(true);
  expect(it.access.grants.length, 'nobody was added').toBe(2);
  it.ownerDid(it.talk());
});

test('the owner is not left out', () => {
  const it = new AccessTest();
  const honest = it.keepAlive(talk);
  expect(it.by('mieke', { ...honest, ownerKeys: [] })).toBe('owner keys');
  expect(it.by('mieke', { ...honest, ownerKeys: keys([talk, 1]) })).toBe('owner keys');
  expect(it.by('mieke', { ...honest, starts: [] })).toBe('owner keys');
});

test('nobody is added and nobody is left out', () => {
  const it = new AccessTest();
  const honest = it.keepAlive(talk);
  const { members } = honest;
  const stranger = [...members, it.sealedTo('bram', keys([talk, 2]))];
  expect(it.by('mieke', { ...honest, members: stranger })).toBe('remaining');
  const alone = members.filter(({ memberId }) => equal(memberId, it.id('mieke')));
  expect(it.by('mieke', { ...honest, members: alone })).toBe('remaining');
  const oldKeys = [{ ...members[0]!, keys: keys([talk, 1], [talk, 2]) }, members[1]!];
  expect(it.by('mieke', { ...honest, members: oldKeys })).toBe('remaining');
  const marked = [{ ...members[0]!, holder: true }, members[1]!];
  expect(it.by('youssef', { ...honest, members: marked })).toBe('remaining');
});

test('only of what the author holds', () => {
  const it = new AccessTest();
  const toMieke = { ...it.keepAlive(identity), members: [it.sealedTo('mieke', keys([identity, 2]))] };
  expect(it.by('mieke', toMieke)).toBe('compartment');
  expect(it.by('anouk', it.keepAlive(talk))).toBe('author');
  const honest = it.keepAlive(talk);
  expect(it.by('mieke', { ...honest, starts: [{ ...honest.starts[0]!, epoch: 3 }] })).toBe('epoch');
  const ofSheet = { compartment: sheet, epoch: 1, commitment: EpochCommitment.zeros() };
  expect(it.by('mieke', { ...honest, starts: [...honest.starts, ofSheet] })).toBe('epoch');
});

test('a dormant stand-in is carried along', () => {
  const it = new AccessTest();
  it.ownerDid(it.standIn('ruud', 'mieke'));
  const begun = it.keepAlive(talk);
  expect(begun.members.length).toBe(3);
  it.did('mieke', begun);
  expect(it.reads('ruud', talk)).toBe(false);
});

test('a member seals what they hold to another key of theirs', () => {
  const it = new AccessTest();
  it.did('youssef', it.grant('youssef', [story, talk], { xwingKeyHash: kAnotherKey }));
  expect(it.access.grants.length).toBe(2);
  expect(it.access.mayUnwrap(it.id('youssef'), it.seqOfLast(), it.day)).toBe(true);
  expect(it.access.mayUnwrap(it.id('mieke'), it.seqOfLast(), it.day)).toBe(false);
});

test('to a stranger or more than is held is a breach', () => {
  const it = new AccessTest();
  const stranger = it.grant('bram', [story]);
  expect(it.by('youssef', stranger)).toBe('grantor');
  const mine = it.grant('youssef', [story], { xwingKeyHash: kAnotherKey });
  expect(it.by('youssef', { ...mine, members: [...mine.members, ...stranger.members] })).toBe('grantor');
  expect(it.by('youssef', it.grant('youssef', [identity], { xwingKeyHash: kAnotherKey }))).toBe('reseal');
  expect(it.by('youssef', it.grant('youssef', [story], { xwingKeyHash: kAnotherKey, holder: true }))).toBe('reseal');
  expect(it.by('youssef', it.grant('youssef', [story])), 'to the same key').toBe('reseal');
});

test('a re-sealed key outlives no grant', () => {
  const it = new AccessTest();
  it.ownerDid(it.grant('anouk', [story], { lastDay: kFirstDay + 1 }));
  it.did('anouk', it.grant('anouk', [story], { xwingKeyHash: kAnotherKey }));
  it.day = kFirstDay + 2;
  expect(it.reads('anouk', story)).toBe(false);
});

// What began anew is sealed to the newer key from the start; all else is once it is sealed again.
test('what is still sealed to an older key is sealed again, and nothing twice', () => {
  const it = new AccessTest();
  it.did('mieke', carriedToAnotherKey(it, 'youssef', it.keepAlive(talk)));
  const isNewer = (compartment: Compartment, number: number): boolean =>
    isSealedToAnotherKey(it.access.live(it.id('youssef'), it.day)[0]!, compartment, number);
  expect([isNewer(talk, 2), isNewer(talk, 1), isNewer(story, 1)]).toEqual([true, false, false]);
  const part = it.grant('youssef', [story], { xwingKeyHash: kAnotherKey });
  it.did('youssef', part);
  expect([isNewer(story, 1), isNewer(summary, 1)], 'what it names').toEqual([true, false]);
  expect(it.by('youssef', part), 'once').toBe('reseal');
});

test('each key of notes is sealed to the key of its day', () => {
  const it = new AccessTest();
  it.ownerDid(it.standIn('ruud', 'mieke'));
  it.did('mieke', it.notes('mieke', 'ruud'));
  it.did('mieke', carriedToAnotherKey(it, 'ruud', it.notes('mieke', 'ruud')));
  const isNewer = (number: number): boolean => isSealedToAnotherKey(it.access.grants.at(-1)!, notes, number);
  expect([isNewer(1), isNewer(2)]).toEqual([false, true]);
  const { members, ...before } = it.standIn('ruud', 'mieke', [notes]);
  const again = { ...members[0]!, keys: keys([notes, 1]), xwingKeyHash: kAnotherKey };
  it.did('mieke', { ...before, members: [again] });
  expect(isNewer(1), 'given again').toBe(true);
});

test('the holder keeps notes and the owner never reads them', () => {
  const it = new AccessTest();
  it.did('mieke', it.notes('mieke'));
  it.did('mieke', it.event(notes, 1));
  expect(it.by('youssef', it.event(notes, 1))).toBe('compartment');
  expect(it.byOwner(it.event(notes, 1))).toBe('compartment');
  const marked = { ...it.event(notes, 1), milestone: Milestone.feedback };
  expect(it.by('mieke', marked), 'the reporter could not see it').toBe('milestone');
  expect(it.by('mieke', { ...it.notes('mieke'), ownerKeys: keys([notes, 2]) })).toBe('owner keys');
});

test('notes are shared with who is in and nobody else', () => {
  const it = new AccessTest();
  it.did('mieke', it.notes('mieke', 'youssef'));
  it.did('youssef', it.event(notes, 1));
  expect(it.by('mieke', it.notes('mieke', 'bram'))).toBe('notes');
  expect(it.by('mieke', it.notes('youssef')), 'the author keeps the key').toBe('notes');
});

test('nobody takes notes over', () => {
  const it = new AccessTest();
  it.did('mieke', it.notes('mieke'));
  expect(it.by('youssef', it.notes('youssef'))).toBe('holder');
  expect(it.byOwner(it.notes('mieke'))).toBe('epoch');
  expect(it.byOwner(it.grant('anouk', [notes]))).toBe('grant keys');
  const honest = it.notes('mieke');
  const ofTalk = { compartment: talk, epoch: 2, commitment: EpochCommitment.zeros() };
  expect(it.by('mieke', { ...honest, starts: [ofTalk, ...honest.starts] })).toBe('notes');
});

test('a new holder begins an epoch of their own', () => {
  const it = new AccessTest();
  it.did('mieke', it.notes('mieke'));
  it.ownerDid(it.grant('youssef', [talk], { holder: true }));
  expect(it.holder()).toBe('youssef');
  expect(it.by('mieke', it.notes('mieke'))).toBe('holder');
  it.did('youssef', it.notes('youssef'));
  expect(it.reads('mieke', notes, 2)).toBe(false);
  expect(it.reads('youssef', notes, 1)).toBe(false);
});

test('a stand-in gets notes with their dormant grant', () => {
  const it = new AccessTest();
  it.did('mieke', it.notes('mieke'));
  expect(it.by('mieke', it.standIn('ruud', 'mieke', [notes]))).toBe('dormant');
  it.ownerDid(it.standIn('ruud', 'mieke'));
  expect(it.by('youssef', it.standIn('ruud', 'mieke', [notes]))).toBe('holder');
  expect(it.by('mieke', it.standIn('ruud', 'youssef', [notes]))).toBe('dormant');
  expect(it.by('mieke', it.standIn('ruud', 'mieke', [talk]))).toBe('notes');
  it.did('mieke', it.standIn('ruud', 'mieke', [notes]));
  expect(it.reads('ruud', notes)).toBe(false);
  it.did('mieke', it.release('mieke', ReleaseCause.own));
  expect(it.reads('ruud', notes)).toBe(true);
});

test('notes whose key went out with somebody revoked are written no more', () => {
  const it = new AccessTest();
  it.did('mieke', it.notes('mieke', 'youssef'));
  it.ownerDid(it.revoke('youssef'));
  expect(it.by('mieke', it.event(notes, 1))).toBe('epoch');
  it.did('mieke', it.notes('mieke'));
  it.did('mieke', it.event(notes, 2));
});

test('the mark moves and there is one holder', () => {
  const it = new AccessTest();
  it.ownerDid(it.grant('anouk', [story], { holder: true }));
  expect(it.holder()).toBe('anouk');
  const one = it.grant('ilse', [story], { holder: true });
  const other = it.grant('tarik', [story], { holder: true });
  expect(it.byOwner({ ...one, members: [...one.members, ...other.members] })).toBe('holder');
});

test('an epoch may start with a newcomer who reads nothing from before', () => {
  const it = new AccessTest();
  const begun = { ...it.keepAlive(talk), ownerKeys: [] };
  it.ownerDid({ ...begun, members: [...begun.members, it.sealedTo('anouk', keys([talk, 2]))] });
  expect(it.access.newestEpoch(talk)!.byOwner).toBe(true);
  expect(it.reads('mieke', talk, 2)).toBe(true);
  expect(it.reads('anouk', talk, 2)).toBe(true);
  expect(it.reads('anouk', talk, 1)).toBe(false);
});

test('an epoch leaves nobody out unseen', () => {
  const it = new AccessTest();
  const honest = it.keepAlive(talk);
  expect(it.byOwner({ ...honest, ownerKeys: [], members: honest.members.slice(0, -1) })).toBe('remaining');
  expect(it.byOwner(honest)).toBe('owner keys');
});

test('a grant given again must add something', () => {
  const it = new AccessTest();
  const until = (lastDay: number, xwingKeyHash = it.sealedTo('anouk', []).xwingKeyHash) =>
    it.byOwner(it.grant('anouk', [story], { lastDay, xwingKeyHash }));
  expect(until(kFirstDay + 5)).toBeUndefined();
  expect(until(kFirstDay + 5)).toBe('grantee');
  expect(until(kFirstDay + 4)).toBe('grantee');
  expect(until(0), 'longer').toBeUndefined();
  expect(until(0, kAnotherKey), 'to another key').toBeUndefined();
});

// After a lost key file: a colleague carries them along with their new key, which opens nothing of what was before.
// That is the owner's to give again.
test('what only lost keys opened is given again', () => {
  const it = new AccessTest();
  it.did('mieke', carriedToAnotherKey(it, 'youssef', it.keepAlive(talk)));
  const again = () => it.byOwner(it.grant('youssef', [talk], { xwingKeyHash: kAnotherKey }));
  expect(again()).toBeUndefined();
  expect(again(), 'once').toBe('grantee');
});
