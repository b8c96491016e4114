// What a reporter sends, once each: asked for again after a failure, it goes on where it stopped.
import type { OpenedCase } from '../core/case_log.ts';
import type { Connection } from '../core/connection.ts';
import { equal } from '../core/crypto/bytes.ts';
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

interface Asked {
  readonly item: ItemId | null; // null: accepted, and not seen in the case since
  readonly arrived: (() => void) | undefined;
}

export class Sending {
  private outbox_ = new Outbox();
  private asked_ = new Map<string, Asked>(); // by what_of()

  constructor(
    private readonly connection_: Connection,
    private readonly pace_: Pace,
    private readonly under_way_: UnderWay,
  ) {}

  // Does it and looks at what came of it. What was accepted is not done again when only the look failed.
  async once<T>(what: string, doing: () => Promise<unknown>, look: () => Promise<T>, arrived?: () => void): Promise<T> {
    const { asked_: asked } = this;
    if (asked.get(what)?.item !== null) await this.under_way_.during(doing());
    asked.set(what, { item: null, arrived });
    const seen = await look();
    asked.delete(what);
    return seen;
  }

  // Called before a look at a case, and what it answers with what that look showed: what was accepted before, or stands
  // in it though its answer was lost, has arrived, so that the same words, written later, are new ones.
  looking(self: Reporter): (seen: OpenedCase) => void {
    const before = [...this.asked_].filter(([what]) => what.startsWith(case_of(self)));
    return (seen) => {
      for (const [what, asked] of before) {
        if (this.asked_.get(what) !== asked || !this.stands(asked, seen)) continue;
        this.asked_.delete(what);
        asked.arrived?.();
      }
    };
  }
  private stands({ item, arrived }: Asked, { entries }: OpenedCase): boolean {
    if (!item) return true;
    const sent = this.outbox_.get(item);
    if (!arrived || !sent || sent.underWay) return false; // whoever is not told of it asks again
    return entries.some(({ entry }) => sent.entries.some(({ signature }) => equal(signature, entry.signature)));
  }

  // The same with what is written. Again, it goes on with the bytes that were sealed before: sent twice, it stands
  // once. `arrived`: called when it failed, and a later look shows that it stands.
  deliver<T>(
    draft: Draft,
    self: Reporter,
    known: FetchedCase | null,
    on_progress: OnProgress,
    look: () => Promise<T>,
    arrived?: () => void,
    what = what_of(self, draft),
  ): Promise<T> {
    const { connection_: connection, outbox_: outbox, asked_: asked } = this;
    const doing = async (): Promise<void> => {
      const item = asked.get(what)?.item ?? outbox.add(draft, systemRandom).id;
      asked.set(what, { item, arrived });
      const progress = (step: Progress): void => on_progress(this.pace_.of_delivery(step));
      const delivery = new Delivery({ connection, self, outbox, random: systemRandom, ...(known && { known }), progress });
      value_of(await delivery.deliver(item));
    };
    return this.once(what, doing, look, arrived);
  }

  // What is on its way arrives; nobody hears of it any more.
  forget(): void {
    const { outbox_: outbox } = this;
    this.outbox_ = new Outbox();
    this.asked_ = new Map();
    this.under_way_.afterwards(() => outbox.clear());
  }
}
