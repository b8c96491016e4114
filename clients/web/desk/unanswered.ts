// What was written and has no answer yet. It may have arrived: sent again it is the same bytes, so that it stands once,
// also when the desk was locked in between.
import type { OpenedCase } from '../core/case_log.ts';
import { Milestone } from '../generated/rules.ts';
import { equal, fromHex, toHex } from '../core/crypto/bytes.ts';
import { systemRandom } from '../core/crypto/random.ts';
import { Signature } from '../core/crypto/signature.ts';
import type { Event } from '../core/event.ts';
import { Outbox, type EventDraft, type FrozenEntry, type ItemId } from '../core/outbox.ts';
import { UploadId } from '../core/protocol/ids.ts';

// Which case, by which form, and what: its event's hash, and the milestone that it sets. The same thing twice is the
// same `what`.
export const what_of = (key: string, name: string, hash: Uint8Array, milestone: Milestone = Milestone.none): string =>
  `${key} ${name} ${toHex(hash)} ${milestone}`;
const but_for_milestone = (what: string): string => what.slice(0, what.lastIndexOf(' '));

// Bytes in hexadecimal: header, signature, payload, upload id (empty: none).
type Frozen = readonly [string, string, string, string];
export type Sealed = readonly [what: string, entries: readonly Frozen[]];

interface Arrived {
  readonly name: string;
  readonly event: Event;
}

export class Unanswered {
  readonly outbox = new Outbox();
  private readonly items_ = new Map<string, ItemId>();
  private sealed_ = new Map<string, FrozenEntry[]>(); // from before the lock

  // The item to deliver for it; the one there was when it is tried again.
  item(what: string, draft: EventDraft): ItemId {
    const known = this.items_.get(what);
    if (known) return known;
    const item = this.outbox.add(draft, systemRandom);
    item.entries = this.sealed_.get(what) ?? [];
    this.sealed_.delete(what);
    this.items_.set(what, item.id);
    return item.id;
  }
  // The same words with another milestone that may have arrived.
  otherwise(what: string): readonly string[] {
    return this.tried().map(([one]) => one).filter((one) => one !== what && but_for_milestone(one) === but_for_milestone(what));
  }
  answered(what: string): void {
    const item = this.items_.get(what);
    if (item) this.outbox.remove(item);
    this.items_.delete(what);
    this.sealed_.delete(what);
  }

  // What stands in the case after all: the answer was lost on the way, or came to a locked desk. `name`: its form's.
  // `of`: asked of these alone; the others are found when they are asked for.
  arrived(key: string, { entries }: OpenedCase, of?: readonly string[]): readonly Arrived[] {
    const found: Arrived[] = [];
    for (const [what, tried] of this.tried()) {
      const [its_key, name] = what.split(' ');
      if (its_key !== key || of?.includes(what) === false) continue;
      const stands = entries.find(({ entry }) => tried.some(({ signature }) => equal(signature, entry.signature)));
      if (!stands?.event) continue;
      this.answered(what);
      found.push({ name: name!, event: stands.event });
    }
    return found;
  }

  // Everything that may have arrived, as the bytes it was sent as; nothing of it stays here.
  put_away(): readonly Sealed[] {
    const sealed = this.tried().map(([what, entries]): Sealed => [what, entries.map(written)]);
    this.outbox.clear();
    this.items_.clear();
    this.sealed_.clear();
    return sealed;
  }
  take_back(sealed: readonly Sealed[]): void {
    this.sealed_ = new Map(sealed.map(([what, entries]) => [what, entries.map(read)]));
  }

  private tried(): [string, FrozenEntry[]][] {
    const mine = [...this.items_].map(([what, id]): [string, FrozenEntry[]] => [what, this.outbox.get(id)?.entries ?? []]);
    return [...this.sealed_, ...mine].filter(([, entries]) => entries.length > 0);
  }
}

const written = ({ header, signature, payload, uploadId }: FrozenEntry): Frozen => [
  toHex(header), toHex(signature), toHex(payload), uploadId ? toHex(uploadId) : '',
];
const read = ([header, signature, payload, upload]: Frozen): FrozenEntry => ({
  header: fromHex(header)!,
  signature: Signature.from(fromHex(signature)!)!,
  payload: fromHex(payload)!,
  uploadId: upload === '' ? undefined : UploadId.from(fromHex(upload)!),
});
