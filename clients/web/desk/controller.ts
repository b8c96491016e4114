// What the desk knows and does. Screens read `state` and call these methods; nothing here knows the DOM.
import type { Directory, Person } from '../core/protocol/directory.ts';
import { toHex } from '../core/crypto/bytes.ts';
import type { RaisedAlert } from '../core/protocol/desk_operations.ts';
import type { InboxItem } from '../core/protocol/operations.ts';
import type { Invitation } from '../core/protocol/enrolment.ts';
import { kind_of, type ErrorKind } from '../page/session_error.ts';
import { kIdle, Work, type WorkState } from '../page/work.ts';
import { CaseWork, type OpenCase } from './case_work.ts';
import { Door } from './door.ts';
import type { Enrolled } from './enrolment.ts';
import { InboxLoader } from './inbox_loader.ts';
import { kNoPapers, type CasePapers, type Papers } from '../core/desk/papers.ts';
import type { Presence } from '../core/protocol/availability.ts';
import type { Handbook } from '../core/protocol/handbook.ts';
import type { Row, Wish } from './inbox.ts';
import type { KeyCopy } from './key_copy.ts';
import { PapersKeeper } from './papers_keeper.ts';
import type { DeskSession, OpenTrouble } from './session.ts';
import type { Sealed } from './unanswered.ts';
import { kLanguages } from './words/languages.ts';
import type { Words } from './words/shape.ts';

export type Screen = 'open' | 'join' | 'inbox' | 'case';

export interface Opening {
  readonly going: boolean;
  readonly part: number; // of the passphrase's work, 0 to 1
  readonly trouble: OpenTrouble | null;
}

export interface Joining {
  readonly going: boolean;
  readonly part: number;
  readonly trouble: ErrorKind | null;
  readonly made: Enrolled | null;
}

export interface State {
  readonly words: Words;
  readonly screen: Screen;
  readonly organisation: Directory | null;
  readonly greeting_error: ErrorKind | null;
  readonly lost: boolean; // the last exchange got no answer
  readonly key_file: KeyCopy | null; // chosen, or this browser's copy; encrypted
  readonly kept: boolean; // this browser has a copy
  readonly opening: Opening;
  readonly invitation: Invitation | null; // nothing: none, or one that can't be read
  readonly joining: Joining;
  readonly idle: boolean; // locked by itself
  readonly waits: boolean; // what was typed is kept for whoever unlocks
  readonly me: Person | null;
  readonly rows: readonly Row[];
  readonly papers: Papers;
  readonly book: Handbook | null; // the organisation's, where it has one
  readonly alerts: readonly RaisedAlert[] | null; // nothing: not for this person
  readonly overdue: readonly InboxItem[]; // to be taken over from a colleague
  readonly presences: ReadonlyMap<string, Presence>; // by member id in hexadecimal; empty: not asked yet
  readonly wish: Wish;
  readonly shown: number; // rows of the inbox
  readonly open_case: OpenCase | null;
  readonly drafts: Readonly<Record<string, string>>; // what is being typed, by field
  readonly work: Readonly<Record<string, WorkState>>; // by name
  readonly announcement: string;
}

export const kRowsAtOnce = 60;
const kGreetAgainMs = 4000;
const kDeskWide: ReadonlySet<string> = new Set(['inbox', 'case', 'papers', 'book', 'away', 'availability', 'presences']);
const kLookAgainMs = 60_000;
const kWish: Wish = { filter: 'open', query: '', label: '' };
export const kNotJoining: Joining = { going: false, part: 0, trouble: null, made: null };
export const kNotOpening: Opening = { going: false, part: 0, trouble: null };
// Nothing of anybody's.
const kLocked = {
  screen: 'open', me: null, rows: [], papers: new Map(), alerts: null, overdue: [], presences: new Map(), book: null, wish: kWish, shown: kRowsAtOnce,
  open_case: null, drafts: {}, work: {}, opening: kNotOpening, announcement: '',
} as const;

