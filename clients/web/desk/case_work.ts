// The case on the desk: opened, looked at, worked on. Its keys are wiped as soon as it is closed.
import {
  CaseState as State, Compartment, EventKind, Milestone, ReleaseCause, Role, StepRole, type Cause, type Ruling,
} from '../generated/rules.ts';
import type { FoundFile } from '../core/attached_files.ts';
import { wipeCase } from '../core/case_log.ts';
import { fold, mayClose, mayJudge, mayOpenIdentity, maySet, mayTake, type CaseState } from '../core/case_state.ts';
import type { Event, ProposedReader } from '../core/event.ts';
import type { FetchedCase } from '../core/fetch.ts';
import type { Act } from '../core/lead/act.ts';
import { letIn, releaseSelf } from '../core/lead/moves.ts';
import { sealRelease } from '../core/lead/seal_lead.ts';
import { readyNotes, renew } from '../core/lead/renewal.ts';
import { isLive } from '../core/protocol/grants.ts';
import type { MemberId } from '../core/protocol/ids.ts';
import type { Work } from '../page/work.ts';
import type { Controller } from './controller.ts';
import type { Row } from './inbox.ts';
import type { DeskSession } from './session.ts';
import { Shelf } from './shelf.ts';
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

export class CaseWork {
  readonly shelf: Shelf; // files of the open case
  private round_ = 0; // one more with every case that is closed

  constructor(
    private readonly session_: DeskSession,
    private readonly app_: Controller,
  ) {
    this.shelf = new Shelf(session_, app_);
  }

  async open(row: Row): Promise<void> {
    this.close();
    const round = this.round_;
    await this.app_.run('case', async () => {
      const fetched = await this.session_.fetch(row.item.handle);
      if (round !== this.round_) return wipeCase(fetched.opened);
      this.show(row, fetched, false);
      this.app_.set({ screen: 'case' });
      await this.keep_alive(fetched);
    });
  }
  async refresh(): Promise<void> {
    await this.app_.run('case', () => this.look());
  }
  close(): void {
    this.round_ += 1;
    const { open_case } = this.app_.state;
    this.shelf.clear();
    if (open_case) wipeCase(open_case.fetched.opened);
    this.app_.set({ open_case: null });
  }

  // --- what an adviser writes ---

