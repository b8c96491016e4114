// The case on the desk: opened, looked at, worked on. Its keys are wiped as soon as it is closed.
import {
  CaseState as State, Compartment, EventKind, kTextBytesMax, Milestone, Role, StepRole, type Cause, type Ruling,
} from '../generated/rules.ts';
import type { FoundFile } from '../core/attached_files.ts';
import { wipeCase, type OpenedCase, type OpenedEntry } from '../core/case_log.ts';
import { fold, mayClose, mayJudge, mayOpenIdentity, maySet, mayTake, type CaseState } from '../core/case_state.ts';
import { asBytes, equal } from '../core/crypto/bytes.ts';
import { encodeEvent, type Event, type ProposedReader } from '../core/event.ts';
import { sha256 } from '../core/crypto/hash.ts';
import type { FetchedCase } from '../core/fetch.ts';
import type { Act } from '../core/lead/act.ts';
import { letIn, recuse, releaseSelf } from '../core/lead/moves.ts';
import { readyNotes, renew } from '../core/lead/renewal.ts';
import { isGone, type Person } from '../core/protocol/directory.ts';
import { isLive, type LiveGrant } from '../core/protocol/grants.ts';
import type { Day, MemberId } from '../core/protocol/ids.ts';
import { kind_of, SessionError } from '../page/session_error.ts';
import type { Work } from '../page/work.ts';
import type { Controller } from './controller.ts';
import { talks_in, texts_of, type Row } from './inbox.ts';
import type { DeskSession } from './session.ts';
import { Shelf } from './shelf.ts';
import { what_of } from './unanswered.ts';
import type { Words } from './words/shape.ts';

export interface OpenCase {
  readonly row: Row;
  readonly fetched: FetchedCase;
  readonly state: CaseState;
  readonly identity_shown: boolean; // the adviser asked for it, and that stands in the log
}

export interface Proposed {
  readonly step: string;
  readonly text: string;
  readonly readers: readonly ProposedReader[];
  readonly summary: string;
}

// 'news': nothing was sent, since there is something to read first.
export type Decided = 'done' | 'news' | 'failed';

export const kUnfinished = 'attach'; // the file that is being sent, among what is typed

// Forms whose fields have another name than what they do.
const is_chair = (person: Person | undefined, today: Day): boolean =>
  person?.role === Role.triage_chair && !isGone(person, today);
const kFieldsOf: Readonly<Record<string, string>> = { triage: 'ruling' };

export class CaseWork {
  readonly shelf: Shelf; // files of the open case
  private round_ = 0; // one more with every case that is closed
  private line_: Promise<unknown> = Promise.resolve(); // of cases that open, or are looked at again
  private busy_ = 0; // pieces of work that may still use keys of a case
  private retired_: OpenedCase[] = []; // to be wiped once they are done

  constructor(
    private readonly session_: DeskSession,
    private readonly app_: Controller,
  ) {
    this.shelf = new Shelf(session_, app_);
  }

  async open(row: Row): Promise<void> {
    this.close();
    this.app_.set({ screen: 'inbox' }); // until it is open, and where it does not open
    const round = this.round_;
    await this.in_line(async () => {
      if (round !== this.round_) return;
      const fetched = await this.session_.fetch(row.item.handle);
      if (round !== this.round_) return this.retire(fetched.opened);
      this.show(row, fetched, false);
      this.app_.set({ screen: 'case' });
      await this.keep_alive(fetched, round);
    });
  }
  async refresh(): Promise<void> {
    await this.in_line(() => this.look());
  }
  // One after another: whoever asks for another case while one opens gets the one they asked for last.
  private in_line(doing: () => Promise<void>): Promise<unknown> {
    return (this.line_ = this.line_.then(() => this.run('case', doing)));
  }
  close(): void {
    this.round_ += 1;
    const { open_case } = this.app_.state;
    this.shelf.clear();
    if (open_case) this.retire(open_case.fetched.opened);
    this.app_.set({ open_case: null, offered: null });
  }
  // Nothing is ever sealed under a key that was wiped meanwhile: a case's keys go when the last work on it is done.
  async hold<T>(doing: () => Promise<T>): Promise<T> {
    this.busy_ += 1;
    try {
      return await doing();
    } finally {
      this.busy_ -= 1;
      if (this.busy_ === 0) for (const opened of this.retired_.splice(0)) wipeCase(opened);
    }
  }
  private run(name: string, doing: (work: Work) => Promise<void>): Promise<boolean> {
    return this.hold(() => this.app_.run(name, doing));
  }
  private retire(opened: OpenedCase): void {
    if (this.busy_ === 0) wipeCase(opened);
    else this.retired_.push(opened);
  }

