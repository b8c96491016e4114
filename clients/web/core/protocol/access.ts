// Who may read and write what in a case, folded from the public headers (protocol §2, §3).
//
// The gateway refuses an entry that admit() refuses; a client that meets one in a log keeps the chain, lets the entry
// change nothing, and raises an alarm. This is the twin of protocol/access.cpp: a rule that stands here holds on both
// sides.

import { Compartment, milestoneOf, Milestone } from '../../generated/rules.ts';
import { equal } from '../crypto/bytes.ts';
import type { EpochCommitment } from '../crypto/case_share.ts';
import type { Digest } from '../crypto/hash.ts';
import type { SigningPublicKey } from '../crypto/signature.ts';
import { bad, done, type Expected } from '../expected.ts';
import type { Directory } from './directory.ts';
import { handleOf, type CompartmentEpoch, type Event, type Grant, type GrantMember, type Header, type Open } from './entry.ts';
import type { Day, MemberId } from './ids.ts';

export type Breach =
  | 'newer version' // a kind or number this program does not know
  | 'opening' // Open where none belongs, or none where it does
  | 'author' // neither the owner nor a member with a live grant
  | 'compartment' // the author does not hold it, or may not write in it
  | 'epoch' // not the compartment's newest, or not started
  | 'milestone' // only a member who holds `talk` sets one, in `talk`
  | 'urgent' // only the owner
  | 'grantor' // only the owner lets people in
  | 'grantee' // not in the directory, gone, or already in
  | 'grant keys' // epochs that do not exist
  | 'holder' // a second holder
  | 'dormant'; // stands in for nobody who is in

export interface Epoch {
  readonly number: number;
  readonly commitment: EpochCommitment;
  readonly startedSeq: number; // the entry that started it,
  readonly startedAfter: Digest; // and that entry's prev_hash: part of the key's derivation
}

export interface LiveGrant {
  readonly memberId: MemberId;
  readonly xwingKeyHash: Digest;
  readonly keys: readonly CompartmentEpoch[];
  readonly holder: boolean;
  readonly dormant: boolean;
  readonly standsInFor: MemberId; // zeros unless dormant
  readonly sinceDay: Day;
  readonly lastDay: Day; // 0: until revoked
  readonly seq: number; // the entry that granted it
}

export const isExpired = (grant: LiveGrant, today: Day): boolean => grant.lastDay !== 0 && today > grant.lastDay;
export const holds = (grant: LiveGrant, compartment: Compartment, epoch: number): boolean =>
  grant.keys.some((key) => key.compartment === compartment && key.epoch === epoch);

// What happened, to whom, and who says so is the reporter's to write; members talk, summarise and keep notes.
const memberMayWrite = (compartment: Compartment): boolean =>
  compartment === Compartment.talk || compartment === Compartment.summary || compartment === Compartment.notes;

// What Open starts: the owner's compartments. Notes belong to the holder, sheets to oversight.
export const kOwned: readonly Compartment[] = [
  Compartment.story,
  Compartment.people,
  Compartment.identity,
  Compartment.talk,
  Compartment.summary,
];

export class Access {
  private open: { readonly owner: SigningPublicKey; readonly opening: Open } | undefined;
  private readonly epochs = new Map<Compartment, Epoch[]>();
  private readonly given: LiveGrant[] = []; // in the order they were given

  // Checks the next entry of the log against the rules and takes it in. A breach changes nothing. The entry's place in
  // the log (chain.ts) is the caller's to check first.
  admit(header: Header, directory: Directory): Expected<void, Breach> {
    const { fields } = header;
    if (fields.kind === 'open') return this.admitOpen(header, fields);
    if (this.open === undefined) return bad('opening');
    if (fields.kind === 'event') return this.admitEvent(header, fields, directory);
    if (fields.kind === 'grant') return this.admitGrant(header, fields, directory);
    return bad('newer version');
  }

  get opened(): boolean {
    return this.open !== undefined;
  }
  // Once opened.
  get opening(): Open {
    return this.whenOpen().opening;
  }
  get owner(): SigningPublicKey {
    return this.whenOpen().owner;
  }
  get grants(): readonly LiveGrant[] {
    return this.given;
  }

