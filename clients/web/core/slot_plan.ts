// The plan of a visit: when frames leave (protocol §5). Blind to what the person does, and to how long anything takes.

import { kPaceMsMax, kPaceMsMin, kSlotSpacingMsMin } from '../generated/rules.ts';
import { drawUnit, type Random } from './crypto/random.ts';

// The time to the next slot. `unit` is drawn evenly from 0 to 1; the mean is the pace.
export function slotGapMs(unit: number, paceMs: number): number {
  const pace = Math.min(Math.max(paceMs, kPaceMsMin), kPaceMsMax);
  return kSlotSpacingMsMin + unit * 2 * (pace - kSlotSpacingMsMin);
}

// Every gap is drawn from `random` alone, in order, so the same random numbers and paces give the same slots whatever
// happens on the page. One slot that came late does not move those after it.
export class SlotPlan {
  private planned: number;
  private due: number;

  // The first slot is at `start`.
  constructor(
    private readonly random: Random,
    start: number,
  ) {
    this.planned = this.due = start;
  }

  // When the next frame leaves.
  get current(): number {
    return this.due;
  }

  // After a send at `now`: draws the next slot. Slots that went by (a phone asleep) are left out, and frames never
  // follow each other more closely than the spacing.
  next(now: number, paceMs: number): number {
    do this.planned += slotGapMs(drawUnit(this.random), paceMs);
    while (this.planned <= now);
    this.due = Math.max(this.planned, now + kSlotSpacingMsMin);
    return this.due;
  }
}
