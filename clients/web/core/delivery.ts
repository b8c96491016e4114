// Brings what stands in the outbox to the gateway, once.
//
// Sealed bytes are kept until the gateway said "accepted". Sent twice, the same bytes are accepted once; refused as
// stale they never were accepted, and are sealed anew.

import { Status } from '../generated/rules.ts';
import { fetchCertificates } from './certificates.ts';
import type { Random } from './crypto/random.ts';
import { wipe } from './crypto/secret.ts';
import type { Connection } from './connection.ts';
import { done, good } from './expected.ts';
import { fail, refusal, type CoreError, type Result } from './errors.ts';
import type { FetchedCase } from './fetch.ts';
import { Reporter, type Identity } from './identity.ts';
import { addTo } from './lead/act.ts';
import type { ItemId, OpeningDraft, Outbox, OutboxItem } from './outbox.ts';
import type { Handle } from './protocol/ids.ts';
import { parseAccepted, type Accepted } from './protocol/operations.ts';
import { findReaders } from './readers.ts';
import { sealAnswer } from './seal_answer.ts';
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
  readonly connection: Connection;
  readonly self: Identity;
  readonly random: Random;
  readonly known: FetchedCase | undefined;
  private readonly outbox: Outbox;
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

  private async seal(item: OutboxItem): Promise<Result<void>> {
    const { draft } = item;
    if (draft.kind === 'opening') return this.sealOpening(item, draft);
    const added = await addTo(this, draft.handle, async (addition) =>
      draft.kind === 'answer'
        ? sealAnswer(addition, draft)
        : (draft.unless?.(addition.log) ?? addition.tell(draft.compartment, draft.event, draft)),
    );
    if (!added.ok) return added;
    item.entries = added.value.frozen;
    return done;
  }

  private async sealOpening(item: OutboxItem, draft: OpeningDraft): Promise<Result<void>> {
    const { self, connection } = this;
    if (!(self instanceof Reporter)) return fail('defect', 'defect', 'only a reporter opens a case');
    const { directory } = connection;
    const people = findReaders(draft, directory, connection.today);
    if (!people.ok) return people;
    const { members, standIn } = people.value;
    const found = await fetchCertificates(connection, standIn ? [...members, standIn] : members);
    if (connection.directory !== directory) return this.sealOpening(item, draft); // whom it still shows
    if (!found.ok) return found;
    const readers = { advisers: found.value.slice(0, members.length), standIn: found.value[members.length] };
    const { today, work } = connection;
    const sealed = await sealCase(self, draft.story, readers, directory, today, this.random, work);
    item.caseShare = sealed.share;
    item.entries = freezeEntries(sealed.entries, item.caseShare, connection.frameSize, this.random);
    return done;
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
