// When frames leave (protocol §5): at the slots of a plan, each frozen before its slot comes.
//
//   slot k:            the frozen frame leaves; nothing else happens at that moment
//   + kFreezeMs:       the next frame is made of what waits, signed and frozen; what is asked later waits for the one
//                      after
//   slot k + 1:        …
//
// Everything that takes time on the page goes in turns between the slots (turns.ts).

import { kPaceMsMin } from '../generated/rules.ts';
import type { Connection, FrozenFrame } from './connection.ts';
import type { Random } from './crypto/random.ts';
import { SlotPlan } from './slot_plan.ts';
import { browserTimer, type Timer } from './timer.ts';
import type { Transport } from './transport.ts';
import { Turns, type Work } from './turns.ts';

// After a slot: late enough that the answer to an ordinary exchange is known and what follows from it goes along with
// the next frame, early enough to sign before the next slot, which is kSlotSpacingMsMin away at least.
export const kFreezeMs = 900;
// Exchanges under way; a slot is passed over while there are so many, since the network then carries none anyway.
const kUnderWayMax = 4;

export interface RhythmOptions {
  readonly connection: Connection;
  readonly transport: Transport;
  readonly random: Random;
  readonly timer?: Timer;
}

export class Rhythm {
  private readonly connection: Connection;
  private readonly transport: Transport;
  private readonly random: Random;
  private readonly timer: Timer;
  private readonly turns: Turns;
  private readonly empty: FrozenFrame;
  private plan: SlotPlan | undefined; // from the start
  private ready: FrozenFrame | undefined;
  private freezing = false;
  private underWay = 0;
  private stopped = false;

  // From here on the connection's work goes in turns.
  constructor({ connection, transport, random, timer = browserTimer }: RhythmOptions) {
    this.connection = connection;
    this.transport = transport;
    this.random = random;
    this.timer = timer;
    this.turns = new Turns(timer);
    this.empty = connection.emptyFrame();
    connection.work = this.turns.work;
  }

  // For work that is not the connection's: keys from a phrase, a draft to seal.
  get work(): Work {
    return this.turns.work;
  }

  // Sends the first frame, and goes on until `stop`. What was asked before goes along if nobody has to sign it.
  async start(): Promise<void> {
    if (this.plan !== undefined || this.stopped) return;
    this.plan = new SlotPlan(this.random, this.timer.now());
    await this.freeze();
    this.slot(this.plan);
  }

  // Nothing leaves any more; whatever waits is answered 'stopped'.
  stop(): void {
    this.stopped = true;
    this.connection.end();
    this.turns.free();
  }

  private slot(plan: SlotPlan): void {
    if (this.stopped) return;
    const now = this.timer.now();
    if (this.underWay < kUnderWayMax) {
      // A frame that is not ready (a very slow phone) leaves with the slot after; an empty one takes its place.
      const frame = this.ready ?? this.empty;
      this.ready = undefined;
      void this.exchange(frame);
    }
    const next = plan.next(now, this.connection.paceMs ?? kPaceMsMin);
    this.turns.sent(next);
    this.timer.at(next, () => this.slot(plan));
    this.timer.at(now + kFreezeMs, () => void this.freeze());
  }

  private async freeze(): Promise<void> {
    if (this.stopped || this.ready !== undefined || this.freezing) return;
    this.freezing = true;
    this.ready = await this.connection.freeze(this.turns.soon);
    this.freezing = false;
  }

  private async exchange(frame: FrozenFrame): Promise<void> {
    ++this.underWay;
    const answer = await this.transport.exchange(frame.bytes);
    --this.underWay;
    await this.turns.soon(() => this.connection.settle(frame, answer));
  }
}