  // A member's grants that are not dormant and not past their last day.
  live(member: MemberId, today: Day): LiveGrant[] {
    return this.given.filter((grant) => equal(grant.memberId, member) && !grant.dormant && !isExpired(grant, today));
  }
  // Whether the member may be served `compartment` of `epoch` today.
  mayRead(member: MemberId, compartment: Compartment, epoch: number, today: Day): boolean {
    return this.live(member, today).some((grant) => holds(grant, compartment, epoch));
  }

  // Nothing when the compartment never started one.
  newestEpoch(compartment: Compartment): Epoch | undefined {
    return this.epochs.get(compartment)?.at(-1);
  }
  epoch(compartment: Compartment, number: number): Epoch | undefined {
    return this.epochs.get(compartment)?.[number - 1];
  }

  private whenOpen(): { readonly owner: SigningPublicKey; readonly opening: Open } {
    if (this.open === undefined) throw new Error('a case that was never opened');
    return this.open;
  }

  private admitOpen(header: Header, open: Open): Expected<void, Breach> {
    if (this.opened || header.seq !== 0 || header.payloadSize !== 0) return bad('opening');
    if (!equal(handleOf(header.author), header.handle)) return bad('author');
    const startsWhatItMust =
      open.starts.length === kOwned.length &&
      open.starts.every((start, i) => start.compartment === kOwned[i] && start.epoch === 1);
    if (!startsWhatItMust) return bad('epoch');
    for (const { compartment, epoch, commitment } of open.starts)
      this.epochs.set(compartment, [
        { number: epoch, commitment, startedSeq: header.seq, startedAfter: header.prevHash },
      ]);
    this.open = { owner: header.author, opening: open };
    return done;
  }

  private admitEvent(header: Header, event: Event, directory: Directory): Expected<void, Breach> {
    const newest = this.newestEpoch(event.compartment);
    if (newest === undefined || event.epoch !== newest.number) return bad('epoch');
    if (milestoneOf(event.milestone) === undefined) return bad('newer version');
    const marks = event.milestone !== Milestone.none;
    if (equal(header.author, this.owner)) return marks ? bad('milestone') : done;
    const author = directory.author(header.author, header.day, header.directoryHash);
    if (author === undefined || this.live(author.memberId, header.day).length === 0) return bad('author');
    if (
      !memberMayWrite(event.compartment) ||
      !this.mayRead(author.memberId, event.compartment, event.epoch, header.day)
    )
      return bad('compartment');
    if (event.urgent) return bad('urgent');
    return marks && event.compartment !== Compartment.talk ? bad('milestone') : done;
  }

  private admitGrant(header: Header, grant: Grant, directory: Directory): Expected<void, Breach> {
    if (!equal(header.author, this.owner)) return bad('grantor');
    // New epochs come with revocation and with members who keep a case alive; this version has neither.
    if (grant.starts.length > 0) return bad('newer version');
    for (const member of grant.members) {
      const checked = this.checkGrantee(header, grant, member, directory);
      if (!checked.ok) return checked;
    }
    const holders = grant.members.filter((member) => member.holder).length;
    const held = this.given.some((other) => other.holder && !other.dormant);
    if (!grant.dormant && (holders > 1 || (holders === 1 && held))) return bad('holder');
    for (const { memberId, xwingKeyHash, keys, holder, lastDay } of grant.members)
      this.given.push({
        memberId,
        xwingKeyHash,
        keys,
        holder,
        dormant: grant.dormant,
        standsInFor: grant.standsInFor,
        sinceDay: header.day,
        lastDay,
        seq: header.seq,
      });
    return done;
  }

  private checkGrantee(
    header: Header,
    grant: Grant,
    member: GrantMember,
    directory: Directory,
  ): Expected<void, Breach> {
    const person = directory.person(member.memberId);
    if (person === undefined || !directory.wasHere(person, header.day, header.directoryHash)) return bad('grantee');
    if (member.lastDay !== 0 && member.lastDay < header.day) return bad('grantee');
    if (member.keys.some((key) => this.epoch(key.compartment, key.epoch) === undefined)) return bad('grant keys');
    const already = this.given.some(
      (other) =>
        equal(other.memberId, member.memberId) &&
        other.dormant === grant.dormant &&
        !isExpired(other, header.day) &&
        member.keys.every((key) => holds(other, key.compartment, key.epoch)),
    );
    if (already) return bad('grantee');
    const standsInForNobody =
      equal(member.memberId, grant.standsInFor) || this.live(grant.standsInFor, header.day).length === 0;
    return grant.dormant && standsInForNobody ? bad('dormant') : done;
  }
}
