// A case that mieke (holder) and youssef read, all of it real: sealed, signed, opened by whoever holds the keys. The
// gateway here only keeps what it is given, and serves it by the rules or, when it cheats, to everybody.
import { expect } from 'vitest';

import { CaseKind, Compartment, Lead, PayloadState } from '../../generated/rules.ts';
import { equal } from '../../core/crypto/bytes.ts';
import type { CaseShare } from '../../core/crypto/case_share.ts';
import { generatePhrase } from '../../core/crypto/phrase.ts';
import { xwingPublicKey, XWingSeed, type XWingPublicKey } from '../../core/crypto/xwing.ts';
import { openLog, type FetchedLog, type OpenedCase } from '../../core/case_log.ts';
import { good } from '../../core/expected.ts';
import { fail, type Result } from '../../core/errors.ts';
import { Member, Reporter, type Identity } from '../../core/identity.ts';
import { Addition, type Certificates } from '../../core/lead/addition.ts';
import type { Act } from '../../core/lead/act.ts';
import { renew, type Renewed } from '../../core/lead/renewal.ts';
import { sealTakeOver } from '../../core/lead/take_over.ts';
import { Access } from '../../core/protocol/access.ts';
import { Certificate } from '../../core/protocol/certificate.ts';
import type { Directory } from '../../core/protocol/directory.ts';
import { parseHeader, type Header } from '../../core/protocol/entry.ts';
import type { Day, MemberId } from '../../core/protocol/ids.ts';
import type { StoredEntry } from '../../core/protocol/operations.ts';
import type { SealedEntry } from '../../core/seal.ts';
import { sealCase } from '../../core/seal_case.ts';
import { kWithCommittee, Organisation } from '../kit/organisation.ts';
import { FixedRandom } from '../support.ts';

export const { story, people, identity, talk, summary, notes } = Compartment;
export const kToday: Day = 20_000;

const kOrganisation = new Organisation('lead', kToday, kWithCommittee);

export class LeadTest {
  readonly random = new FixedRandom('lead');
  readonly owner: Reporter;
  day = kToday;
  entries: SealedEntry[] = [];
  private share!: CaseShare;
  private readonly members = new Map<string, Member>();
  // The same people, when their older key is gone.
  readonly newestAlone = new Map<string, Member>();
  private readonly newerKeys = new Map<string, XWingPublicKey>();

  private constructor(
    readonly organisation: Organisation,
    public directory: Directory,
  ) {
    this.owner = new Reporter(generatePhrase(this.random, 'nl-1'), organisation.service);
  }

  // `identityTold`: the reporter says who they are at once, so the holder reads it. `itsOwn`: an organisation that may
  // change, and no other test's.
  static async open({
    standIn,
    identityTold = '',
    itsOwn = false,
  }: { standIn?: string; identityTold?: string; itsOwn?: boolean } = {}): Promise<LeadTest> {
    const organisation = itsOwn ? new Organisation('lead', kToday, kWithCommittee) : kOrganisation;
    const it = new LeadTest(organisation, await organisation.directory());
    const certificate = (name: string) => organisation.checkedCertificate(name, it.directory);
    const sealed = await sealCase(
      it.owner,
      {
        opening: { caseKind: CaseKind.report, wants: [], lead: Lead.every_step, language: 'nl' },
        story: 'The story.',
        people: 'The people.',
        identity: identityTold,
      },
      {
        advisers: [await certificate('mieke'), await certificate('youssef')],
        standIn: standIn === undefined ? undefined : await certificate(standIn),
      },
      it.directory,
      it.day,
      it.random,
    );
    it.share = sealed.share;
    it.entries = [...sealed.entries];
    return it;
  }

  id(name: string): MemberId {
    return this.organisation.colleague(name).id;
  }
  member(name: string): Member {
    const known = this.members.get(name) ?? this.organisation.member(name);
    this.members.set(name, known);
    return known;
  }
  // From here on the member has a newer X-Wing key, which the gateway shows, beside the one of before.
  rekey(name: string): void {
    const { id: memberId, signingSeed, xwingSeed } = this.organisation.colleague(name);
    const newer = XWingSeed.random(this.random);
    const { service } = this.organisation;
    this.newerKeys.set(name, xwingPublicKey(newer));
    this.members.set(name, new Member({ memberId, signingSeed, xwingSeeds: [xwingSeed, newer] }, service));
    this.newestAlone.set(name, new Member({ memberId, signingSeed, xwingSeeds: [newer] }, service));
  }
  // Their key file is lost, and the organisation gave them other keys openly: who they are from here on.
  async loseKeyFile(name: string): Promise<void> {
    await this.organisation.replaceKey(name, `${name} after the loss`, false);
    this.directory = await this.organisation.directory();
    const { id: memberId, signingSeed } = this.organisation.colleague(name);
    const newer = XWingSeed.random(this.random);
    this.newerKeys.set(name, xwingPublicKey(newer));
    this.members.set(name, new Member({ memberId, signingSeed, xwingSeeds: [newer] }, this.organisation.service));
  }
  // Who stands in for mieke takes over, knowing nothing of the case but its head.
  async takeOver(name: string): Promise<void> {
    const { chain } = await this.opened(this.owner);
    const none = { openedDay: kToday, acknowledgedDay: 0, feedbackDay: 0, outcomeDay: 0 };
    const due = { acknowledgeDueDay: 0, feedbackDueDay: 0, holder: false };
    const flags = { urgent: false, lastByOwner: true, unclocked: false, dormant: true };
    const head = { headSeq: chain.nextSeq - 1, headHash: chain.headHash, headDay: chain.headDay };
    const item = { handle: this.owner.handle, ...head, ...none, ...due, ...flags, standsInFor: this.id('mieke') };
    this.entries.push(await sealTakeOver(this.member(name), item, this.directory, this.day, this.random));
  }
  // A day passes, and their keys have run out.
  runOut(...names: readonly string[]): void {
    for (const name of names) this.organisation.keyUntil.set(name, this.day);
    ++this.day;
  }
  readonly certificates: Certificates = async (ids, evenLapsed) => {
    const found = [];
    for (const id of ids) {
      const person = this.organisation.people.find((one) => equal(one.id, id))!;
      const xwingKey = this.newerKeys.get(person.name) ?? person.xwingKey;
      const bytes = await this.organisation.certificate({ ...person, xwingKey });
      const checked = await Certificate.parse(bytes, this.directory, this.day, evenLapsed);
      if (!checked.ok && checked.error === 'validity') return fail('refused', 'key lapsed', person.name);
      if (!checked.ok) throw new Error(checked.error);
      found.push(checked.value);
    }
    return good(found);
  };