  // --- what an adviser writes ---

  say(text: string, feedback: boolean): Promise<boolean> {
    return this.tell('say', { kind: 'message', text }, this.milestone(feedback));
  }
  // Beside what is being done: how it is now. After the outcome, too.
  check_in(text: string): Promise<boolean> {
    return this.tell('check_in', { kind: 'check_in', text });
  }
  note(text: string): Promise<boolean> {
    return this.do_it('note', async (_, at) => {
      await this.session_.act(at.row.item.handle, readyNotes, at.fetched);
      await this.write('note', Compartment.notes, { kind: 'note', text }, at);
    });
  }
  propose({ step, text, readers, summary }: Proposed): Promise<boolean> {
    const sensitive = this.session_.directory.sensitive(step);
    return this.tell('propose', { kind: 'proposal', step, text, readers, summary, sensitive }, this.milestone(false));
  }
  retract(seq: number): Promise<boolean> {
    return this.tell('retract', { kind: 'retraction', proposalSeq: seq });
  }
  set_state(state: State, text: string): Promise<boolean> {
    return this.tell('status', { kind: 'status', state, text }, this.milestone(false));
  }
  conclude(text: string, reason: string): Promise<Decided> {
    const event = { kind: 'outcome', text, reason } as const;
    return this.decide('outcome', Compartment.talk, event, () => this.may_close(), Milestone.outcome);
  }
  act_without_consent(cause: Cause, text: string): Promise<boolean> {
    return this.tell('unconsented', { kind: 'unconsented', cause, text }, this.milestone(false));
  }

  judge(kind: 'assessment' | 'consultation' | 'sensitive', text: string): Promise<boolean> {
    return this.do_it(kind, (_, at) => this.write(kind, this.place_of(kind), { kind, text }, at));
  }
  rule(ruling: Ruling, text: string, reason: string): Promise<Decided> {
    const event = { kind: 'triage', ruling, text, reason } as const;
    return this.decide('triage', Compartment.summary, event, () => this.may_judge(EventKind.triage));
  }

  // Reading who the reporter is stands in the log before it stands on the screen.
  open_identity(): Promise<boolean> {
    return this.do_it('identity', async (_, at) => {
      if (mayOpenIdentity(at.state, this.role(at))) await this.write('identity', Compartment.talk, { kind: 'identity_opened' }, at);
      const { open_case } = this.app_.state;
      if (open_case?.row.key === at.row.key) this.show(open_case.row, open_case.fetched, true);
    });
  }

  // --- who is in ---

  release(): Promise<boolean> {
    return this.act('release', releaseSelf, true);
  }
  // A conflict of interest: out, and the log says that this is why.
  recuse(): Promise<boolean> {
    return this.act('release', recuse, true);
  }
  pass_on(to: MemberId, compartments: readonly Compartment[], holder: boolean): Promise<boolean> {
    const who = { people: [to], compartments, holder };
    return this.act('pass_on', (addition, certificates) => letIn(addition, who, certificates), false);
  }

  // The first field of a form that holds more than one text may be.
  too_long(form: string): string | undefined {
    const before = `${this.now.row.key}/`;
    const field = kFieldsOf[form] ?? form;
    return Object.entries(this.app_.state.drafts)
      .filter(([, text]) => asBytes(text).length > kTextBytesMax)
      .map(([name]) => (name.startsWith(before) ? name.slice(before.length) : ''))
      .find((name) => name === field || name.startsWith(`${field}-`));
  }

  // --- what may be done now ---

