// The desk's way to the gateway: one connection in large frames without cover, and at most one opened key file.
import { kLargeFrameBytes, type Compartment } from '../generated/rules.ts';
import { fetchFile, type FileProgress, type FoundFile } from '../core/attached_files.ts';
import { attachFile } from '../core/attachment.ts';
import { wipeCase, type OpenedCase } from '../core/case_log.ts';
import { Connection } from '../core/connection.ts';
import { asBytes, equal, toHex } from '../core/crypto/bytes.ts';
import { KeyFileKind, openKeyFile, type KeyFileError, type KeyFileProgress } from '../core/crypto/key_file.ts';
import { systemRandom } from '../core/crypto/random.ts';
import { wipe } from '../core/crypto/secret.ts';
import { Delivery } from '../core/delivery.ts';
import { fetchAlerts } from '../core/desk/alerts.ts';
import { fetchAvailability, fetchPresences, sayAvailability, type AvailabilitySaid } from '../core/desk/availability.ts';
import { fetchHandbook } from '../core/desk/handbook.ts';
import { changePapers, fetchPapers, type Papers } from '../core/desk/papers.ts';
import { fetchCase, fetchInbox, type FetchedCase, type FetchedInbox } from '../core/fetch.ts';
import { hurry } from '../core/hurry.ts';
import { Member } from '../core/identity.ts';
import { act, type Act } from '../core/lead/act.ts';
import { takeOver } from '../core/lead/take_over.ts';
import type { EventDraft } from '../core/outbox.ts';
import { isGone, signingKeyOf, type Directory, type Person } from '../core/protocol/directory.ts';
import type { Presence } from '../core/protocol/availability.ts';
import type { Day, Handle, MemberId, ServiceId } from '../core/protocol/ids.ts';
import type { RaisedAlert } from '../core/protocol/desk_operations.ts';
import type { Handbook } from '../core/protocol/handbook.ts';
import { httpTransport } from '../core/transport.ts';
import { service_of_page } from '../page/service_of_page.ts';
import { SessionError, value_of, type ErrorKind } from '../page/session_error.ts';
import { sliced } from './slices.ts';
import { Unanswered } from './unanswered.ts';

// Why a key file did not open the desk.
export type OpenTrouble =
  | KeyFileError
  | 'root key' // the organisation's own, which reads nothing
  | 'not in directory' // unknown there, or not any more
  | 'other key in directory' // somebody may be posing as this person
  | 'not forgotten' // this browser's copy is still there
  | ErrorKind;

export class OpenRefused extends Error {
  constructor(readonly trouble: OpenTrouble) {
    super(trouble);
  }
}

export class DeskSession {
  private connection_: Connection;
  private pacer_: { stop(): void };
  private listener_: (lost: boolean) => void = () => {};
  readonly unanswered = new Unanswered();
  private member_: Member | null = null;

  constructor() {
    [this.connection_, this.pacer_] = this.connected();
  }
  private connected(): [Connection, { stop(): void }] {
    const connection = new Connection(service_of_page(), kLargeFrameBytes);
    connection.work = sliced();
    connection.subscribe(() => this.listener_(connection.state === 'lost'));
    return [connection, hurry(connection, httpTransport())];
  }

  watch(listener: (lost: boolean) => void): void {
    this.listener_ = listener;
  }
  async greet(): Promise<Directory> {
    value_of(await this.connection_.greet());
    return this.connection_.directory;
  }
  get directory(): Directory {
    return this.connection_.directory;
  }
  get service(): ServiceId {
    return this.connection_.service;
  }
  get today(): Day {
    return this.connection_.today;
  }
  get member(): Member {
    if (!this.member_) throw new SessionError('defect', 'the desk is locked');
    return this.member_;
  }

  // Throws OpenRefused. The passphrase is the caller's to forget.
  async open(sealed: Uint8Array, passphrase: string, progress: KeyFileProgress): Promise<Person> {
    const typed = asBytes(passphrase).slice();
    const file = await openKeyFile(sealed, typed, progress);
    wipe(typed);
    if (!file.ok) throw new OpenRefused(file.error);
    const { kind, memberId, signingSeed, xwingSeeds } = file.value;
    if (kind !== KeyFileKind.member) {
      wipe(signingSeed, ...xwingSeeds);
      throw new OpenRefused('root key');
    }
    const member = new Member({ memberId, signingSeed, xwingSeeds }, this.connection_.service);
    wipe(signingSeed);
    try {
      // The door may have stood open since before this person was in the directory.
      value_of(await this.connection_.greet());
      const person = this.own_entry(member);
      this.member_ = member;
      return person;
    } catch (error) {
      member.wipe();
      throw error;
    }
  }
  // Protocol §4: everybody compares their own entry with the keys they hold.
  private own_entry(member: Member): Person {
    const person = this.directory.person(member.memberId);
    if (!person || isGone(person, this.today)) throw new OpenRefused('not in directory');
    if (!equal(signingKeyOf(person), member.signingKey.publicKey)) throw new OpenRefused('other key in directory');
    return person;
  }

