// When frames leave (protocol §5): at slots of a plan that is blind to what the person does.
//
//   slot k:            the frozen frame leaves; nothing else happens at that moment
//   + kFreezeMs:       the next frame is made of what waits, signed and frozen
//   − kQuietMs ...     before the next slot no piece of work begins, so sealing and opening never shift it
//   slot k + 1:        …
//
// Long work (opening a log, sealing a case) awaits `pause` between its pieces.

import { kPaceMsMax, kPaceMsMin, kSlotSpacingMsMin } from '../generated/rules.ts';
import type { Connection, FrozenFrame } from './connection.ts';
import { drawUnit, type Random } from './crypto/random.ts';
import type { Transport } from './transport.ts';

// After a slot: late enough that the answer to an ordinary exchange is known and what follows from it goes along with
// the next frame, early enough to sign before the next slot, which is kSlotSpacingMsMin away at least.
export const kFreezeMs = 900;
// Before a slot: longer than the longest piece of work, a decapsulation without a JIT on a slow phone.
export const kQuietMs = 400;
// Exchanges under way; a slot is passed over while there are so many, since the network then carries none anyway.
const kUnderWayMax = 4;
// A piece of work that took less is not interrupted.
const kSliceMs = 25;

// The time to the next slot. `unit` is drawn evenly from 0 to 1; the mean is the pace.
export function slotGapMs(unit: number, paceMs: number): number {
  const pace = Math.min(Math.max(paceMs, kPaceMsMin), kPaceMsMax);
  return kSlotSpacingMsMin + unit * 2 * (pace - kSlotSpacingMsMin);
}

// The plan of a visit: every gap is drawn from `random` alone, in order, so the same random numbers and paces give the
// same slots whatever happens on the page.
export class SlotPlan {
  private slot: number;

  constructor(
    private readonly random: Random,
    start: number,
  ) {
    this.slot = start;
  }
  get current(): number {
    return this.slot;
  }
  // A slot that came late (a page in the background, a phone asleep) moves the rest of the plan along.
  next(now: number, paceMs: number): number {
    this.slot = Math.max(this.slot, now) + slotGapMs(drawUnit(this.random), paceMs);
    return this.slot;
  }
}

// Time, in milliseconds from any beginning.
export interface Clock {
  now(): number;
  // Calls back at that time or as soon after as possible.
  at(time: number, callback: () => void): void;
}

export const browserClock: Clock = {
  now: () => performance.now(),
  at: (time, callback) => void setTimeout(callback, Math.max(0, time - performance.now())),
};

export interface RhythmOptions {
  readonly connection: Connection;
  readonly transport: Transport;
  readonly random: Random;
  readonly clock?: Clock;
}

export class Rhythm {
  private readonly connection: Connection;
  private readonly transport: Transport;
  private readonly clock: Clock;
  private readonly plan: SlotPlan;
  private ready: FrozenFrame | undefined;
  private freezing = false;
  private resting: Array<() => void> = [];
  private underWay = 0;
  private lastPause = 0;
  private state: 'new' | 'running' | 'stopped' = 'new';

  constructor({ connection, transport, random, clock = browserClock }: RhythmOptions) {
    this.connection = connection;
    this.transport = transport;
    this.clock = clock;
    this.plan = new SlotPlan(random, clock.now());
  }

  // When the next frame leaves.
  get nextSlot(): number {
    return this.plan.current;
  }

  // Sends the first frame, and goes on until `stop`. What was asked before goes along if nobody has to sign it.
  async start(): Promise<void> {
    if (this.state !== 'new') return;
    this.state = 'running';
    this.ready = await this.connection.freeze();
    this.slot();
  }

  // Nothing leaves any more; whatever waits is answered 'stopped'.
  stop(): void {
    this.state = 'stopped';
    this.connection.end();
    this.rested();
  }

  // Awaited before each piece of work that may take long: lets the page breathe, and waits for the next send when a slot
  // is near.
  readonly pause = async (): Promise<void> => {
    const now = this.clock.now();
    if (this.state === 'running' && now >= this.plan.current - kQuietMs)
      return new Promise((resolve) => this.resting.push(resolve));
    if (now - this.lastPause < kSliceMs) return;
    await new Promise<void>((resolve) => this.clock.at(now, resolve));
    this.lastPause = this.clock.now();
    return this.pause();
  };

  private slot(): void {
    if (this.state !== 'running') return;
    const now = this.clock.now();
    const next = this.plan.next(now, this.connection.paceMs ?? kPaceMsMin);
    // A frame that is not ready (a very slow phone) leaves with the slot after; an empty one takes its place.
    const frame = this.ready ?? this.connection.emptyFrame();
    if (this.underWay < kUnderWayMax) {
      if (frame === this.ready) this.ready = undefined;
      void this.exchange(frame);
    }
    this.clock.at(next, () => this.slot());
    this.clock.at(now + kFreezeMs, () => void this.freeze());
    this.rested();
  }

  private async freeze(): Promise<void> {
    if (this.state !== 'running' || this.ready !== undefined || this.freezing) return;
    this.freezing = true;
    this.ready = await this.connection.freeze();
    this.freezing = false;
  }

  private async exchange(frame: FrozenFrame): Promise<void> {
    ++this.underWay;
    const answer = await this.transport.exchange(frame.bytes);
    --this.underWay;
    await this.pause();
    this.connection.settle(frame, answer);
  }

  private rested(): void {
    const resting = this.resting;
    this.resting = [];
    for (const resume of resting) resume();
  }
}