  may(event: EventKind): boolean {
    return mayTake(this.now.state, event, this.role());
  }
  talks(): boolean {
    return this.role() !== StepRole.reader;
  }
  may_close(): boolean {
    return this.talks() && mayClose(this.now.state, this.session_.today);
  }
  // By the office that the directory gives: committee, chair, coordinator.
  may_judge(event: EventKind): boolean {
    const { directory, today } = this.session_;
    const chair_is_in = this.now.fetched.opened.access.grants.some(
      (grant) => isLive(grant, today) && is_chair(directory.person(grant.memberId), today),
    );
    return mayJudge(this.now.state, event, this.role(), this.app_.state.me!.role, chair_is_in);
  }
  private role(at = this.now): StepRole {
    const { opened } = at.fetched;
    const { member, today } = this.session_;
    if (!talks_in(opened, member.memberId, today)) return StepRole.reader;
    return opened.access.live(member.memberId, today).some(({ holder }) => holder) ? StepRole.holder : StepRole.member;
  }
  // Where somebody's word about triage stands: in the talk for whoever is in it, else beside the summary they read.
  private place_of(kind: 'assessment' | 'consultation' | 'sensitive'): Compartment {
    return kind === 'assessment' || this.role() === StepRole.reader ? Compartment.summary : Compartment.talk;
  }
  // Whether what opens here tells where the case stands. Where it may be closed already, a status would be against the
  // rules, and an alarm to everybody who reads more.
  follows(): boolean {
    const { kind, state } = this.now.state;
    return kind !== undefined && state !== undefined;
  }
  states(): readonly State[] {
    if (this.role() === StepRole.reader) return [];
    const wanted = [State.acknowledged, State.active, State.waiting, State.paused];
    return wanted.filter((state) => maySet(this.now.state, state, this.session_.today));
  }
  get now(): OpenCase {
    const { open_case } = this.app_.state;
    if (!open_case) throw new Error('no case is open');
    return open_case;
  }

  // What is cut off, by the line or the lock, is remembered by its name: the same file, chosen again, goes on where it
  // stopped (core/attachment.ts), and a page may not open a file by itself.
  // What was chosen waits for a yes before: nothing of it can be taken back.
  async attach(): Promise<boolean> {
    const { offered: file } = this.app_.state;
    if (!file) return false;
    return this.do_it('attach', async (work, { row: { key, item } }) => {
      this.offer(null);
      const unfinished = (name: string): void => this.app_.type(`${key}/${kUnfinished}`, name);
      const progress = (done: number, total: number): void => work.progress({ done, total, seconds_left: 0 });
      unfinished(file.name);
      try {
        await this.session_.attach(file, item.handle, Compartment.talk, progress);
        unfinished('');
      } catch (error) {
        if (kind_of(error) !== 'unreachable') unfinished('');
        throw error;
      }
      await this.look_after();
    });
  }
  offer(offered: File | null): void {
    this.app_.set({ offered });
  }
  // Who reads what is said now, beside the reporter and oneself.
  listeners(): readonly MemberId[] {
    const { member, today } = this.session_;
    const hear = (grant: LiveGrant): boolean => isLive(grant, today) && grant.keys.some(({ compartment }) => compartment === Compartment.talk);
    const ids = this.now.fetched.opened.access.grants.filter(hear).map(({ memberId }) => memberId);
    return ids.filter((id, nth) => !equal(id, member.memberId) && ids.findIndex((other) => equal(other, id)) === nth);
  }
  fetch_file(found: FoundFile): Promise<boolean> {
    return this.hold(() => this.shelf.fetch(found, this.now.fetched.opened));
  }

