// Events that stand in a case and are not this keyholder's to read: what they may have been.

import { Compartment, Role, StepRole } from '../../generated/rules.ts';
import type { Day } from '../protocol/ids.ts';
import type { Step } from './steps.ts';

export class Unread {
  readonly talk = new Set<number>(); // by seq: any may be a proposal
  askedDay: Day | undefined; // the first day on which a member may have asked something
  // A decision of the committee, or advice, in the summary; or the reporter's own word, also an answer to something of
  // it.
  maySettle = false;
  byCoordinator = false;

  note({ compartment, seq, role, day, office }: Step): void {
    if (compartment === Compartment.summary) this.maySettle = true;
    if (compartment !== Compartment.talk) return;
    this.talk.add(seq);
    if (role === StepRole.owner) this.maySettle = true;
    else this.askedDay ??= day;
    if (office === Role.coordinator) this.byCoordinator = true;
  }
}
