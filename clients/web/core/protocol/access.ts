// Who may read and write what in a case, folded from the public headers (protocol §2, §3).
//
// The gateway refuses an entry that admit() refuses; a client that meets one in a log keeps the chain, lets the entry
// change nothing, and raises an alarm. This is the twin of protocol/access.h: a rule that stands here holds on both
// sides. The rules of each kind stand in access/.

import type { Compartment } from '../../generated/rules.ts';
import { equal } from '../crypto/bytes.ts';
import type { SigningPublicKey } from '../crypto/signature.ts';
import type { Expected } from '../expected.ts';
import { admitEntry } from './access/admit.ts';
import { mayBePurged } from './access/purge.ts';
import type { Breach } from './breach.ts';
import type { Directory, Terms } from './directory.ts';
import type { Header } from './entry.ts';
import {
  holds,
  isExpired,
  isLive,
  type Delegation,
  type EndedGrant,
  type Epoch,
  type LiveGrant,
  type PurgeMade,
  type ReleaseMade,
  type Withdrawal,
} from './grants.ts';
import type { Day, MemberId } from './ids.ts';
import type { Open } from './kinds.ts';
import { Milestones } from './milestones.ts';

export type * from './breach.ts';
export * from './grants.ts';

// What the fold has found so far.
interface Found {
  readonly open: { readonly owner: SigningPublicKey; readonly opening: Open } | undefined;
  readonly withdrawn: Withdrawal | undefined;
  readonly purged: PurgeMade | undefined;
  readonly lastDay: Day; // of the last entry that was taken in
  readonly epochs: ReadonlyMap<Compartment, readonly Epoch[]>; // from 1, one more each
  // In the order they were given: those that stand, dormant and past their last day included; and those that were ended
  // by an entry, in the order they ended.
  readonly grants: readonly LiveGrant[];
  readonly endedGrants: readonly EndedGrant[];
  readonly delegations: readonly Delegation[]; // not taken back; see mayDelegate()
  readonly releases: readonly ReleaseMade[];
  readonly milestones: Milestones;
}

const kNothing: Found = {
  open: undefined,
  withdrawn: undefined,
  purged: undefined,
  lastDay: 0,
  epochs: new Map(),
  grants: [],
  endedGrants: [],
  delegations: [],
  releases: [],
  milestones: Milestones.open(0, false),
};

// Never changed: an entry that is admitted makes another, so a breach changes nothing.
export class Access {
  private constructor(private readonly found: Found) {}

  // Before the first entry.
  static readonly empty = new Access(kNothing);

  // With the next entry of the log, or the rule it breaks. The entry's place in the log (chain.ts) is the caller's to
  // check first.
  admit(header: Header, directory: Directory): Expected<Access, Breach> {
    return admitEntry(this, header, directory);
  }
  // For the rules in access/.
  with(changes: Partial<Found>): Access {
    return new Access({ ...this.found, ...changes });
  }

  get opened(): boolean {
    return this.found.open !== undefined;
  }
  // Once opened.
  get opening(): Open {
    return this.whenOpen().opening;
  }
  get owner(): SigningPublicKey {
    return this.whenOpen().owner;
  }
  get withdrawn(): Withdrawal | undefined {
    return this.found.withdrawn;
  }
  get purged(): PurgeMade | undefined {
    return this.found.purged;
  }
  get epochs(): ReadonlyMap<Compartment, readonly Epoch[]> {
    return this.found.epochs;
  }
  get grants(): readonly LiveGrant[] {
    return this.found.grants;
  }
  get endedGrants(): readonly EndedGrant[] {
    return this.found.endedGrants;
  }
  get delegations(): readonly Delegation[] {
    return this.found.delegations;
  }
  get releases(): readonly ReleaseMade[] {
    return this.found.releases;
  }
  get milestones(): Milestones {
    return this.found.milestones;
  }

  // A member's grants that are not dormant and not past their last day.
  live(member: MemberId, today: Day): LiveGrant[] {
    return this.grants.filter((grant) => equal(grant.memberId, member) && isLive(grant, today));
  }
  isIn(member: MemberId, today: Day): boolean {
    return this.live(member, today).length > 0;
  }
  // Whether the member may be served `compartment` of `epoch` today.
  mayRead(member: MemberId, compartment: Compartment, epoch: number, today: Day): boolean {
    return this.live(member, today).some((grant) => holds(grant, compartment, epoch));
  }
  // Whether the entry `seq` holds keys that are the member's today.
  mayUnwrap(member: MemberId, seq: number, today: Day): boolean {
    return this.live(member, today).some((grant) => grant.wrappedAt.includes(seq));
  }
  // The lead adviser today, if there is one.
  holder(today: Day): MemberId | undefined {
    return this.grants.find((grant) => grant.holder && isLive(grant, today))?.memberId;
  }
  // Whether the delegation lets anybody in today: its last day has not passed, its delegate is in.
  mayDelegate(delegation: Delegation, today: Day): boolean {
    return today <= delegation.lastDay && this.isIn(delegation.delegateId, today);
  }
  // The member whose dormant grant `standIn` may wake today by a Release for a missed term.
  overdueFor(standIn: MemberId, terms: Terms, today: Day): MemberId | undefined {
    if (this.withdrawn !== undefined || !this.milestones.missed(terms, today)) return undefined;
    const waits = this.grants.find(
      (grant) => equal(grant.memberId, standIn) && grant.dormant && !isExpired(grant, today),
    );
    return waits?.standsInFor;
  }
  // Whether the directory's rule allows the gateway to destroy the case's payloads today.
  mayBePurged(retentionDays: number, today: Day): boolean {
    return mayBePurged(this, this.found.lastDay, retentionDays, today);
  }

  // Nothing when the compartment never started one.
  newestEpoch(compartment: Compartment): Epoch | undefined {
    return this.epochs.get(compartment)?.at(-1);
  }
  epoch(compartment: Compartment, number: number): Epoch | undefined {
    return this.epochs.get(compartment)?.[number - 1];
  }

  private whenOpen(): { readonly owner: SigningPublicKey; readonly opening: Open } {
    if (this.found.open === undefined) throw new Error('a case that was never opened');
    return this.found.open;
  }
}
