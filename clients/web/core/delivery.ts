// Brings what stands in the outbox to the gateway, once.
//
// Sealed bytes are kept until the gateway said "accepted". Sent twice, the same bytes are accepted once; refused as
// stale they never were accepted, and are sealed anew.

import { Status } from '../generated/rules.ts';
import type { Random } from './crypto/random.ts';
import { wipe } from './crypto/secret.ts';
import { wipeCase, type OpenedCase } from './case_log.ts';
import type { Connection } from './connection.ts';
import { done, good, type Bad } from './expected.ts';
import { fail, refusal, type CoreError, type Result } from './errors.ts';
import { fetchCase, type FetchedCase } from './fetch.ts';
import { Reporter, type Identity } from './identity.ts';
import type { AnswerDraft, EventDraft, ItemId, OpeningDraft, Outbox, OutboxItem } from './outbox.ts';
import type { Handle } from './protocol/ids.ts';
import { parseAccepted, type Accepted } from './protocol/operations.ts';
import { findReaders } from './readers.ts';
import { sealEvent, type SealedEntry } from './seal.ts';
import { newcomersOf, sealAnswer, type AnswerProblem } from './seal_answer.ts';
import { sealCase } from './seal_case.ts';
import { freezeEntries, isStale, stageEntries, submitEntries } from './submission.ts';

const kSealTries = 8;

// What is going on, to be shown: never said before it is so.
export type Progress =
  | { readonly phase: 'sealing' }
  | { readonly phase: 'staging'; readonly sent: number; readonly total: number } // chunks that arrived
  | { readonly phase: 'sending' }
  | { readonly phase: 'accepted' };

export interface DeliveryOptions {
  readonly connection: Connection;
  readonly self: Identity;
  readonly outbox: Outbox;
  readonly random: Random;
  readonly known?: FetchedCase; // the case as it was last seen: only what came since is fetched before sealing
  readonly progress?: (progress: Progress) => void;
}

export class Delivery {
  private readonly connection: Connection;
  private readonly self: Identity;
  private readonly outbox: Outbox;
  private readonly random: Random;
  private readonly known: FetchedCase | undefined;
  private readonly progress: (progress: Progress) => void;

  constructor(options: DeliveryOptions) {
    this.connection = options.connection;
    this.self = options.self;
    this.outbox = options.outbox;
    this.random = options.random;
    this.known = options.known;
    this.progress = options.progress ?? (() => {});
  }

  // Delivers one item and takes it out of the outbox. 'unreachable' and 'verification' leave it there to be sent again;
  // 'refused' and 'bad input' leave it there marked refused. Asked again meanwhile, it is the same delivery.
  async deliver(id: ItemId): Promise<Result<Accepted>> {
    const item = this.outbox.get(id);
    if (item === undefined) return fail('defect', 'defect', 'nothing of that name waits to be sent');
    item.underWay ??= this.deliverItem(item).finally(() => (item.underWay = undefined));
    return item.underWay;
  }

  // Everything that waits and was not refused, in order; stops at the first error.
  async deliverWaiting(): Promise<Result<number>> {
    const waiting = this.outbox.items.filter((item) => !item.refused);
    for (const { id } of waiting) {
      const delivered = await this.deliver(id);
      if (!delivered.ok) return delivered;
    }
    return good(waiting.length);
  }

  private async deliverItem(item: OutboxItem): Promise<Result<Accepted>> {
    for (let tries = 0; tries < kSealTries; ++tries) {
      if (item.entries.length === 0) {
        this.progress({ phase: 'sealing' });
        const sealed = await this.seal(item);
        if (!sealed.ok) return this.giveUp(item, sealed.error);
      }
      this.progress({ phase: 'sending' });
      const answer = await submitEntries(this.connection, this.self, item.entries, item.caseShare);
      if (!answer.ok) return answer;
      const { status, body } = answer.value;
      if (status === Status.done) return this.accepted(item, body);
      if (status === Status.incomplete) {
        const staged = await this.stage(item);
        if (!staged.ok) return this.giveUp(item, staged.error);
        continue;
      }
      if (!isStale(status)) return this.giveUp(item, refusal(status));
      const refreshed = await this.connection.refreshDirectory();
      if (!refreshed.ok) return refreshed;
      item.entries = [];
      wipe(item.caseShare);
      item.caseShare = undefined;
    }
    return fail('unreachable', 'changes too fast', 'this case changes faster than the text can be sent; try again');
  }

  private accepted(item: OutboxItem, body: Uint8Array): Result<Accepted> {
    const accepted = parseAccepted(body);
    if (!accepted) return fail('unreachable', 'unreadable answer', "the gateway's answer can't be read");
    this.outbox.remove(item.id);
    this.progress({ phase: 'accepted' });
    return good(accepted);
  }

