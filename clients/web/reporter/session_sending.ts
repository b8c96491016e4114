// What a reporter sends, once each: asked for again after a failure, it goes on where it stopped.
import type { Connection } from '../core/connection.ts';
import { systemRandom } from '../core/crypto/random.ts';
import { Delivery, type Progress } from '../core/delivery.ts';
import type { FetchedCase } from '../core/fetch.ts';
import type { Reporter } from '../core/identity.ts';
import { Outbox, type Draft, type ItemId } from '../core/outbox.ts';
import { value_of } from '../page/session_error.ts';
import type { OnProgress } from '../page/work.ts';
import type { Move } from './lead.ts';
import type { Pace } from './pace.ts';
import type { UnderWay } from './under_way.ts';

// Whose case, and what is done in it. The same thing twice is the same text.
const case_of = ({ handle }: Reporter): string => `${handle} `;
export const what_of = (self: Reporter, what: Draft | Move | null): string => case_of(self) + JSON.stringify(what);

export class Sending {
  private outbox_ = new Outbox();
  private asked_ = new Map<string, ItemId | null>(); // by what_of(); null: accepted, and not seen in the case since

  constructor(
    private readonly connection_: Connection,
    private readonly pace_: Pace,
    private readonly under_way_: UnderWay,
  ) {}

  // Does it and looks at what came of it. What was accepted is not done again when only the look failed.
  async once<T>(what: string, doing: () => Promise<unknown>, look: () => Promise<T>): Promise<T> {
    const { asked_: asked } = this;
    if (asked.get(what) !== null) await this.under_way_.during(doing());
    asked.set(what, null);
    const seen = await look();
    asked.delete(what);
    return seen;
  }

  // Called before a look at a case, and what it answers when that look succeeded: what was accepted before stands in it, so
  // that the same words, written later, are new ones.
  looking(self: Reporter): () => void {
    const accepted = [...this.asked_.keys()].filter((what) => what.startsWith(case_of(self)) && this.asked_.get(what) === null);
    return () => accepted.forEach((what) => this.asked_.delete(what));
  }

  // The same with what is written. Again, it goes on with the bytes that were sealed before: sent twice, it stands once.
  deliver<T>(
    draft: Draft,
    self: Reporter,
    known: FetchedCase | null,
    on_progress: OnProgress,
    look: () => Promise<T>,
    what = what_of(self, draft),
  ): Promise<T> {
    const { connection_: connection, outbox_: outbox, asked_: asked } = this;
    const doing = async (): Promise<void> => {
      const item = asked.get(what) ?? outbox.add(draft, systemRandom).id;
      asked.set(what, item);
      const progress = (step: Progress): void => on_progress(this.pace_.of_delivery(step));
      const delivery = new Delivery({ connection, self, outbox, random: systemRandom, ...(known && { known }), progress });
      value_of(await delivery.deliver(item));
    };
    return this.once(what, doing, look);
  }

  // What is on its way arrives; nobody hears of it any more.
  forget(): void {
    const { outbox_: outbox } = this;
    this.outbox_ = new Outbox();
    this.asked_ = new Map();
    this.under_way_.afterwards(() => outbox.clear());
  }
}