  say(text: string, feedback: boolean): Promise<boolean> {
    return this.tell('say', { kind: 'message', text }, this.milestone(feedback));
  }
  note(text: string): Promise<boolean> {
    return this.do_it('note', async () => {
      await this.session_.act(this.now.row.item.handle, readyNotes, this.now.fetched);
      await this.look();
      await this.write('note', Compartment.notes, { kind: 'note', text });
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
  conclude(text: string, reason: string): Promise<boolean> {
    return this.tell('outcome', { kind: 'outcome', text, reason }, Milestone.outcome);
  }
  act_without_consent(cause: Cause, text: string): Promise<boolean> {
    return this.tell('unconsented', { kind: 'unconsented', cause, text }, this.milestone(false));
  }
  ask_how_it_is(text: string): Promise<boolean> {
    return this.tell('check_in', { kind: 'check_in', text });
  }

  judge(kind: 'assessment' | 'consultation' | 'sensitive', text: string): Promise<boolean> {
    return this.do_it(kind, () => this.write(kind, this.place_of(kind), { kind, text }));
  }
  rule(ruling: Ruling, text: string, reason: string): Promise<boolean> {
    const event = { kind: 'triage', ruling, text, reason } as const;
    return this.do_it('triage', () => this.write('triage', Compartment.summary, event));
  }

  // Reading who the reporter is stands in the log before it stands on the screen.
  open_identity(): Promise<boolean> {
    return this.do_it('identity', async () => {
      if (mayOpenIdentity(this.now.state)) await this.write('identity', Compartment.talk, { kind: 'identity_opened' });
      const { row, fetched } = this.now;
      this.show(row, fetched, true);
    });
  }

  // --- who is in ---

  release(): Promise<boolean> {
    return this.act('release', releaseSelf, true);
  }
  // A conflict of interest: out, and the log says that this is why.
  recuse(): Promise<boolean> {
    const change: Act = async (addition) => {
      const { author, place, random, work } = addition;
      const release = { kind: 'release', memberId: author.memberId!, cause: ReleaseCause.recused } as const;
      return addition.take(await work(() => sealRelease(author, place, release, random)));
    };
    return this.act('release', change, true);
  }
  pass_on(to: MemberId, compartments: readonly Compartment[], holder: boolean): Promise<boolean> {
    const who = { people: [to], compartments, holder };
    return this.act('pass_on', (addition, certificates) => letIn(addition, who, certificates), false);
  }

  // --- what may be done now ---

  may(event: EventKind): boolean {
    return mayTake(this.now.state, event, this.role());
  }
  may_close(): boolean {
    return this.role() !== StepRole.reader && mayClose(this.now.state, this.session_.today);
  }
  // By the office that the directory gives: committee, chair, coordinator.
  may_judge(event: EventKind): boolean {
    const { directory, today } = this.session_;
    const chair_is_in = this.now.fetched.opened.access.grants.some(
      (grant) => isLive(grant, today) && directory.person(grant.memberId)?.role === Role.triage_chair,
    );
    return mayJudge(this.now.state, event, this.role(), this.app_.state.me!.role, chair_is_in);
  }
  private role(): StepRole {
    const { access } = this.now.fetched.opened;
    const mine = access.live(this.session_.member.memberId, this.session_.today);
    const talks = mine.some(({ keys }) => keys.some(({ compartment }) => compartment === Compartment.talk));
    if (!talks) return StepRole.reader;
    return mine.some(({ holder }) => holder) ? StepRole.holder : StepRole.member;
  }
  // Where somebody's word about triage stands: in the talk for whoever is in it, else beside the summary they read.
  private place_of(kind: 'assessment' | 'consultation' | 'sensitive'): Compartment {
    return kind === 'assessment' || this.role() === StepRole.reader ? Compartment.summary : Compartment.talk;
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

  async attach(file: File): Promise<boolean> {
    return this.do_it('attach', async (work) => {
      const progress = (done: number, total: number): void => work.progress({ done, total, seconds_left: 0 });
      await this.session_.attach(file, this.now.row.item.handle, Compartment.talk, progress);
    });
  }
  fetch_file(found: FoundFile): Promise<boolean> {
    return this.shelf.fetch(found, this.now.fetched.opened);
  }

  // The first word of an adviser is the acknowledgement that the law asks for.
  private milestone(feedback: boolean): Milestone {
    if (feedback) return Milestone.feedback;
    const { clocked, clocks } = this.now.state;
    return clocked && clocks.acknowledge.metDay === 0 ? Milestone.acknowledged : Milestone.none;
  }
  private tell(name: string, event: Event, milestone = Milestone.none as Milestone): Promise<boolean> {
    return this.do_it(name, () => this.write(name, Compartment.talk, event, milestone));
  }
  private async write(name: string, compartment: Compartment, event: Event, milestone?: Milestone): Promise<void> {
    const { row, fetched } = this.now;
    const { handle } = row.item;
    const draft = { kind: 'event', handle, compartment, event, ...(milestone && { milestone }) } as const;
    const what = `${row.key} ${name} ${JSON.stringify(event, (_, value: unknown) => (value instanceof Uint8Array ? [...value] : value))}`;
    await this.session_.write(draft, what, fetched);
    await this.look();
  }
  private act(name: string, change: Act, leaves: boolean): Promise<boolean> {
    return this.do_it(name, async () => {
      const { row, fetched } = this.now;
      await this.session_.act(row.item.handle, change, fetched);
      if (leaves) {
        this.app_.to_inbox();
        await this.app_.look();
      } else await this.look();
    });
  }
  private async do_it(name: string, doing: (work: Work) => Promise<void>): Promise<boolean> {
    const done = await this.app_.run(name, doing);
    if (done) this.app_.announce(this.app_.state.words.done[name as keyof Words['done']] ?? '');
    return done;
  }

  private async look(): Promise<void> {
    const { row, fetched: before } = this.now;
    const round = this.round_;
    const fetched = await this.session_.fetch(row.item.handle, before);
    if (round !== this.round_) return wipeCase(fetched.opened);
    if (fetched === before) return;
    this.show(row, fetched, this.now.identity_shown);
    wipeCase(before.opened);
  }
  private show(row: Row, fetched: FetchedCase, identity_shown: boolean): void {
    const state = fold(fetched.opened, this.session_.directory);
    this.app_.set({ open_case: { row, fetched, state, identity_shown } });
    this.app_.paper(row.key, { read_seq: fetched.opened.entries.length - 1 });
  }
  // Sealed to the newest keys, and for nobody who left: what a member owes every case they look at (protocol §3). What
  // can't be done now is done at the next look.
  private async keep_alive(fetched: FetchedCase): Promise<void> {
    await this.session_.act(fetched.opened.chain.handle, renew, fetched).then(() => this.look()).catch(() => undefined);
  }
}
