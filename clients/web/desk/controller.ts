// What the desk does. Screens read `state` and call these methods; nothing here knows the DOM.
import { toHex } from '../core/crypto/bytes.ts';
import { kNoPapers, type CasePapers } from '../core/desk/papers.ts';
import type { InboxItem } from '../core/protocol/operations.ts';
import { heard_after } from '../page/announcement.ts';
import { kind_of } from '../page/session_error.ts';
import { kIdle, Work, type WorkState } from '../page/work.ts';
import { CaseRights } from './case_rights.ts';
import { CaseWork } from './case_work.ts';
import { Door } from './door.ts';
import { accepted, is_typing, typed } from './drafts.ts';
import type { Row, Wish } from './inbox.ts';
import { InboxLoader } from './inbox_loader.ts';
import { CaseView, type OpenCase } from './open_case.ts';
import { PapersKeeper } from './papers_keeper.ts';
import type { DeskSession } from './session.ts';
import { kLocked, kNotJoining, kRowsAtOnce, type Kept, type State } from './state.ts';
import { kLanguages } from './words/languages.ts';
import type { Words } from './words/shape.ts';

const kGreetAgainMs = 4000;
const kDeskWide: ReadonlySet<string> = new Set(['inbox', 'case', 'papers', 'read_papers', 'book', 'away', 'availability', 'presences']);
const kLookAgainMs = 60_000;

const length_of = ({ fetched }: OpenCase): number => fetched.opened.entries.length;

export class Controller {
  state: State;
  readonly view: CaseView;
  readonly rights: CaseRights;
  readonly cases: CaseWork;
  readonly door: Door;
  private readonly loader_: InboxLoader;
  private readonly keeper_: PapersKeeper;
  private readonly listeners_ = new Set<() => void>();
  private look_timer_ = 0;
  private looking_: Promise<unknown> = Promise.resolve();

  constructor(
    readonly session: DeskSession,
    words: Words,
  ) {
    const host = {
      rows: () => this.state.rows,
      set_rows: (rows: readonly Row[]) => this.set({ rows }),
      set_overdue: (overdue: readonly InboxItem[]) => this.set({ overdue }),
    };
    this.loader_ = new InboxLoader(session, host);
    this.keeper_ = new PapersKeeper(session, {
      papers: () => this.state.papers,
      set_papers: (papers) => this.set({ papers }),
      run: (name, doing) => this.run(name, doing),
    });
    this.view = new CaseView(session, this);
    this.rights = new CaseRights(session, this);
    this.cases = new CaseWork(session, this, this.view, this.rights);
    this.door = new Door(session, this);
    const start = { organisation: null, greeting_error: null, lost: false, key_file: null, kept: false };
    const nobody = { invitation: null, joining: kNotJoining, idle: false, waits: false };
    this.state = { words, ...start, ...nobody, ...kLocked };
  }

