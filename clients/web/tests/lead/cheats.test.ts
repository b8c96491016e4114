// Members who cheat, with a gateway that lets it through: the reporter and the colleagues see it, and nothing changes.
import { expect, test } from 'vitest';

import { CaseState, Choice, EntryKind, kSuite, Milestone, PayloadState } from '../../generated/rules.ts';
import { openLog } from '../../core/case_log.ts';
import { fold } from '../../core/case_state.ts';
import { equal } from '../../core/crypto/bytes.ts';
import { kEnvelopeOverheadBytes } from '../../core/crypto/envelope.ts';
import { sealEvent, type EventContext } from '../../core/crypto/event_seal.ts';
import { Digest } from '../../core/crypto/hash.ts';
import { FileKey } from '../../core/crypto/stream.ts';
import type { Event } from '../../core/event.ts';
import { encodeEvent } from '../../core/event_encode.ts';
import type { Member } from '../../core/identity.ts';
import { letIn, revoke, withdraw } from '../../core/lead/moves.ts';
import { randomKeys, sealDelegate, sealEpoch, sealRevoke, sealWithdraw } from '../../core/lead/seal_lead.ts';
import type { CompartmentEpoch } from '../../core/protocol/entry.ts';
import { UploadId } from '../../core/protocol/ids.ts';
import { sealGrant, type Place, type SealedEntry } from '../../core/seal.ts';
import { sealEntry } from '../../core/seal_parts.ts';
import { LeadTest, kToday, story, talk } from './fixture.ts';
import { startEpoch, startWrongly } from './wrong_epoch.ts';

const kNext: readonly CompartmentEpoch[] = [{ compartment: talk, epoch: 2 }];

// As mieke would write it, were there no rules.
async function smuggle(it: LeadTest, seal: (place: Place) => Promise<SealedEntry>): Promise<void> {
  const { chain } = await it.opened(it.owner, it.everything());
  it.entries.push(await seal({ chain, day: it.day, directoryHash: it.directory.hash }));
}
const certificatesOf = async (it: LeadTest, ...names: readonly string[]) => {
  const found = await it.certificates(names.map((name) => it.id(name)));
  if (!found.ok) throw new Error(found.error.message);
  return found.value;
};

test('a grant without consent, a revocation, a delegation, a withdrawal: alarmed, and nothing changes', async () => {
  const it = await LeadTest.open();
  await it.say(it.owner, 'before');
  const mieke = it.member('mieke');
  const { keys } = await it.opened(mieke);
  const [bram] = await certificatesOf(it, 'bram');
  const granted = keys.which.filter(({ compartment }) => compartment === story);
  const before = it.access();
  await smuggle(it, (place) =>
    sealGrant(mieke, place, [{ certificate: bram!, keys: granted, holder: false }], undefined, keys, it.random),
  );
  await smuggle(it, (place) => sealRevoke(mieke, place, [it.id('youssef')], randomKeys(kNext, it.random), [], it.random));
  await smuggle(it, (place) => {
    const made = { people: [it.id('bram')], compartments: [story], lastDay: kToday + 9, ended: false } as const;
    const delegate = { kind: 'delegate', delegateId: it.id('mieke'), mayMoveHolder: true, ...made } as const;
    return sealDelegate(mieke, place, delegate, it.random);
  });
  await smuggle(it, (place) => sealWithdraw(mieke, place, it.random));
  for (const who of [it.owner, it.member('youssef')]) {
    const opened = await it.opened(who, it.everything());
    expect(opened.alarms.map(({ kind }) => kind)).toEqual(Array(4).fill('rule_broken'));
    expect(opened.access.grants).toEqual(before.grants);
    expect(opened.access.delegations).toEqual([]);
    expect(opened.access.withdrawn).toBeUndefined();
    expect(opened.access.newestEpoch(talk)!.number).toBe(1);
  }
});

test('an epoch that leaves a colleague or the owner out', async () => {
  const it = await LeadTest.open();
  const mieke = it.member('mieke');
  const { opening } = it.access();
  const [own, youssef] = await certificatesOf(it, 'mieke', 'youssef');
  const reader = (certificate: typeof own) => ({ certificate: certificate!, keys: kNext, holder: false });
  for (const [readers, toOwner] of [
    [[reader(own)], opening],
    [[reader(own), reader(youssef)], undefined],
  ] as const)
    await smuggle(it, (place) =>
      sealEpoch(mieke, place, randomKeys(kNext, it.random), readers, toOwner, it.random),
    );
  const opened = await it.opened(it.owner, it.everything());
  expect(opened.alarms.map(({ kind }) => kind)).toEqual(['rule_broken', 'rule_broken']);
  expect(opened.access.newestEpoch(talk)!.number).toBe(1);
});

