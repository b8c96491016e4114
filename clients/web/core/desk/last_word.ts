// What the reporter said last, where a desk must not overlook it.

import { Compartment } from '../../generated/rules.ts';
import type { OpenedCase } from '../case_log.ts';
import type { CaseState } from '../case_state.ts';
import { isYes, type DecisionRecord } from '../case_state/proposals.ts';
import { ruleOf } from '../case_state/table.ts';
import { equal } from '../crypto/bytes.ts';
import { kindOf } from '../event.ts';
import type { MemberId } from '../protocol/ids.ts';

// Whether something urgent of theirs waits for an answer. The log keeps for good that it was urgent; once a member
// answered, it is not any more.
export function urgentWaits({ entries }: Pick<OpenedCase, 'entries'>): boolean {
  let waits = false;
  for (const { entry, counts, event } of entries) {
    const { fields } = entry.header;
    if (!counts || fields.kind !== 'event') continue;
    const rule = event && ruleOf(kindOf(event));
    if (entry.byOwner()) waits ||= fields.urgent;
    else if (rule?.turn ?? fields.compartment === Compartment.talk) waits = false;
  }
  return waits;
}

// Their last answer to whether this person is let in, where it was no or not now, and came after the entry `since`.
export function noSince({ proposals }: Pick<CaseState, 'proposals'>, member: MemberId, since: number): DecisionRecord | undefined {
  let last: DecisionRecord | undefined;
  for (const { proposal, decision } of proposals)
    if (decision && decision.seq > (last?.seq ?? since) && proposal.readers.some(({ memberId }) => equal(memberId, member)))
      last = decision;
  return last && !isYes(last.choice) ? last : undefined;
}