  // The first word of an adviser is the acknowledgement that the law asks for.
  private milestone(feedback: boolean): Milestone {
    if (feedback) return Milestone.feedback;
    const { clocked, clocks } = this.now.state;
    return clocked && clocks.acknowledge.metDay === 0 ? Milestone.acknowledged : Milestone.none;
  }
  private tell(name: string, event: Event, milestone = Milestone.none as Milestone): Promise<boolean> {
    return this.do_it(name, (_, at) => this.write(name, Compartment.talk, event, at, milestone));
  }
  private async write(name: string, compartment: Compartment, event: Event, at: OpenCase, milestone?: Milestone): Promise<void> {
    const { row, fetched } = at;
    const { handle } = row.item;
    const draft = { kind: 'event', handle, compartment, event, ...(milestone && { milestone }) } as const;
    await this.session_.write(draft, what_of(row.key, name, sha256(encodeEvent(event))), fetched);
    this.sent(row, name, event);
    await this.look_after();
  }
  private sent({ key }: Row, name: string, event: Event): void {
    this.app_.sent(`${key}/${kFieldsOf[name] ?? name}`, texts_of(event));
  }
  // Nobody decides over what they have not read: nothing is sent, and 'news', when somebody else wrote what this person may
  // read since the case was shown as it is.
  private async decide(
    name: 'outcome' | 'triage', compartment: Compartment, event: Event, may: () => boolean, milestone?: Milestone,
  ): Promise<Decided> {
    const at = this.now;
    const { publicKey } = this.session_.member.signingKey;
    const bytes = encodeEvent(event);
    let news = false;
    const done = await this.run(name, async () => {
      await this.look();
      const { open_case: now } = this.app_.state;
      const is_here = now?.row.key === at.row.key;
      const { opened } = is_here ? now.fetched : await this.session_.fetch(at.row.item.handle, at.fetched);
      if (!is_here && opened !== at.fetched.opened) this.retire(opened);
      const since = opened.entries.slice(at.fetched.opened.entries.length);
      const is_own = ({ entry }: OpenedEntry): boolean => equal(entry.header.author, publicKey);
      news = since.some((one) => !is_own(one) && (one.event !== undefined || one.entry.header.fields.kind !== 'event'));
      const stands = since.some((one) => is_own(one) && one.event && equal(encodeEvent(one.event), bytes));
      if (news || stands) return; // where it stands, the answer was lost before
      if (is_here && !may()) throw new SessionError('refused', 'decided otherwise meanwhile');
      await this.write(name, compartment, event, at, milestone);
    });
    if (done && !news) this.app_.announce(this.app_.state.words.done[name]);
    return news ? 'news' : done ? 'done' : 'failed';
  }
  private act(name: string, change: Act, leaves: boolean): Promise<boolean> {
    return this.do_it(name, async (_, { row, fetched }) => {
      await this.session_.act(row.item.handle, change, fetched);
      if (leaves && this.app_.state.open_case?.row.key === row.key) {
        this.app_.to_inbox();
        await this.app_.look();
      } else await this.look_after();
    });
  }
  // `at`: the case that is open as it begins, and stays the one it is about: another may be open before it is done.
  private async do_it(name: string, doing: (work: Work, at: OpenCase) => Promise<void>): Promise<boolean> {
    const at = this.now;
    const done = await this.run(name, (work) => doing(work, at));
    if (done) this.app_.announce(this.app_.state.words.done[name as keyof Words['done']] ?? '');
    return done;
  }

  // What was accepted is done, also where this look at it fails: another one comes within a minute.
  private look_after(): Promise<void> {
    return this.look().catch(() => undefined);
  }
  private async look(): Promise<void> {
    const { open_case } = this.app_.state;
    if (!open_case) return; // closed meanwhile: there is nothing to look at
    const { row, fetched: before } = open_case;
    const round = this.round_;
    const fetched = await this.session_.fetch(row.item.handle, before);
    if (fetched === before) return;
    if (round !== this.round_) return this.retire(fetched.opened);
    const { fetched: shown, identity_shown } = this.now;
    // Another look was faster, and may know more.
    if (shown !== before && fetched.opened.entries.length <= shown.opened.entries.length) return this.retire(fetched.opened);
    this.show(row, fetched, identity_shown);
    this.retire(shown.opened);
  }
  private show(row: Row, fetched: FetchedCase, identity_shown: boolean): void {
    const state = fold(fetched.opened, this.session_.directory);
    this.app_.set({ open_case: { row, fetched, state, identity_shown } });
    for (const { name, event } of this.session_.unanswered.arrived(row.key, fetched.opened)) {
      this.sent(row, name, event);
      void this.run(name, async () => undefined); // done, and said so
    }
    const read = this.app_.state.papers.get(row.key)?.readSeq ?? 0; // a log that shows less than that is told (inbox.ts)
    this.app_.paper(row.key, { readSeq: Math.max(read, fetched.opened.entries.length - 1) });
  }
  // Sealed to the newest keys, and for nobody who left: what a member owes every case they look at (protocol §3). What
  // can't be done now is done at the next look; a key of theirs or of a colleague that is none is told.
  private async keep_alive(fetched: FetchedCase, round: number): Promise<void> {
    try {
      await this.session_.act(fetched.opened.chain.handle, renew, fetched);
      await this.look();
    } catch (error) {
      if (kind_of(error) === 'verification' && round === this.round_) throw error;
    }
  }
}
