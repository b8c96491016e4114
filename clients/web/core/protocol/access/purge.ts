// The end of a case by the directory's retention rule: what the gateway may do by itself, and no sooner than everybody
// can count.

import { retentionRuleOf } from '../../../generated/rules.ts';
import { equal } from '../../crypto/bytes.ts';
import { bad, good } from '../../expected.ts';
import type { Access } from '../access.ts';
import type { Day } from '../ids.ts';
import type { Purge } from '../kinds.ts';
import type { Admitted, Asked } from './asked.ts';

// A case that has an outcome is kept for as long again after every entry that follows: whoever writes on is not done.
export function mayBePurged(access: Access, lastDay: Day, retentionDays: number, today: Day): boolean {
  const { outcomeDay } = access.milestones;
  if (!access.opened || access.withdrawn !== undefined || access.purged !== undefined || outcomeDay === 0) return false;
  return today >= Math.max(outcomeDay, lastDay) + retentionDays;
}

export function admitPurge(access: Access, ask: Asked, { rule, days }: Purge): Admitted {
  const { byOwner, directory, header, member } = ask;
  if (byOwner || member !== undefined) return bad('author');
  if (header.payloadSize !== 0) return bad('payload');
  if (retentionRuleOf(rule) === undefined) return bad('newer version');
  // An earlier directory's days nobody can look up any more: they are shown as they are stated.
  const madeNow = equal(header.directoryHash, directory.hash);
  if ((madeNow && days !== directory.content.terms.retentionDays) || !access.mayBePurged(days, header.day))
    return bad('purge');
  return good(access.with({ purged: { rule, days, day: header.day, seq: header.seq } }));
}
