// A case as one keyholder sees it: fetched, checked by every rule, opened where it may be opened.
//
// Two kinds of trouble. A log that is not whole (a signature, a link, a sequence number) is an error: nothing after it
// can be trusted. An entry that stands in the chain but breaks the rules, or does not open as it should, changes
// nothing and is an alarm that the person sees.

import { PayloadState } from '../generated/rules.ts';
import type { Alarm, AlarmKind } from './alarm.ts';
import { equal } from './crypto/bytes.ts';
import { CaseShare, caseShareCommitment } from './crypto/case_share.ts';
import type { CompartmentKey } from './crypto/commitment.ts';
import { eventKey, openEventWith, type EventKey } from './crypto/event_seal.ts';
import { wipe } from './crypto/secret.ts';
import { done, good, type Bad, type Expected } from './expected.ts';
import { fail, type CoreError, type Result } from './errors.ts';
import { parseEvent, type Event } from './event.ts';
import type { Identity } from './identity.ts';
import { deriveKeys, KeyRing, unwrapKeys, type UnwrapProblem } from './key_ring.ts';
import { Access } from './protocol/access.ts';
import { Chain } from './protocol/chain.ts';
import type { Directory } from './protocol/directory.ts';
import {
  Entry,
  handleOf,
  type EntryError,
  type Event as EventFields,
  type FileReference,
  type Header,
} from './protocol/entry.ts';
import type { Handle } from './protocol/ids.ts';
import type { StoredEntry } from './protocol/operations.ts';
import { judged } from './case_state.ts';
import { atOnce, type Work } from './turns.ts';

export interface OpenedEntry {
  readonly entry: Entry;
  readonly payloadState: PayloadState;
  readonly counts: boolean; // false: it broke a rule or does not open as it should, and changes nothing
  readonly event: Event | undefined; // when this keyholder may read it
  readonly author: string; // "reporter", a name, "gateway", or "unknown"
  readonly byOwner: boolean; // by its key: anybody may be called "reporter"
}

// What the gateway handed over, with large payloads fetched in full. Not trusted.
export interface FetchedLog {
  readonly caseShare: Uint8Array;
  readonly entries: readonly StoredEntry[];
}

export interface OpenedCase {
  readonly chain: Chain;
  readonly access: Access;
  readonly entries: readonly OpenedEntry[];
  readonly alarms: readonly Alarm[];
  readonly share: CaseShare | undefined;
  readonly keys: KeyRing; // every checked key this keyholder holds
}

// Overwrites the keys of a case that is not looked at any more.
export function wipeCase(opened: OpenedCase): void {
  opened.keys.wipe();
  wipe(opened.share);
}

export interface OpenOptions {
  // How pieces of work get their turn: see turns.ts.
  readonly work?: Work;
  // The same case opened before: signatures that were checked then are not checked again.
  readonly before?: OpenedCase;
}

// Pure: the same bytes, directory and keys give the same case.
export async function openLog(
  fetched: FetchedLog,
  handle: Handle,
  self: Identity,
  directory: Directory,
  options: OpenOptions = {},
): Promise<Result<OpenedCase>> {
  const opener = new LogOpener(fetched, handle, self, directory, options);
  const opened = await opener.open();
  if (!opened.ok) opener.keys.wipe(); // of a log that is not believed nothing is kept
  return opened;
}

const broken = (what: string): Bad<CoreError> =>
  fail('verification', 'log broken', `this case's log does not check out: ${what}. Nothing was changed.`);

const kProblems: Readonly<Record<UnwrapProblem, { kind: AlarmKind; text: string }>> = {
  'strangers key': {
    kind: 'strangers_key',
    text: 'sealed to a key that is not yours; ask for it to be given again',
  },
  'other key': { kind: 'other_key', text: 'holds a key that the case never committed to; it is not used' },
  altered: { kind: 'altered', text: 'a grant that does not open' },
};

// The header names the uploads for the gateway, the event inside for the readers: the same ones.
function namesItsFiles(named: readonly FileReference[], event: Event): boolean {
  if (event.kind !== 'attachment') return true;
  if (event.files.length !== named.length) return false;
  return event.files.every(({ uploadId, chunks }, i) => equal(uploadId, named[i]!.uploadId) && chunks === named[i]!.chunks);
}

