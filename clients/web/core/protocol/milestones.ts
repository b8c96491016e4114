// The milestones of a case and the legal terms they meet: all of it public, so that the gateway counts as the clients
// do.

import { Milestone } from '../../generated/rules.ts';
import { addMonths, clocks, daysAfter, overdue, type Clocks } from './calendar.ts';
import type { Terms } from './directory.ts';
import type { Day } from './ids.ts';

export interface MilestoneMade {
  readonly seq: number;
  readonly milestone: Milestone;
  readonly day: Day;
  readonly disputedDay: Day; // 0: not disputed
}

// By which milestone something is met, until that one is disputed.
export interface Met {
  readonly seq: number; // 0: not met; no milestone stands at 0
  readonly day: Day;
  readonly reopenedDay: Day;
}
const kNotMet: Met = { seq: 0, day: 0, reopenedDay: 0 };

// Never changed: what comes next is another.
export class Milestones {
  private constructor(
    private readonly openedDay: Day,
    readonly unclocked: boolean, // nobody waits for an answer
    readonly all: readonly MilestoneMade[],
    readonly acknowledged: Met,
    readonly feedback: Met,
    readonly outcome: Met,
  ) {}

  static open(day: Day, unclocked: boolean): Milestones {
    return new Milestones(day, unclocked, [], kNotMet, kNotMet, kNotMet);
  }

  // Any milestone acknowledges; an outcome is feedback, too. What was met stays met.
  take(seq: number, milestone: Milestone, day: Day): Milestones {
    if (milestone === Milestone.none) return this;
    const made = [...this.all, { seq, milestone, day, disputedDay: 0 }];
    const meet = (term: Met, meets: boolean): Met =>
      meets && term.seq === 0 ? { seq, day, reopenedDay: term.reopenedDay } : term;
    return this.with(
      made,
      meet(this.acknowledged, true),
      meet(this.feedback, milestone !== Milestone.acknowledged),
      meet(this.outcome, milestone === Milestone.outcome),
    );
  }

  // Whether `seq` is a milestone that was not disputed yet.
  mayDispute(seq: number): boolean {
    return this.all.some((made) => made.seq === seq && made.disputedDay === 0);
  }
  // The terms that this milestone met run anew, whole, from `day` on.
  dispute(seq: number, day: Day): Milestones {
    const made = this.all.map((one) => (one.seq === seq ? { ...one, disputedDay: day } : one));
    const reopen = (term: Met): Met => (term.seq === seq ? { seq: 0, day: 0, reopenedDay: day } : term);
    return this.with(made, reopen(this.acknowledged), reopen(this.feedback), reopen(this.outcome));
  }

  // 0: not, or not any more.
  get acknowledgedDay(): Day {
    return this.acknowledged.day;
  }
  get feedbackDay(): Day {
    return this.feedback.day;
  }
  get outcomeDay(): Day {
    return this.outcome.day;
  }

  clocks(terms: Terms): Clocks {
    const { acknowledged, feedback } = this;
    // An acknowledgement that was disputed moves no other term: feedback counts as if there was none.
    const atOnce = acknowledged.reopenedDay === 0;
    const both = clocks(terms, this.openedDay, atOnce ? acknowledged.day : 0, feedback.day);
    return {
      acknowledge: atOnce
        ? both.acknowledge
        : { dueDay: daysAfter(acknowledged.reopenedDay, terms.acknowledgeDays), metDay: acknowledged.day },
      feedback:
        feedback.reopenedDay === 0
          ? both.feedback
          : { ...both.feedback, dueDay: addMonths(feedback.reopenedDay, terms.feedbackMonths) },
    };
  }
  // Whether a term has passed that nobody met. Never where nobody waits for an answer.
  missed(terms: Terms, today: Day): boolean {
    if (this.unclocked) return false;
    const { acknowledge, feedback } = this.clocks(terms);
    return overdue(acknowledge, today) || overdue(feedback, today);
  }

  private with(made: readonly MilestoneMade[], acknowledged: Met, feedback: Met, outcome: Met): Milestones {
    return new Milestones(this.openedDay, this.unclocked, made, acknowledged, feedback, outcome);
  }
}