  subscribe(listener: () => void): () => void {
    this.listeners_.add(listener);
    return () => this.listeners_.delete(listener);
  }
  set(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners_) listener();
  }
  announce(words: string): void {
    this.set({ announcement: heard_after(this.state.announcement, words) });
  }
  choose_language(code: string): void {
    const words = kLanguages.find((one) => one.code === code);
    if (words) this.set({ words, announcement: '' });
  }

  // Learns who the organisation is, and whether this browser has a key file.
  async greet(): Promise<void> {
    this.session.watch((lost) => lost !== this.state.lost && this.set({ lost }));
    await this.door.look_for_copy();
    for (;;) {
      try {
        return this.set({ organisation: await this.session.greet(), greeting_error: null });
      } catch (error) {
        this.set({ greeting_error: kind_of(error) });
        if (kind_of(error) !== 'unreachable') return;
        await new Promise((wake) => setTimeout(wake, kGreetAgainMs));
      }
    }
  }

  // --- from locked to unlocked, and back (door.ts) ---

  async unlocked(kept: Kept | undefined): Promise<void> {
    if (kept) {
      this.session.unanswered.take_back(kept.unanswered);
      this.set({ drafts: kept.drafts, papers: new Map(kept.papers) });
      this.keeper_.go_on(new Map(kept.base ?? kept.papers));
    }
    this.look_timer_ = setInterval(() => void this.look(), kLookAgainMs) as unknown as number;
    const book = this.run('book', () => this.read_book());
    const { me } = this.state;
    await this.look();
    if (kept?.at && this.state.me === me && this.is_at_inbox) this.go(kept.at); // whoever chose another case meanwhile gets that one
    await book;
  }
  // Everything that was read is gone from here afterwards; what was typed is the answer.
  put_away(): Kept {
    const { drafts, papers, open_case } = this.state;
    const base = this.keeper_.stop();
    const at = open_case?.row.key ?? null;
    const kept = { drafts, papers: [...papers], base: base && [...base], at, unanswered: this.session.unanswered.put_away() };
    clearInterval(this.look_timer_);
    this.loader_.stop();
    this.view.close();
    this.set(kLocked);
    return kept;
  }

  // --- the inbox ---

  // Asks the gateway once more; the open case, too, when something came. True when it answered.
  async look(): Promise<boolean> {
    void this.keeper_.look();
    const looking = this.run('inbox', async () => {
      await this.loader_.refresh().catch((error: unknown) => this.door.turn_out(error));
      await this.look_for_alerts();
    });
    this.looking_ = Promise.all([this.looking_, looking]);
    const looked = await looking;
    const { open_case, rows } = this.state;
    const row = rows.find(({ key }) => key === open_case?.row.key);
    if (open_case && row && row.item.headSeq !== length_of(open_case) - 1) {
      await this.view.refresh();
      const { open_case: now } = this.state;
      const more = now?.row.key === row.key ? length_of(now) - length_of(open_case) : 0;
      if (more > 0) this.announce(this.state.words.inbox.unread(more)); // it appears below, without a word
    }
    return looked;
  }
  // Missed terms of any unit, for the roles that the directory names.
  private async look_for_alerts(): Promise<void> {
    const { me } = this.state;
    const { directory } = this.session;
    const told = [...directory.told(false), ...directory.told(true)];
    if (me && told.includes(me.role)) this.set({ alerts: await this.session.alerts() });
  }
  private async read_book(): Promise<void> {
    const book = await this.session.handbook();
    if (book && this.state.me) this.set({ book });
  }
  // Who is away, for whoever is about to ask somebody in.
  look_who_is_away(): void {
    void this.run('presences', async () => {
      const presences = await this.session.presences();
      if (this.state.me) this.set({ presences });
    });
  }
  want(change: Partial<Wish>): void {
    this.set({ wish: { ...this.state.wish, ...change }, shown: kRowsAtOnce });
  }
  paper(key: string, change: Partial<CasePapers>): void {
    const before = this.state.papers.get(key) ?? kNoPapers;
    this.set({ papers: new Map(this.state.papers).set(key, { ...before, ...change }) });
    this.keeper_.changed();
  }
  go(key: string): void {
    const row = this.state.rows.find((one) => one.key === key);
    if (row) void this.view.open(row);
  }
  // From a colleague who let a term pass; from then on it is read here, so it is opened at once.
  async take_over({ handle }: InboxItem): Promise<void> {
    const { me } = this.state;
    const taken = await this.run('take_over', async () => {
      await this.session.take_over(handle);
      await this.looking_; // one that began before does not know of it
      await this.look();
    });
    if (!taken || this.state.me !== me) return;
    this.announce(this.state.words.done.take_over);
    if (this.is_at_inbox) this.go(toHex(handle)); // whoever opened another case meanwhile stays there
  }
  private get is_at_inbox(): boolean {
    return this.state.screen === 'inbox' && this.working('case').status !== 'going';
  }
  to_inbox(): void {
    this.view.close();
    this.set({ screen: 'inbox', open_case: null, announcement: '' });
    void this.look();
  }

  // --- what is being typed, and what is being done ---

  draft(field: string): string {
    return this.state.drafts[field] ?? '';
  }
  type(field: string, text: string): void {
    this.set({ drafts: typed(this.state.drafts, field, text) });
  }
  sent(form: string, texts: readonly string[]): void {
    this.set({ drafts: accepted(this.state.drafts, form, texts) });
  }
  would_lose(): boolean {
    const { drafts, joining, waits } = this.state;
    return joining.made !== null || waits || is_typing(drafts);
  }
  // What is done at a case is that case's: another one does not show it.
  private scoped(name: string): string {
    const { open_case } = this.state;
    return open_case && !kDeskWide.has(name) ? `${open_case.row.key}/${name}` : name;
  }
  working(name: string): WorkState {
    return this.state.work[this.scoped(name)] ?? kIdle;
  }
  // One of a name at a time. True when it was done.
  async run(name: string, doing: (work: Work) => Promise<void>): Promise<boolean> {
    if (this.working(name).status === 'going') return false;
    const { me } = this.state;
    const key = this.scoped(name);
    const work = new Work((state) => {
      if (this.state.me === me) this.set({ work: { ...this.state.work, [key]: state } });
    });
    try {
      await doing(work);
      work.finish();
      return true;
    } catch (error) {
      work.fail(error);
      return false;
    }
  }
}
