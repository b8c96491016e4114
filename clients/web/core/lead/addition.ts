// Entries to add to a case, each after the one before, and the case as it will be once they are accepted. Every entry
// is held against the rules as it is made: what the gateway would refuse is never sent, and the person hears why.

import { kMembersPerCaseMax, PayloadState, type Compartment } from '../../generated/rules.ts';
import { fold } from '../case_state.ts';
import type { CompartmentKey } from '../crypto/commitment.ts';
import type { Random } from '../crypto/random.ts';
import type { OpenedCase, OpenedEntry } from '../case_log.ts';
import { done, type Bad } from '../expected.ts';
import { fail, type CoreError, type Result } from '../errors.ts';
import type { Event } from '../event.ts';
import type { Identity } from '../identity.ts';
import { deriveKeys, KeyRing } from '../key_ring.ts';
import type { Access, Breach } from '../protocol/access.ts';
import type { Certificate } from '../protocol/certificate.ts';
import type { Directory } from '../protocol/directory.ts';
import type { Entry } from '../protocol/entry.ts';
import type { Day, MemberId } from '../protocol/ids.ts';
import { kOwnersCompartments } from '../protocol/kinds.ts';
import { sealEvent, type EventTarget } from '../seal.ts';
import type { Place, SealedEntry } from '../seal_parts.ts';
import { atOnce, type Work } from '../turns.ts';
import { startShutOut } from './owners_epochs.ts';

// The newest certificate of each, in order: Connection.certificates, but in tests. One that lapsed is for who carries
// on; nobody is let in with it.
export type Certificates = (ids: readonly MemberId[], evenLapsed?: boolean) => Promise<Result<readonly Certificate[]>>;

export class Addition {
  readonly keys = new KeyRing(); // with those of epochs that were started so far
  // Where the next entry is sealed for; sealing advances it, and take() must follow.
  readonly place: Place;
  // All that the case holds: as it was opened, and what was added so far.
  readonly log: OpenedEntry[];
  private readonly taken: SealedEntry[] = [];
  private readonly started: KeyRing[] = [];
  private accessNow: Access;

  // The opened case stays as it is. Pieces of work get their turn by `work`: see turns.ts.
  constructor(
    readonly opened: OpenedCase,
    readonly author: Identity,
    readonly directory: Directory,
    today: Day,
    readonly random: Random,
    readonly certificates: Certificates,
    readonly work: Work = atOnce,
  ) {
    this.keys.share(opened.keys);
    this.accessNow = opened.access;
    this.log = [...opened.entries];
    this.place = { chain: opened.chain.copy(), day: today, directoryHash: directory.hash };
  }

  // With what was added so far.
  get access(): Access {
    return this.accessNow;
  }
  get entries(): readonly SealedEntry[] {
    return this.taken;
  }
  // Of the next entry.
  get day(): Day {
    return Math.max(this.place.day, this.place.chain.headDay);
  }
  // What is the owner's to write in, and has a newest epoch that the owner got no key to; for a member nothing.
  get shutOut(): readonly Compartment[] {
    if (this.author.memberId !== undefined) return [];
    return kOwnersCompartments.filter((compartment) => this.newest(compartment).key === undefined);
  }

  // The entry that was just sealed here, and the keys it started. 'refused' when the rules forbid it; what was added
  // before stands, and nothing can be added any more.
  take(entry: SealedEntry, started: KeyRing = new KeyRing(), event?: Event): Result<void> {
    this.started.push(started);
    const admitted = this.accessNow.admit(entry.header, this.directory);
    if (!admitted.ok) return forbidden(admitted.error);
    this.accessNow = admitted.value;
    this.keys.share(started);
    deriveKeys(this.keys, this.accessNow, this.author);
    this.taken.push(entry);
    const { header, headerBytes, signature } = entry;
    const stands = { header, headerBytes, signature, hash: this.place.chain.headHash } as Entry;
    this.log.push({
      entry: stands,
      payloadState: PayloadState.inline,
      counts: true,
      event,
      author: '',
      byOwner: this.author.memberId === undefined,
    });
    return done;
  }

  // Seals an event under the compartment's newest epoch, and takes it. 'refused', too, where the case does not stand
  // any more as its writer saw it: a step that the table of states forbids would be an alarm, for good.
  async tell(
    compartment: Compartment,
    event: Event,
    how: Omit<EventTarget, 'compartment' | 'epoch'> = {},
  ): Promise<Result<void>> {
    const begun = await startShutOut(this, [compartment]);
    if (!begun.ok) return begun;
    const { epoch, key } = this.newest(compartment);
    const { author, opened, place, random } = this;
    const { share } = opened;
    if (key === undefined || share === undefined)
      return fail('refused', 'not shared', 'this part of the case is not shared with you');
    const target = { ...how, compartment, epoch };
    const taken = this.take(
      await this.work(() => sealEvent(author, place, target, event, key, share, random)),
      undefined,
      event,
    );
    const { alarms } = fold({ ...opened, entries: this.log }, this.directory);
    if (!taken.ok || !alarms.some(({ seq }) => seq + 1 === place.chain.nextSeq)) return taken;
    return fail('refused', 'forbidden', 'decided otherwise meanwhile: look at the case again');
  }

  private newest(compartment: Compartment): { readonly epoch: number; readonly key: CompartmentKey | undefined } {
    const epoch = this.accessNow.newestEpoch(compartment)?.number ?? 0;
    return { epoch, key: this.keys.get(compartment, epoch) };
  }

  // Overwrites the keys that were started here; those of the opened case are its own.
  wipe(): void {
    for (const ring of this.started) ring.wipe();
  }
}

export const forbidden = (breach: Breach): Bad<CoreError> => fail('refused', 'forbidden', wordsFor(breach), breach);

// Why the rules say no, for whoever asked; in English.
export function wordsFor(breach: Breach): string {
  switch (breach) {
    case 'withdrawn': return 'this case was withdrawn, or its time to be kept is over; nothing can be added';
    case 'author': return 'this case is not shared with you (any more)';
    case 'compartment': return 'this part of the case is not yours to write in';
    case 'dispute': return 'there is no such milestone, or it was disputed already';
    case 'grantor': return 'only the reporter, or whom they named for it, lets people in';
    case 'grantee':
      return 'they read all of this already, or have left the organisation, or the last day has passed';
    case 'crowded': return `at most ${kMembersPerCaseMax} people can be in a case`;
    case 'grant keys': return "a part of the case that can't be given";
    case 'holder': return "the lead can't go to several people, and is not yours to move";
    case 'dormant': return 'somebody can stand in only for another person who is in';
    case 'delegation': return 'this goes beyond what was delegated: its people, parts and last day';
    case 'notes': return 'only the lead adviser starts notes, for people who are in';
    case 'reseal': return 'this case is sealed to your newest key already';
    case 'revoke': return 'they are not in this case';
    case 'release':
      return 'nobody stands in for them here, or no legal term was missed: they are still at it';
    default: return 'the rules of a case do not allow this';
  }
}