  // Every secret is overwritten. What was still being asked ends with its connection, so that nothing is signed or
  // sealed with a key that is none any more; the next one opens with a new connection.
  close(): void {
    this.pacer_.stop();
    [this.connection_, this.pacer_] = this.connected();
    this.unanswered.put_away();
    this.member_?.wipe();
    this.member_ = null;
  }

  // Throws OpenRefused once the directory shows this person no more, or with another key: the gateway then answers
  // nothing.
  async inbox(): Promise<FetchedInbox> {
    const self = this.member;
    const inbox = await fetchInbox(this.connection_, self);
    value_of(await this.connection_.refreshDirectory());
    this.own_entry(self);
    return value_of(inbox);
  }
  async take_over(handle: Handle): Promise<void> {
    value_of(await takeOver(this.connection_, this.member, handle, systemRandom));
  }
  async fetch(handle: Handle, before?: FetchedCase): Promise<FetchedCase> {
    const self = this.member;
    const fetched = value_of(await fetchCase(this.connection_, handle, self, before));
    if (this.member_ === self) return fetched;
    wipeCase(fetched.opened);
    throw new SessionError('refused', 'locked meanwhile');
  }

  // The same again, after a failure, is sent as the same bytes: it stands once.
  async write(draft: EventDraft, what: string, known: FetchedCase): Promise<void> {
    const { connection_: connection, member: self, unanswered } = this;
    const { outbox } = unanswered;
    const item = unanswered.item(what, draft);
    const delivered = await new Delivery({ connection, self, outbox, random: systemRandom, known }).deliver(item);
    if (delivered.ok || delivered.error.kind !== 'unreachable') unanswered.answered(what);
    value_of(delivered);
  }
  // --- beside the cases ---

  async alerts(): Promise<readonly RaisedAlert[]> {
    return value_of(await fetchAlerts(this.connection_, this.member));
  }
  // What this person said last; nothing when they never did.
  async availability(): Promise<AvailabilitySaid | undefined> {
    const { memberId } = this.member;
    return value_of(await fetchAvailability(this.connection_, [memberId])).get(toHex(memberId))?.content;
  }
  async say_availability(said: AvailabilitySaid): Promise<void> {
    value_of(await sayAvailability(this.connection_, this.member, () => said));
  }
  // Of everybody who is here, by member id in hexadecimal.
  async presences(): Promise<ReadonlyMap<string, Presence>> {
    const ids = this.directory.content.people.filter((one) => !isGone(one, this.today)).map(({ memberId }): MemberId => memberId);
    return value_of(await fetchPresences(this.connection_, ids));
  }
  async handbook(): Promise<Handbook | undefined> {
    return value_of(await fetchHandbook(this.connection_));
  }
  async papers(): Promise<Papers> {
    return value_of(await fetchPapers(this.connection_, this.member)).papers;
  }
  async change_papers(change: (papers: Papers) => Papers): Promise<Papers> {
    return value_of(await changePapers(this.connection_, this.member, systemRandom, change)).papers;
  }

  async act(handle: Handle, change: Act, known: FetchedCase): Promise<void> {
    const { connection_: connection, member: self } = this;
    connection.offered = connection.directory; // what the screen was drawn from: who comes in is held to it
    value_of(await act({ connection, self, random: systemRandom, known }, handle, change));
  }
  async attach(file: File, handle: Handle, compartment: Compartment, progress: FileProgress): Promise<void> {
    const { connection_: connection, member: self } = this;
    const options = { connection, self, handle, compartment, random: systemRandom, progress };
    value_of(await attachFile(file, file.name, options));
  }
  async fetch_file(
    opened: OpenedCase,
    found: FoundFile,
    progress: FileProgress,
  ): Promise<readonly Uint8Array<ArrayBuffer>[]> {
    return value_of(await fetchFile(this.connection_, this.member, opened, found, progress));
  }
}