test('another key for the owner than for the colleagues', async () => {
  const it = await LeadTest.open();
  await startWrongly(it, [talk]);
  const opened = await it.opened(it.owner);
  expect(opened.alarms).toMatchObject([{ seq: it.entries.length - 1, kind: 'other_key' }]);
  expect(opened.keys.get(talk, 2)).toBeUndefined();
  expect((await it.opened(it.member('youssef'))).alarms).toEqual([]);
});

test('a gateway that keeps a wrap back, or hands out another payload', async () => {
  const it = await LeadTest.open();
  await it.did(it.owner, (addition, certificates) => revoke(addition, [it.id('youssef')], certificates));
  const { caseShare, entries } = it.served(it.member('mieke'));
  const last = entries.length - 1;
  const instead = (change: object) => ({
    caseShare,
    entries: entries.map((entry, i) => (i === last ? { ...entry, ...change } : entry)),
  });
  const alarms = async (change: object) => (await it.opened(it.member('mieke'), instead(change))).alarms;
  expect(await alarms({ payloadState: PayloadState.withheld, payload: new Uint8Array(0) })).toMatchObject([{ seq: last, kind: 'missing' }]);
  expect(await alarms({ payload: new Uint8Array(7) })).toMatchObject([{ seq: last, kind: 'altered' }]);
});

test('a gateway that destroys a text, though nobody withdrew the case', async () => {
  const it = await LeadTest.open();
  const { caseShare, entries } = it.served(it.owner);
  const last = entries.findLastIndex(({ payload }) => payload.length > 0);
  const gone = { payloadState: PayloadState.destroyed, payload: new Uint8Array(0) };
  const cut = { caseShare, entries: entries.map((entry, i) => (i === last ? { ...entry, ...gone } : entry)) };
  expect((await it.opened(it.owner, cut)).alarms).toMatchObject([{ seq: last, kind: 'missing' }]);
  await it.did(it.owner, withdraw);
  for (const whose of [it.owner, it.member('mieke')]) expect((await it.opened(whose)).alarms).toEqual([]);
});

test('a dormant grant that is handed over early opens: until it wakes, refusal alone protects it', async () => {
  const it = await LeadTest.open();
  await it.did(it.owner, (addition, certificates) =>
    letIn(addition, { people: [it.id('ruud')], compartments: [story], standsInFor: it.id('mieke') }, certificates),
  );
  expect(await it.texts(it.member('ruud'), story)).toEqual([]);
  expect(await it.texts(it.member('ruud'), story, it.everything())).toEqual(['The story.']);
});

// What was checked once is not checked again, as long as it is the very same.
test('a signature that another one took the place of is seen, though the case was opened before', async () => {
  const it = await LeadTest.open();
  const before = await it.opened(it.owner);
  const log = it.everything();
  const entries = log.entries.map((entry, i) => (i === 1 ? { ...entry, signature: entry.signature.map((byte) => byte ^ 1) } : entry));
  const open = (shown: typeof log) => openLog(shown, it.owner.handle, it.owner, it.directory, { before });
  expect(await open(log)).toMatchObject({ ok: true });
  expect(await open({ ...log, entries })).toMatchObject({ ok: false, error: { kind: 'verification' } });
});

test('an event that names other files than its header is an alarm, and shows none', async () => {
  const it = await LeadTest.open();
  const { chain, keys, share } = await it.opened(it.owner);
  const place = { chain, day: it.day, directoryHash: it.directory.hash };
  const header = { kind: 'event', compartment: story, epoch: 1, milestone: Milestone.none, urgent: false, files: [], dispute: 0 } as const;
  const file = { name: 'a.txt', mediaType: 'text/plain', size: 1, sha256: Digest.zeros(), uploadId: UploadId.zeros(), chunks: 1, key: FileKey.zeros() };
  const text = encodeEvent({ kind: 'attachment', files: [file] });
  it.entries.push(
    await sealEntry(it.owner, place, EntryKind.event, header, it.random, ({ serviceId, handle, author, seq }) =>
      sealEvent(keys.get(story, 1)!, share!, { serviceId, handle, author, compartment: story, epoch: 1, seq }, text, it.random),
    ),
  );
  const opened = await it.opened(it.member('mieke'));
  expect(opened.alarms.map(({ kind }) => kind)).toEqual(['altered']);
  expect(opened.entries.at(-1)!.event).toBeUndefined();
});

