// What was written and is not accepted yet. In memory alone: the browser keeps nothing.

import type { Compartment, Milestone } from '../generated/rules.ts';
import { fixedBytes, toHex, type FixedBytes } from './crypto/bytes.ts';
import type { Random } from './crypto/random.ts';
import { wipe } from './crypto/secret.ts';
import type { Signature } from './crypto/signature.ts';
import type { CoreError, Result } from './errors.ts';
import type { Bad } from './expected.ts';
import type { OpenedEntry } from './case_log.ts';
import type { Decision, Event } from './event.ts';
import type { Handle, MemberId, UploadId } from './protocol/ids.ts';
import type { Accepted } from './protocol/operations.ts';
import type { Story } from './seal_case.ts';

// A case to open: what was written, and who is to read it. By id, since it may be sealed under a newer directory than
// the one they were chosen from, where somebody else has the name.
export interface OpeningDraft {
  readonly kind: 'opening';
  readonly story: Story;
  readonly to: readonly MemberId[]; // the first is the holder; nobody: a signal
  readonly standIn: MemberId | undefined;
}

// Something to add to a case.
export interface EventDraft {
  readonly kind: 'event';
  readonly handle: Handle;
  readonly compartment: Compartment;
  readonly event: Event;
  readonly milestone?: Milestone;
  readonly urgent?: boolean;
  // Asked of the log that it is about to be sealed behind, whenever it is: an error of it stands in the way.
  readonly unless?: (log: readonly OpenedEntry[]) => Bad<CoreError> | undefined;
}

// The owner's answer to a proposal. A yes is carried out with it, in one append: the summary as they approved it, a
// grant to everybody the proposal names, the decision.
export interface AnswerDraft {
  readonly kind: 'answer';
  readonly handle: Handle;
  readonly decision: Decision;
  readonly summary: string; // empty: none; only with a yes
}

export type Draft = OpeningDraft | EventDraft | AnswerDraft;

export type ItemId = FixedBytes<'ItemId'>;
export const ItemId = fixedBytes<'ItemId'>(16);

// The attempt that may have arrived. Sent again it is these very bytes, so nothing stands twice.
export interface FrozenEntry {
  readonly header: Uint8Array;
  readonly signature: Signature;
  readonly payload: Uint8Array;
  uploadId: UploadId | undefined; // when the payload travels as chunks
}

export interface OutboxItem {
  readonly id: ItemId;
  readonly draft: Draft;
  caseShare: Uint8Array | undefined; // 32, of an opening that was sealed
  entries: FrozenEntry[]; // empty: not sealed yet
  refused: boolean; // kept for the person, not sent again
  underWay: Promise<Result<Accepted>> | undefined; // being delivered: a second attempt would seal a second entry
}

export class Outbox {
  private readonly kept = new Map<string, OutboxItem>();

  get items(): readonly OutboxItem[] {
    return [...this.kept.values()];
  }
  get(id: ItemId): OutboxItem | undefined {
    return this.kept.get(toHex(id));
  }
  add(draft: Draft, random: Random): OutboxItem {
    const item: OutboxItem = {
      id: ItemId.random(random),
      draft,
      caseShare: undefined,
      entries: [],
      refused: false,
      underWay: undefined,
    };
    this.kept.set(toHex(item.id), item);
    return item;
  }
  remove(id: ItemId): void {
    wipe(this.get(id)?.caseShare);
    this.kept.delete(toHex(id));
  }
  // Forgets everything that was written.
  clear(): void {
    for (const item of this.items) this.remove(item.id);
  }
}
