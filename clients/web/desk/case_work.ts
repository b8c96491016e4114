// What an adviser writes in the open case: words, decisions, files, and who is in.
import { Compartment, EventKind, Milestone, type CaseState, type Cause, type Ruling } from '../generated/rules.ts';
import type { OpenedEntry } from '../core/case_log.ts';
import { equal } from '../core/crypto/bytes.ts';
import { sha256 } from '../core/crypto/hash.ts';
import { encodeEvent, type Event, type ProposedReader } from '../core/event.ts';
import { fold, type DecisionRecord } from '../core/case_state.ts';
import { noSince } from '../core/desk/last_word.ts';
import { fail } from '../core/errors.ts';
import type { EventDraft } from '../core/outbox.ts';
import type { Act } from '../core/lead/act.ts';
import { letIn, recuse, releaseSelf } from '../core/lead/moves.ts';
import { readyNotes } from '../core/lead/renewal.ts';
import type { MemberId } from '../core/protocol/ids.ts';
import { kind_of, SessionError } from '../page/session_error.ts';
import type { Work } from '../page/work.ts';
import type { CaseRights } from './case_rights.ts';
import type { Controller } from './controller.ts';
import { field_at, kUnfinished } from './drafts.ts';
import type { CaseView, OpenCase } from './open_case.ts';
import type { DeskSession } from './session.ts';
import { what_of } from './unanswered.ts';
import type { Words } from './words/shape.ts';

export interface Proposed {
  readonly step: string;
  readonly text: string;
  readonly readers: readonly ProposedReader[];
  readonly summary: string;
}

// 'news': nothing was sent, since there is something to read first.
export type Decided = 'done' | 'news' | 'failed';

export class CaseWork {
  constructor(
    private readonly session_: DeskSession,
    private readonly app_: Controller,
    private readonly view_: CaseView,
    private readonly rights_: CaseRights,
  ) {}

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
  set_state(state: CaseState, text: string): Promise<boolean> {
    return this.tell('status', { kind: 'status', state, text }, this.milestone(false));
  }
  conclude(text: string, reason: string): Promise<Decided> {
    const event = { kind: 'outcome', text, reason } as const;
    return this.decide('outcome', Compartment.talk, event, () => this.rights_.may_close(), Milestone.outcome);
  }
  act_without_consent(cause: Cause, text: string): Promise<boolean> {
    return this.tell('unconsented', { kind: 'unconsented', cause, text }, this.milestone(false));
  }

  judge(kind: 'assessment' | 'consultation' | 'sensitive', text: string): Promise<boolean> {
    return this.do_it(kind, (_, at) => this.write(kind, this.place_of(kind), { kind, text }, at));
  }
  rule(ruling: Ruling, text: string, reason: string): Promise<Decided> {
    const event = { kind: 'triage', ruling, text, reason } as const;
    return this.decide('triage', Compartment.summary, event, () => this.rights_.may_judge(EventKind.triage));
  }