  // What an honest gateway hands over today.
  served(to: Identity): FetchedLog {
    const access = this.access();
    const me = to.memberId;
    const may = ({ fields, seq, payloadSize }: Header): boolean => {
      if (me === undefined || payloadSize === 0) return true;
      if (fields.kind === 'event') return access.mayRead(me, fields.compartment, fields.epoch, this.day);
      return access.mayUnwrap(me, seq, this.day);
    };
    const withdrawn = access.withdrawn !== undefined;
    const state = (header: Header): PayloadState => {
      if (withdrawn) return PayloadState.destroyed;
      return may(header) ? PayloadState.inline : PayloadState.withheld;
    };
    const stored = this.entries.map((entry) => storedAs(entry, state(entry.header)));
    return { caseShare: withdrawn ? new Uint8Array(0) : this.share, entries: stored };
  }
  // What one that cheats does: everything, to anybody who asks.
  everything(): FetchedLog {
    return { caseShare: this.share, entries: this.entries.map((entry) => storedAs(entry, PayloadState.inline)) };
  }
  async opened(who: Identity, log = this.served(who)): Promise<OpenedCase> {
    const opened = await openLog(log, this.owner.handle, who, this.directory);
    if (!opened.ok) throw new Error(opened.error.message);
    return opened.value;
  }

  // Acts on the case; a refusal changes nothing.
  async act(who: Identity, change: Act): Promise<Result<unknown>> {
    const addition = new Addition(await this.opened(who), who, this.directory, this.day, this.random, this.certificates);
    const changed = await change(addition, this.certificates);
    if (changed.ok) this.entries.push(...addition.entries);
    return changed;
  }
  async did(who: Identity, change: Act): Promise<void> {
    const changed = await this.act(who, change);
    expect(changed.ok ? '' : changed.error.message).toBe('');
  }
  // What a renewal of theirs did.
  async renewed(name: string): Promise<Renewed> {
    let renewed: Renewed | undefined;
    await this.did(this.member(name), async (addition, certificates) => {
      const done = await renew(addition, certificates);
      if (done.ok) renewed = done.value;
      return done;
    });
    return renewed!;
  }
  say(who: Identity, text: string): Promise<void> {
    return this.did(who, (addition) => addition.tell(talk, { kind: 'message', text }));
  }

  // What they read there, in order.
  async texts(who: Identity, compartment: Compartment, log = this.served(who)): Promise<string[]> {
    const { entries } = await this.opened(who, log);
    return entries.flatMap(({ entry: { header }, event }) => {
      const here = header.fields.kind === 'event' && header.fields.compartment === compartment;
      return here && event !== undefined && 'text' in event ? [event.text] : [];
    });
  }
  async expectNoAlarms(...names: readonly string[]): Promise<void> {
    for (const who of [this.owner, ...names.map((name) => this.member(name))])
      expect((await this.opened(who)).alarms).toEqual([]);
  }
  access(): Access {
    let access = Access.empty;
    for (const { headerBytes } of this.entries) {
      const header = parseHeader(headerBytes);
      const admitted = header.ok ? access.admit(header.value, this.directory) : header;
      if (admitted.ok) access = admitted.value;
    }
    return access;
  }
  isIn(name: string): boolean {
    return this.access().isIn(this.id(name), this.day);
  }
  holder(): string | undefined {
    const id = this.access().holder(this.day);
    return id && this.directory.person(id)?.name;
  }
}

const storedAs = ({ headerBytes, signature, payload }: SealedEntry, payloadState: PayloadState): StoredEntry => ({
  header: headerBytes,
  signature,
  payloadState,
  payload: payloadState === PayloadState.inline ? payload : new Uint8Array(0),
});
