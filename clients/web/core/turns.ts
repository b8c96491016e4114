// Work on the page's one thread, piece by piece: one at a time, and never so near a slot that it would delay the frame
// that leaves there.
//
//   slot k:             the frozen frame leaves
//   + kAfterSendMs:     the first piece begins, if any waits; then one after another …
//   … − reserve:        no piece begins any more; what waits goes on after the next send
//   slot k + 1:         …

import { kSlotSpacingMsMin } from '../generated/rules.ts';
import type { Timer } from './timer.ts';

// Runs a piece of work when its turn has come, and gives what it gives. A piece must not wait for another one.
export type Work = <T>(piece: () => T | Promise<T>) => Promise<T>;

// For whoever has no rhythm to keep: the desk, tests.
export const atOnce: Work = async (piece) => piece();

// The browser hands a request to its network process in this time; a busy page could hold it up.
export const kAfterSendMs = 30;
// Kept free before a slot at least: longer than any piece on a slow phone without a JIT, an X-Wing decapsulation.
export const kReserveMs = 400;
// A phone on which pieces take longer than that gets a reserve by the longest of late.
const kReservePerPiece = 1.5;
const kReserveFades = 0.9;
// Pieces that together took less are not interrupted for the page to draw itself.
const kSliceMs = 25;

type Turn = () => Promise<void>;

export class Turns {
  private readonly urgent: Turn[] = [];
  private readonly waiting: Turn[] = [];
  private going = false;
  private opens = -Infinity; // no piece before,
  private closes = Infinity; // and none that might not be done by then
  private reserveMs = kReserveMs;
  private breathed = -Infinity;

  constructor(private readonly timer: Timer) {}

  readonly work: Work = (piece) => this.queue(this.waiting, piece);
  // For the rhythm itself: answers, and frames to be signed. They go before what else waits.
  readonly soon: Work = (piece) => this.queue(this.urgent, piece);

  // A frame has just left; the next one leaves at `nextSlot`.
  sent(nextSlot: number): void {
    this.opens = this.timer.now() + kAfterSendMs;
    this.closes = nextSlot;
    this.timer.at(this.opens, () => void this.go(true));
  }

  // There are no slots any more.
  free(): void {
    this.opens = -Infinity;
    this.closes = Infinity;
    void this.go(false);
  }

  private queue<T>(line: Turn[], piece: () => T | Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      line.push(async () => {
        try {
          resolve(await piece());
        } catch (error) {
          reject(error);
        }
      });
      void this.go(false);
    });
  }

  // `justOpened`: the first piece begins however long pieces take here, or a slow phone would never get on.
  private async go(justOpened: boolean): Promise<void> {
    if (this.going) return;
    this.going = true;
    for (let first = justOpened; this.urgent.length + this.waiting.length > 0; first = false) {
      if (!first && this.timer.now() - this.breathed >= kSliceMs) await this.breathe();
      if (!first && !this.hasRoom()) break;
      const began = this.timer.now();
      await (this.urgent.shift() ?? this.waiting.shift()!)();
      const took = this.timer.now() - began;
      const longest = Math.max(kReservePerPiece * took, kReserveFades * this.reserveMs);
      this.reserveMs = Math.min(Math.max(kReserveMs, longest), kSlotSpacingMsMin);
    }
    this.going = false;
  }

  private hasRoom(): boolean {
    const now = this.timer.now();
    return now >= this.opens && now + this.reserveMs <= this.closes;
  }

  private breathe(): Promise<void> {
    return new Promise((resolve) => {
      this.timer.at(this.timer.now(), () => {
        this.breathed = this.timer.now();
        resolve();
      });
    });
  }
}