  // Reading who the reporter is stands in the log before it stands on the screen.
  open_identity(): Promise<boolean> {
    return this.do_it('identity', async (_, at) => {
      if (this.rights_.may_open_identity(at)) await this.write('identity', Compartment.talk, { kind: 'identity_opened' }, at);
      this.view_.show_identity(at);
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
  // `no`: the reporter's no to this person, as it stood on the screen, since `since`. One that came meanwhile is to be
  // seen first: who was let in can't unread.
  pass_on(to: MemberId, compartments: readonly Compartment[], holder: boolean, since: number, no?: DecisionRecord): Promise<boolean> {
    const who = { people: [to], compartments, holder };
    const change: Act = async (addition, certificates) => {
      const now = noSince(fold(addition.opened, addition.directory), to, since);
      if (now && now.seq !== no?.seq) return fail('refused', 'changed meanwhile', 'the reporter said no meanwhile; nothing was sent');
      return letIn(addition, who, certificates);
    };
    return this.act('pass_on', change, false);
  }

  // What is cut off, by the line or the lock, is remembered by its name: the same file, chosen again, goes on where it
  // stopped (core/attachment.ts), and a page may not open a file by itself.
  // What was chosen waits for a yes before: nothing of it can be taken back.
  async attach(): Promise<boolean> {
    const { offered: file } = this.app_.state;
    if (!file) return false;
    return this.do_it('attach', async (work, { row: { key, item } }) => {
      this.offer(null);
      const unfinished = (name: string): void => this.app_.type(field_at(key, kUnfinished), name);
      const progress = (done: number, total: number): void => work.progress({ done, total, seconds_left: 0 });
      unfinished(file.name);
      try {
        await this.session_.attach(file, item.handle, Compartment.talk, progress);
        unfinished('');
      } catch (error) {
        if (kind_of(error) !== 'unreachable') unfinished('');
        throw error;
      }
      await this.view_.look_after();
    });
  }
  offer(offered: File | null): void {
    this.app_.set({ offered });
  }
  // Somebody's word about triage stands in the talk for whoever is in it, else beside the summary they read.
  private place_of(kind: 'assessment' | 'consultation' | 'sensitive'): Compartment {
    return kind === 'assessment' || !this.rights_.talks() ? Compartment.summary : Compartment.talk;
  }
  // The first word of an adviser is the acknowledgement that the law asks for.
  private milestone(feedback: boolean): Milestone {
    if (feedback) return Milestone.feedback;
    const { clocked, clocks } = this.view_.now.state;
    return clocked && clocks.acknowledge.metDay === 0 ? Milestone.acknowledged : Milestone.none;
  }
  private tell(name: string, event: Event, milestone = Milestone.none as Milestone): Promise<boolean> {
    return this.do_it(name, (_, at) => this.write(name, Compartment.talk, event, at, milestone));
  }
  private async write(
    name: string, compartment: Compartment, event: Event, at: OpenCase, milestone?: Milestone, unless?: EventDraft['unless'],
  ): Promise<void> {
    const { row, fetched } = at;
    const { handle } = row.item;
    const draft = { kind: 'event', handle, compartment, event, ...(milestone && { milestone }), ...(unless && { unless }) } as const;
    const what = what_of(row.key, name, sha256(encodeEvent(event)), milestone);
    if (!(await this.stands_otherwise(what, at))) await this.session_.write(draft, what, fetched);
    this.view_.sent(row, name, event);
    await this.view_.look_after();
  }
  // The same words, tried before with another milestone, and without an answer: they may have arrived, as what they
  // were then. If not, their bytes are forgotten, so that what is sent now is what is meant now.
  private async stands_otherwise(what: string, { row, fetched }: OpenCase): Promise<boolean> {
    const { unanswered } = this.session_;
    const before = unanswered.otherwise(what);
    if (before.length === 0) return false;
    const now = await this.session_.fetch(row.item.handle, fetched);
    const arrived = unanswered.arrived(row.key, now.opened, before);
    if (now !== fetched) this.view_.retire(now.opened);
    before.forEach((one) => unanswered.answered(one));
    return arrived.length > 0;
  }
  // Nobody decides over what they have not read: nothing is sent, and 'news', when somebody else wrote what this person
  // may read since the case was shown as it is. Where it stands already, its answer was lost: it is done, whatever came
  // behind.
  private async decide(
    name: 'outcome' | 'triage', compartment: Compartment, event: Event, may: () => boolean, milestone?: Milestone,
  ): Promise<Decided> {
    const at = this.view_.now;
    const { publicKey } = this.session_.member.signingKey;
    const bytes = encodeEvent(event);
    let news = false;
    // Of a log that begins as the one that is shown: what came since, whether it is to be read first, or says the same.
    const is_own = ({ entry }: OpenedEntry): boolean => equal(entry.header.author, publicKey);
    const stands_in = (log: readonly OpenedEntry[]): boolean => {
      const since = log.slice(at.fetched.opened.entries.length);
      const stands = since.some((one) => is_own(one) && one.event && equal(encodeEvent(one.event), bytes));
      news = !stands && since.some((one) => !is_own(one) && (one.event !== undefined || one.entry.header.fields.kind !== 'event'));
      return stands;
    };
    const done = await this.view_.run(name, async () => {
      await this.view_.look();
      const { open_case: now } = this.app_.state;
      const is_here = now?.row.key === at.row.key;
      const { opened } = is_here ? now.fetched : await this.session_.fetch(at.row.item.handle, at.fetched);
      if (!is_here && opened !== at.fetched.opened) this.view_.retire(opened);
      if (stands_in(opened.entries)) return this.view_.sent(at.row, name, event);
      if (news) return;
      if (is_here && !may()) throw new SessionError('refused', 'decided otherwise meanwhile');
      // What comes while it is on its way is read first, too.
      const unless: EventDraft['unless'] = (log) =>
        stands_in(log) || news ? fail('refused', 'changed meanwhile', 'there is news to read') : undefined;
      try {
        await this.write(name, compartment, event, at, milestone, unless);
      } catch (error) {
        if (!news) throw error;
        await this.view_.look();
      }
    });
    if (done && !news) this.app_.announce(this.app_.state.words.done[name]);
    return news ? 'news' : done ? 'done' : 'failed';
  }
  private act(name: string, change: Act, leaves: boolean): Promise<boolean> {
    return this.do_it(name, async (_, { row, fetched }) => {
      try {
        await this.session_.act(row.item.handle, change, fetched);
      } catch (error) {
        await this.view_.look_after(); // what it was refused for is to be seen
        throw error;
      }
      if (leaves && this.app_.state.open_case?.row.key === row.key) {
        this.app_.to_inbox();
        await this.app_.look();
      } else await this.view_.look_after();
    });
  }
  // `at`: the case that is open as it begins, and stays the one it is about: another may be open before it is done.
  private async do_it(name: string, doing: (work: Work, at: OpenCase) => Promise<void>): Promise<boolean> {
    const at = this.view_.now;
    const done = await this.view_.run(name, (work) => doing(work, at));
    if (done) this.app_.announce(this.app_.state.words.done[name as keyof Words['done']] ?? '');
    return done;
  }
}
