// When frames leave: at the slots of the plan and at no other moment, whatever is asked and however long work takes.
import { beforeEach, expect, test } from 'vitest';

import {
  kFrameBytes,
  kPaceMsMax,
  kPaceMsMin,
  kSlotSpacingMsMin,
  OperationKind,
  Status,
} from '../../generated/rules.ts';
import { kFreezeMs } from '../../core/rhythm.ts';
import { SlotPlan, slotGapMs } from '../../core/slot_plan.ts';
import { parseRequest } from '../../core/protocol/frame.ts';
import { encodeRead } from '../../core/protocol/operations.ts';
import { Handle } from '../../core/protocol/ids.ts';
import { FixedRandom } from '../support.ts';
import { kOrganisation, Visit, type VisitOptions } from '../kit/visit.ts';

const kVisitMs = 60_000;
const kRead = { kind: OperationKind.read, body: encodeRead({ handle: Handle.zeros(), fromSeq: 0 }) };
const signer = kOrganisation.colleague('mieke').key;

// The slots the plan alone gives, with every frame leaving on time.
function planned(seed: string, paceMs: number): number[] {
  const plan = new SlotPlan(new FixedRandom(seed), 0);
  const slots = [0];
  while (slots.at(-1)! < kVisitMs) slots.push(plan.next(slots.at(-1)!, paceMs));
  return slots.filter((slot) => slot <= kVisitMs);
}

const operationsIn = (frame: Uint8Array): number => {
  const request = parseRequest(frame);
  if (!request.ok) throw new Error(request.error);
  return request.value.operations.length;
};

// A visit during which nobody does anything.
async function idle(options?: VisitOptions): Promise<Visit> {
  const visit = new Visit(options);
  await visit.begin();
  await visit.timer.run(kVisitMs);
  return visit;
}

let seed = 0;
beforeEach(() => ++seed);

test('gaps lie evenly around the pace, never under the spacing, whatever pace is announced', () => {
  for (const pace of [0, kPaceMsMin, 5000, kPaceMsMax, 10 * kPaceMsMax]) {
    const heard = Math.min(Math.max(pace, kPaceMsMin), kPaceMsMax);
    expect(slotGapMs(0, pace)).toBe(kSlotSpacingMsMin);
    expect((slotGapMs(0, pace) + slotGapMs(1, pace)) / 2).toBe(heard);
    expect(slotGapMs(0.5, pace)).toBe(heard);
  }
});

test('a visit without any doing keeps the plan to the millisecond', async () => {
  const visit = await idle();
  expect(visit.sentAt).toEqual(planned('slots', visit.gateway.paceMs));
  for (const [i, at] of visit.sentAt.entries())
    if (i > 0) expect(at - visit.sentAt[i - 1]!).toBeGreaterThanOrEqual(kSlotSpacingMsMin);
});

test('a visit full of doing sends at the same moments, frames of the same size', async () => {
  const still = await idle();
  const visit = new Visit();
  await visit.begin();
  const random = new FixedRandom('what a person does');
  const ask = (): void => {
    void visit.connection.submit(
      Array.from({ length: 1 + (visit.sentAt.length % 5) }, () => kRead),
      signer,
    );
    void visit.rhythm.work(() => visit.timer.spend(40 + ((visit.sentAt.length * 97) % 340))); // sealing, opening
    const pause = new Uint8Array(1);
    random.fill(pause);
    visit.timer.at(visit.timer.now() + 20 + 5 * pause[0]!, ask);
  };
  ask();
  await visit.timer.run(kVisitMs);
  expect(visit.frames.filter((frame) => operationsIn(frame) > 0).length).toBeGreaterThan(20);
  expect(visit.sentAt).toEqual(still.sentAt);
  for (const frame of visit.frames) expect(frame.length).toBe(kFrameBytes);
});

test('lost frames and a busy gateway bring no frame forward and none more', async () => {
  const still = await idle();
  const visit = new Visit({ fate: (n) => (n % 3 === 1 ? 'request lost' : n % 4 === 2 ? 'answer lost' : 'answered') });
  await visit.begin();
  visit.gateway.instead.push(Status.later, Status.stale_beacon, Status.later);
  const answered = visit.connection.submit([kRead, kRead], signer);
  await visit.timer.run(kVisitMs);
  expect((await answered).ok).toBe(true);
  expect(visit.sentAt).toEqual(still.sentAt);
});

test('nothing is sent at the moment it is asked, and a frozen frame does not change any more', async () => {
  const visit = await idle();
  const last = (): number => visit.sentAt.at(-1)!;
  while (visit.timer.now() < last() + kFreezeMs + 1) await visit.timer.run(visit.timer.now() + 10);
  const before = visit.sentAt.length;
  const late = visit.connection.submit([kRead], signer); // the next frame is frozen already
  await visit.timer.run(visit.timer.now() + 400);
  expect(visit.sentAt.length).toBe(before);
  await visit.until(late);
  expect(operationsIn(visit.frames[before]!)).toBe(0);
  expect(operationsIn(visit.frames[before + 1]!)).toBe(1);
});

test('what is asked before the freeze goes along with the next frame', async () => {
  const visit = await idle();
  const before = visit.sentAt.length;
  while (visit.sentAt.length === before) await visit.timer.run(visit.timer.now() + 10);
  const early = visit.connection.submit([kRead], signer);
  await visit.until(early);
  expect(operationsIn(visit.frames[before + 1]!)).toBe(1);
});

test('signing that takes longer than there is time leaves an empty frame in its place', async () => {
  const still = await idle();
  const visit = new Visit();
  await visit.begin();
  const slow = {
    publicKey: signer.publicKey,
    sign: async (tag: string, message: Uint8Array) => {
      visit.timer.spend(250);
      return signer.sign(tag, message);
    },
  } as typeof signer;
  const answered = visit.connection.submit(
    Array.from({ length: 12 }, () => kRead),
    slow,
  );
  await visit.timer.run(kVisitMs);
  expect((await answered).ok).toBe(true);
  expect(visit.sentAt).toEqual(still.sentAt);
});

test('a page that slept goes on with its plan, not with what it missed', () => {
  const plan = new SlotPlan(new FixedRandom('asleep'), 0);
  const [awake, whole] = [600_000, planned('asleep', kPaceMsMin)];
  plan.next(0, kPaceMsMin);
  const next = plan.next(awake, kPaceMsMin);
  expect(next).toBeGreaterThanOrEqual(awake + kSlotSpacingMsMin);
  expect(next).toBeLessThanOrEqual(awake + slotGapMs(1, kPaceMsMin));
  // One that came a little late moves none of those after it.
  const late = new SlotPlan(new FixedRandom('asleep'), 0);
  late.next(0, kPaceMsMin);
  late.next(whole[1]! + 7, kPaceMsMin);
  expect(late.next(late.current, kPaceMsMin)).toBe(whole[3]);
});

test('a frame that left late keeps the next one at a distance', () => {
  const plan = new SlotPlan({ fill: (bytes) => bytes.fill(0) }, 0); // every gap is the shortest
  expect(plan.next(0, kPaceMsMin)).toBe(kSlotSpacingMsMin);
  expect(plan.next(2 * kSlotSpacingMsMin - 100, kPaceMsMin)).toBe(3 * kSlotSpacingMsMin - 100);
});