  // Marks the item refused when sending it again can't help.
  private giveUp(item: OutboxItem, error: CoreError): Result<never> {
    item.refused = error.kind === 'refused' || error.kind === 'bad input';
    return { ok: false, error };
  }

  private seal(item: OutboxItem): Promise<Result<void>> {
    const { draft } = item;
    if (draft.kind === 'opening') return this.sealOpening(item, draft);
    return draft.kind === 'answer' ? this.sealDecision(item, draft) : this.sealAddition(item, draft);
  }

  private async sealOpening(item: OutboxItem, draft: OpeningDraft): Promise<Result<void>> {
    const { self, connection } = this;
    if (!(self instanceof Reporter)) return fail('defect', 'defect', 'only a reporter opens a case');
    const people = findReaders(draft, connection.directory);
    if (!people.ok) return people;
    const { members, standIn } = people.value;
    const found = await connection.certificates(standIn ? [...members, standIn] : members);
    if (!found.ok) return found;
    const readers = { advisers: found.value.slice(0, members.length), standIn: found.value[members.length] };
    const { directory, today } = connection;
    const sealed = await sealCase(self, draft.story, readers, directory, today, this.random, connection.work);
    item.caseShare = sealed.share;
    this.freeze(item, sealed.entries);
    return done;
  }

  private sealAddition(item: OutboxItem, draft: EventDraft): Promise<Result<void>> {
    const { self, connection } = this;
    return this.sealAt(item, draft.handle, async (opened) => {
      const { compartment, event, milestone, urgent } = draft;
      const epoch = opened.access.newestEpoch(compartment);
      const key = epoch && opened.keys.get(compartment, epoch.number);
      const { share } = opened;
      if (epoch === undefined || key === undefined || share === undefined)
        return fail('refused', 'not shared', 'this part of the case is not shared with you');
      const target = { compartment, epoch: epoch.number, ...(milestone && { milestone }), ...(urgent && { urgent }) };
      const place = { chain: opened.chain.copy(), day: connection.today, directoryHash: connection.directory.hash };
      return good([await connection.work(() => sealEvent(self, place, target, event, key, share, this.random))]);
    });
  }

  private sealDecision(item: OutboxItem, draft: AnswerDraft): Promise<Result<void>> {
    const { self: owner, connection, random } = this;
    const { directory, today, work } = connection;
    return this.sealAt(item, draft.handle, async (opened) => {
      const newcomers = newcomersOf(opened, directory, draft, today);
      if (!newcomers.ok) return notAnswered(newcomers.error);
      const certificates = await connection.certificates(newcomers.value.map(({ memberId }) => memberId));
      if (!certificates.ok) return certificates;
      const place = { chain: opened.chain.copy(), day: today, directoryHash: directory.hash };
      const making = { owner, place, opened, newcomers: newcomers.value, certificates: certificates.value, random, work };
      const sealed = await sealAnswer(draft, making);
      return sealed.ok ? sealed : notAnswered(sealed.error);
    });
  }

  // In the case as it stands. Keys that were fetched for this alone are wiped, whatever comes of it.
  private async sealAt(
    item: OutboxItem,
    handle: Handle,
    make: (opened: OpenedCase) => Promise<Result<readonly SealedEntry[]>>,
  ): Promise<Result<void>> {
    const fetched = await fetchCase(this.connection, handle, this.self, this.known);
    if (!fetched.ok) return fetched;
    try {
      const sealed = await make(fetched.value.opened);
      if (!sealed.ok) return sealed;
      this.freeze(item, sealed.value);
      return done;
    } finally {
      if (fetched.value !== this.known) wipeCase(fetched.value.opened);
    }
  }

  private freeze(item: OutboxItem, sealed: readonly SealedEntry[]): void {
    item.entries = freezeEntries(sealed, item.caseShare, this.connection.frameSize, this.random);
  }

  private stage(item: OutboxItem): Promise<Result<void>> {
    const handle = handleOfItem(item, this.self);
    const staged = (sent: number, total: number): void => this.progress({ phase: 'staging', sent, total });
    return stageEntries(this.connection, this.self, handle, item.entries, staged);
  }
}

function handleOfItem(item: OutboxItem, self: Identity): Handle {
  if (item.draft.kind !== 'opening') return item.draft.handle;
  if (self instanceof Reporter) return self.handle;
  throw new Error('an opening of somebody who is no reporter');
}

function notAnswered(problem: AnswerProblem): Bad<CoreError> {
  return fail('refused', 'not answered', `this proposal can't be answered so: ${problem}`, problem);
}