// What an unlocked desk finds again.
export interface Kept {
  readonly drafts: Readonly<Record<string, string>>;
  readonly papers: readonly (readonly [string, CasePapers])[];
  readonly at: string | null; // the case that was open
  readonly changed: readonly string[]; // papers that are not at the gateway yet
  readonly unanswered: readonly Sealed[]; // what may have arrived
}

export class Controller {
  state: State;
  readonly cases: CaseWork;
  readonly door: Door;
  private readonly loader_: InboxLoader;
  private readonly keeper_: PapersKeeper;
  private readonly listeners_ = new Set<() => void>();
  private look_timer_ = 0;

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
      run: (doing) => this.run('papers', doing),
    });
    this.cases = new CaseWork(session, this);
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
  announce(announcement: string): void {
    this.set({ announcement });
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
      for (const key of kept.changed) this.keeper_.changed(key);
    }
    this.look_timer_ = setInterval(() => void this.look(), kLookAgainMs) as unknown as number;
    const papers = this.run('papers', () => this.keeper_.load());
    const book = this.run('book', () => this.read_book());
    await this.look();
    if (kept?.at) this.go(kept.at);
    await Promise.all([papers, book]);
  }
  // Everything that was read is gone from here afterwards; what was typed is the answer.
  put_away(): Kept {
    const { drafts, papers, open_case } = this.state;
    const kept = { drafts, papers: [...papers], at: open_case?.row.key ?? null, changed: this.keeper_.stop(), unanswered: this.session.unanswered.put_away() };
    clearInterval(this.look_timer_);
    this.loader_.stop();
    this.cases.close();
    this.set(kLocked);
    return kept;
  }

  // --- the inbox ---

  // Asks the gateway once more; the open case, too, when something came.
  async look(): Promise<void> {
    await this.run('inbox', async () => {
      await this.loader_.refresh();
      await this.look_for_alerts();
    });
    const { open_case, rows } = this.state;
    const row = rows.find(({ key }) => key === open_case?.row.key);
    if (open_case && row && row.item.headSeq !== open_case.fetched.opened.entries.length - 1) await this.cases.refresh();
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
    this.keeper_.changed(key);
  }
  go(key: string): void {
    const row = this.state.rows.find((one) => one.key === key);
    if (row) void this.cases.open(row);
  }
  // From a colleague who let a term pass; from then on it is read here, so it is opened at once.
  async take_over({ handle }: InboxItem): Promise<void> {
    const taken = await this.run('take_over', async () => {
      await this.session.take_over(handle);
      await this.look();
    });
    if (!taken) return;
    this.announce(this.state.words.done.take_over);
    this.go(toHex(handle));
  }
  to_inbox(): void {
    this.cases.close();
    this.set({ screen: 'inbox', open_case: null, announcement: '' });
    void this.look();
  }

  // --- what is being typed, and what is being done ---

  draft(field: string): string {
    return this.state.drafts[field] ?? '';
  }
  type(field: string, text: string): void {
    const { [field]: _, ...others } = this.state.drafts;
    this.set({ drafts: text === '' ? others : { ...others, [field]: text } });
  }
  // These texts were accepted, from the fields of this name: they are no drafts any more. What was typed since stays.
  sent(name: string, texts: readonly string[]): void {
    const is_sent = ([field, text]: readonly [string, string]): boolean =>
      (field === name || field.startsWith(`${name}-`)) && texts.includes(text);
    this.set({ drafts: Object.fromEntries(Object.entries(this.state.drafts).filter((draft) => !is_sent(draft))) });
  }
  would_lose(): boolean {
    const { drafts, joining, waits } = this.state;
    return joining.made !== null || waits || Object.values(drafts).some((text) => text.trim() !== '');
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
      work.fail(kind_of(error));
      return false;
    }
  }
}
