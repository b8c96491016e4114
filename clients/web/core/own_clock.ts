// The days of a case against this device's own clock. The gateway gives every entry its day; terms, silence, dormant
// grants and retention count by it, and nobody else would notice one that lies ahead or stands still.

import type { Alarm } from './alarm.ts';
import { kDayMs } from './protocol/calendar.ts';
import type { Chain } from './protocol/chain.ts';
import type { Day } from './protocol/ids.ts';

const kDaysApart = 1;

// Today, UTC, by the device's own clock.
export const ownDay = (): Day => Math.floor(Date.now() / kDayMs);

// The alarm, at the newest entry, when its day lies ahead of `own`, or when `served`, the gateway's day as the case was
// fetched, is another than `own`. A day more or less is midnight, or a clock that was set by local time. `chain` is not
// empty.
export function otherDay(chain: Chain, served: Day, own: Day): Alarm | undefined {
  if (chain.headDay - own <= kDaysApart && Math.abs(served - own) <= kDaysApart) return undefined;
  const text = "the gateway counts other days than this device's clock; one of them is wrong";
  return { seq: chain.nextSeq - 1, kind: 'other_day', text };
}