// One case's log while it is being opened. Grants may stand after the events they open, so the chain, the rules and the
// keys come first, the texts second.
class LogOpener {
  private readonly chain: Chain;
  private access = Access.empty;
  readonly keys = new KeyRing();
  private readonly entries: OpenedEntry[] = [];
  private readonly alarms: Alarm[] = [];
  private readonly altered = new Set<StoredEntry>(); // texts that are not what was signed
  private readonly unserved: Header[] = []; // with keys, perhaps for this keyholder, not handed over
  private readonly eventKeys = new Map<CompartmentKey, EventKey>(); // made once each: most events share one
  private share: CaseShare | undefined;

  constructor(
    private readonly fetched: FetchedLog,
    handle: Handle,
    private readonly self: Identity,
    private readonly directory: Directory,
    private readonly options: OpenOptions,
  ) {
    this.chain = new Chain(directory.service, handle);
  }

  async open(): Promise<Result<OpenedCase>> {
    const { work = atOnce } = this.options;
    for (const [i, stored] of this.fetched.entries.entries()) {
      const taken = await work(async () => this.takeEntry(stored, await this.parse(stored, i)));
      if (!taken.ok) return taken;
    }
    if (!this.access.opened) return broken('it does not begin with its opening');
    this.sayUnserved();
    this.sayGone();
    const taken = this.takeShare();
    if (!taken.ok) return taken;
    for (const [i, entry] of this.entries.entries()) {
      if (!entry.counts || this.altered.has(this.fetched.entries[i]!)) continue;
      const opened = await work(() => this.openEvent(entry, this.fetched.entries[i]!.payload));
      this.entries[i] = { ...entry, ...opened };
    }
    wipe(...this.eventKeys.values());
    const { chain, access, entries, alarms, share, keys } = this;
    return good(judged({ chain, access, entries, alarms, share, keys }, this.directory));
  }

  private async parse(stored: StoredEntry, index: number): Promise<Expected<Entry, EntryError>> {
    const before = this.options.before?.entries[index]?.entry;
    const same = before && equal(before.headerBytes, stored.header) && equal(before.signature, stored.signature);
    return same ? good(before) : Entry.parse(stored.header, stored.signature);
  }

  private takeEntry(stored: StoredEntry, parsed: Expected<Entry, EntryError>): Result<void> {
    if (!parsed.ok) return broken("an entry is not signed by the one it names, or can't be read");
    const entry = parsed.value;
    const { header } = entry;
    if (!this.chain.extend(header, entry.hash).ok)
      return broken('an entry is missing, stands twice or in another place, or was altered');
    if (!this.directory.knows(header.directoryHash))
      this.alarm(header, 'unknown_directory', 'made under a directory this organisation never published');
    const counts = this.admit(header);
    const { payloadState } = stored;
    const byOwner = equal(handleOf(header.author), header.handle);
    const author = byOwner ? 'reporter' : this.authorOf(header);
    this.entries.push({ entry, payloadState, counts, event: undefined, author, byOwner });
    if (counts && this.payloadFits(entry, stored)) this.takeKeys(header, stored);
    return done;
  }

  private admit(header: Header): boolean {
    const admitted = this.access.admit(header, this.directory);
    if (admitted.ok) {
      this.access = admitted.value;
      return true;
    }
    if (admitted.error === 'newer version') this.alarm(header, 'newer_version', 'made with a newer version of Omzien');
    else this.alarm(header, 'rule_broken', 'an entry that the rules forbid; it changes nothing');
    return false;
  }

  // What its author signed counts, whatever the gateway made of the text: nobody else can be at fault, and the text is
  // as if it had been kept back.
  private payloadFits(entry: Entry, stored: StoredEntry): boolean {
    if (stored.payloadState !== PayloadState.inline || entry.payloadMatches(stored.payload)) return true;
    this.altered.add(stored);
    this.alarm(entry.header, 'altered', 'what is stored is not what was signed');
    return false;
  }

