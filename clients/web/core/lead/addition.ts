// Entries to add to a case, each after the one before, and the case as it will be once they are accepted. Every entry is
// held against the rules as it is made: what the gateway would refuse is never sent, and the person hears why.

import { kMembersPerCaseMax, type Compartment } from '../../generated/rules.ts';
import type { CaseShare } from '../crypto/case_share.ts';
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
import type { Day, MemberId } from '../protocol/ids.ts';
import { sealEvent } from '../seal.ts';
import type { Place, SealedEntry } from '../seal_parts.ts';
import { atOnce, type Work } from '../turns.ts';

// The newest valid certificate of each, in order: Connection.certificates, but in tests.
export type Certificates = (ids: readonly MemberId[]) => Promise<Result<readonly Certificate[]>>;

export class Addition {
  readonly keys = new KeyRing(); // with those of epochs that were started so far
  // Where the next entry is sealed for; sealing advances it, and take() must follow.
  readonly place: Place;
  // What the case holds already.
  readonly before: readonly OpenedEntry[];
  private readonly taken: SealedEntry[] = [];
  private readonly started: KeyRing[] = [];
  private accessNow: Access;
  private readonly share: CaseShare | undefined;

  // The opened case stays as it is. Pieces of work get their turn by `work`: see turns.ts.
  constructor(
    opened: OpenedCase,
    readonly author: Identity,
    readonly directory: Directory,
    today: Day,
    readonly random: Random,
    readonly work: Work = atOnce,
  ) {
    this.keys.share(opened.keys);
    this.accessNow = opened.access;
    this.share = opened.share;
    this.before = opened.entries;
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

  // The entry that was just sealed here, and the keys it started. 'refused' when the rules forbid it; what was added
  // before stands, and nothing can be added any more.
  take(entry: SealedEntry, started: KeyRing = new KeyRing()): Result<void> {
    this.started.push(started);
    const admitted = this.accessNow.admit(entry.header, this.directory);
    if (!admitted.ok) return forbidden(admitted.error);
    this.accessNow = admitted.value;
    this.keys.share(started);
    deriveKeys(this.keys, this.accessNow, this.author);
    this.taken.push(entry);
    return done;
  }

  // Seals an event under the compartment's newest epoch, and takes it.
  async tell(compartment: Compartment, event: Event, dispute = 0): Promise<Result<void>> {
    const epoch = this.accessNow.newestEpoch(compartment)?.number ?? 0;
    const key = this.keys.get(compartment, epoch);
    const { share } = this;
    if (key === undefined || share === undefined)
      return fail('refused', 'not shared', 'this part of the case is not shared with you');
    const target = { compartment, epoch, dispute };
    return this.take(
      await this.work(() => sealEvent(this.author, this.place, target, event, key, share, this.random)),
    );
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