// Or a member would only have to write nonsense to be let off everything a case needs before it closes: what can't be
// read can't be held against anybody, and this could be.
test.each([
  ['nonsense', kSuite, 'altered'],
  ['nonsense that calls itself newer', kSuite + 1, 'newer_version'],
] as const)('%s lets nobody close the case', async (_, suite, alarm) => {
  const it = await LeadTest.open();
  await it.say(it.member('mieke'), 'Read.');
  const mieke = it.member('mieke');
  const { keys, share } = await it.opened(mieke);
  const header = { kind: 'event', compartment: talk, epoch: 1, milestone: Milestone.none, urgent: false, files: [], dispute: 0 } as const;
  const write = (seal: (context: EventContext) => Uint8Array) =>
    smuggle(it, (place) =>
      sealEntry(mieke, place, EntryKind.event, header, it.random, ({ serviceId, handle, author, seq }) =>
        seal({ serviceId, handle, author, compartment: talk, epoch: 1, seq }),
      ),
    );
  await write(() => new Uint8Array(kEnvelopeOverheadBytes + 256).fill(7).fill(suite, 0, 1));
  const outcome = encodeEvent({ kind: 'outcome', text: 'Done.', reason: 'No.' });
  await write((context) => sealEvent(keys.get(talk, 1)!, share!, context, outcome, it.random));
  for (const who of [it.owner, mieke]) {
    const state = fold(await it.opened(who, it.everything()), it.directory);
    expect(state.state).toBe(CaseState.acknowledged);
    expect(state.alarms.map(({ kind }) => kind).sort()).toEqual([alarm, 'rule_broken']);
  }
});

// Seals an event as this member would, were there no table of states.
async function write(it: LeadTest, who: Member, event: Event, compartment = talk): Promise<void> {
  const { keys, share } = await it.opened(who, it.everything());
  const epoch = Math.max(...keys.which.filter((key) => key.compartment === compartment).map((key) => key.epoch));
  const header = { kind: 'event', compartment, epoch, milestone: Milestone.none, urgent: false, files: [], dispute: 0 } as const;
  await smuggle(it, (place) =>
    sealEntry(who, place, EntryKind.event, header, it.random, ({ serviceId, handle, author, seq }) =>
      sealEvent(keys.get(compartment, epoch)!, share!, { serviceId, handle, author, compartment, epoch, seq }, encodeEvent(event), it.random),
    ),
  );
}

test('what the table of states forbids is nobody’s word: no answer, no decision, no advice, no end', async () => {
  const it = await LeadTest.open();
  const mieke = it.member('mieke');
  await it.say(mieke, 'Read.');
  const first = it.entries.length;
  await write(it, mieke, { kind: 'decision', proposalSeq: 1, proposalHash: Digest.zeros(), choice: Choice.yes, text: 'Go ahead.' });
  await write(it, mieke, { kind: 'outcome', text: 'Done.', reason: 'No.' });
  await write(it, mieke, { kind: 'consultation', text: 'Advice.' });
  for (const who of [it.owner, mieke]) {
    const opened = await it.opened(who, it.everything());
    expect(opened.entries.slice(first).map(({ counts }) => counts)).toEqual([false, false, false]);
    const { alarms, state } = fold(opened, it.directory);
    expect([state, alarms.map(({ seq, kind }) => [seq, kind])]).toEqual([
      CaseState.acknowledged, [first, first + 1, first + 2].map((seq) => [seq, 'rule_broken']),
    ]);
  }
});

test('what only its author can read lets nobody close the case', async () => {
  const it = await LeadTest.open();
  const mieke = it.member('mieke');
  await it.say(mieke, 'Read.');
  await startEpoch(it, [talk], (who) => who === undefined || !equal(who, it.id('mieke')));
  await write(it, mieke, { kind: 'message', text: 'Between me and myself.' });
  await startEpoch(it, [talk], () => false);
  await write(it, mieke, { kind: 'status', state: CaseState.active, text: '' });
  await write(it, mieke, { kind: 'outcome', text: 'Done.', reason: 'No.' });
  const end = it.entries.length - 1;
  for (const who of [it.owner, it.member('youssef')]) {
    const opened = await it.opened(who, it.everything());
    const { state, alarms } = fold(opened, it.directory);
    expect(alarms.map(({ kind }) => kind)).toEqual(['other_key', 'rule_broken']);
    expect([opened.entries[end]!.counts, state]).toEqual([false, CaseState.active]);
  }
});

test('what a gateway alters counts as its author signed it, and blames nobody', async () => {
  const it = await LeadTest.open();
  const mieke = it.member('mieke');
  await it.say(mieke, 'Read.');
  await write(it, it.owner as never, { kind: 'stay', ended: false, text: '' });
  const altered = it.entries.length - 1;
  await write(it, mieke, { kind: 'outcome', text: 'Done.', reason: 'No.' });
  const log = it.everything();
  const entries = log.entries.map((entry, i) => (i === altered ? { ...entry, payload: entry.payload.map((byte) => byte ^ 1) } : entry));
  for (const who of [it.owner, it.member('youssef')]) {
    const opened = await it.opened(who, { ...log, entries });
    const { state, alarms } = fold(opened, it.directory);
    expect(alarms.map(({ seq, kind }) => [seq, kind])).toEqual([[altered, 'altered']]);
    expect([opened.entries[altered]!.counts, state]).toEqual([true, CaseState.closed]);
  }
});