  private takeKeys(header: Header, stored: StoredEntry): void {
    deriveKeys(this.keys, this.access, this.self);
    const { fields } = header;
    if (fields.kind !== 'grant' && fields.kind !== 'revoke') return;
    if (stored.payloadState === PayloadState.destroyed) return;
    if (stored.payloadState !== PayloadState.inline) {
      const sealsToOwner = fields.kind === 'grant' && fields.ownerKeys.length > 0;
      if (this.self.memberId !== undefined || sealsToOwner) this.unserved.push(header);
      return;
    }
    for (const problem of unwrapKeys(this.keys, this.access, header, fields, stored.payload, this.self))
      this.alarm(header, kProblems[problem].kind, kProblems[problem].text);
  }

  // A dormant grant is not handed over until it wakes, an ended one not any more: so only the end of the log says what
  // is missing.
  private sayUnserved(): void {
    const me = this.self.memberId;
    for (const header of this.unserved)
      if (me === undefined || this.access.mayUnwrap(me, header.seq, this.chain.headDay))
        this.alarm(header, 'missing', 'given to you, but the gateway does not hand it over');
  }

  // Only a withdrawal or a purge destroys, and both say so in the log.
  private sayGone(): void {
    if (this.access.withdrawn || this.access.purged) return;
    for (const { entry, payloadState } of this.entries)
      if (payloadState === PayloadState.destroyed && entry.header.payloadSize > 0)
        this.alarm(entry.header, 'missing', 'gone from the gateway, though the case was neither withdrawn nor purged');
  }

  private takeShare(): Result<void> {
    if (this.fetched.caseShare.length === 0) return done;
    const share = CaseShare.from(this.fetched.caseShare);
    if (!share || !equal(caseShareCommitment(share), this.access.opening.caseShareCommitment))
      return broken('the case share is not the one the case was opened with');
    this.share = share;
    return done;
  }

  // What became of it: nothing when it is not this keyholder's to read. The key is the one that the case committed to,
  // the same for all, so a text that does not open to one opens to nobody.
  private openEvent(now: OpenedEntry, payload: Uint8Array): Partial<OpenedEntry> | undefined {
    const { header } = now.entry;
    const { fields } = header;
    if (fields.kind !== 'event' || now.payloadState === PayloadState.destroyed) return undefined;
    const { compartment, epoch } = fields;
    const key = this.keys.get(compartment, epoch);
    if (key === undefined) return undefined;
    if (now.payloadState !== PayloadState.inline || this.share === undefined) {
      if (this.mayRead(fields))
        this.alarm(header, 'missing', 'shared with you, but the gateway does not hand it over');
      return undefined;
    }
    const { serviceId, handle, author, seq } = header;
    const context = { serviceId, handle, author, compartment, epoch, seq };
    const plaintext = openEventWith(this.eventKeyOf(key, this.share), context, payload);
    const parsed = plaintext.ok ? parseEvent(plaintext.value) : undefined;
    const event = parsed && namesItsFiles(fields.files, parsed) ? parsed : undefined;
    if (plaintext.ok) wipe(plaintext.value);
    if (event !== undefined) return { event };
    if (!plaintext.ok && plaintext.error === 'newer suite') return { event: { kind: 'unknown', number: 0 } };
    this.alarm(header, 'altered', 'a text that does not open');
    return { counts: false };
  }

  // Somebody who is in and stands in for somebody else, too, may hold a key before its time.
  private mayRead({ compartment, epoch }: EventFields): boolean {
    const me = this.self.memberId;
    return me === undefined || this.access.mayRead(me, compartment, epoch, this.chain.headDay);
  }

  private eventKeyOf(key: CompartmentKey, share: CaseShare): EventKey {
    const made = this.eventKeys.get(key) ?? eventKey(key, share);
    this.eventKeys.set(key, made);
    return made;
  }

  private authorOf(header: Header): string {
    if (header.fields.kind === 'purge') return 'gateway';
    return this.directory.author(header.author, header.day, header.directoryHash)?.name ?? 'unknown';
  }

  private alarm(header: Header, kind: AlarmKind, text: string): void {
    this.alarms.push({ seq: header.seq, kind, text });
  }
}
