// What the desk knows and does. Screens read `state` and call these methods; nothing here knows the DOM.
import { asBytes } from '../core/crypto/bytes.ts';
import { openLocal, sealLocal } from '../core/crypto/local_seal.ts';
import { systemRandom } from '../core/crypto/random.ts';
import type { Directory, Person } from '../core/protocol/directory.ts';
import { kind_of, type ErrorKind } from '../page/session_error.ts';
import { kIdle, Work, type WorkState } from '../page/work.ts';
import { CaseWork, type OpenCase } from './case_work.ts';
import { InboxLoader } from './inbox_loader.ts';
import type { Paper, Papers, Row, Wish } from './inbox.ts';
import { forget_copy, keep_copy, read_copy, type KeyCopy } from './key_copy.ts';
import { OpenRefused, type DeskSession, type OpenTrouble } from './session.ts';
import { kLanguages } from './words/languages.ts';
import type { Words } from './words/shape.ts';

export type Screen = 'open' | 'inbox' | 'case';

export interface Opening {
  readonly going: boolean;
  readonly part: number; // of the passphrase's work, 0 to 1
  readonly trouble: OpenTrouble | null;
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
  readonly idle: boolean; // locked by itself
  readonly waits: boolean; // what was typed is kept for whoever unlocks
  readonly me: Person | null;
  readonly rows: readonly Row[];
  readonly papers: Papers;
  readonly wish: Wish;
  readonly shown: number; // rows of the inbox
  readonly open_case: OpenCase | null;
  readonly drafts: Readonly<Record<string, string>>; // what is being typed, by field
  readonly work: Readonly<Record<string, WorkState>>; // by name
  readonly announcement: string;
}

export const kRowsAtOnce = 60;
const kGreetAgainMs = 4000;
const kLookAgainMs = 60_000;
const kWish: Wish = { filter: 'open', query: '', label: '' };
const kNotOpening: Opening = { going: false, part: 0, trouble: null };
const kLocked = {
  screen: 'open', me: null, rows: [], papers: new Map(), wish: kWish, shown: kRowsAtOnce, open_case: null, drafts: {},
  work: {}, opening: kNotOpening, announcement: '',
} as const;
const kPurpose = 'desk'; // of what is sealed while the desk is locked

// What an unlocked desk finds again.
interface Kept {
  readonly drafts: Readonly<Record<string, string>>;
  readonly papers: readonly (readonly [string, Paper])[];
  readonly at: string | null; // the case that was open
}

export class Controller {
  state: State;
  readonly cases: CaseWork;
  private readonly loader_: InboxLoader;
  private readonly listeners_ = new Set<() => void>();
  private sealed_: { readonly of: string; readonly bytes: Uint8Array } | null = null;
  private look_timer_ = 0;

  constructor(
    readonly session: DeskSession,
    words: Words,
  ) {
    const host = {
      rows: () => this.state.rows,
      papers: () => this.state.papers,
      set_rows: (rows: readonly Row[]) => this.set({ rows }),
    };
    this.loader_ = new InboxLoader(session, host);
    this.cases = new CaseWork(session, this);
    const start = { organisation: null, greeting_error: null, lost: false, key_file: null, kept: false };
    this.state = { words, ...start, idle: false, waits: false, ...kLocked };
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

  // --- opening and locking ---

  async greet(): Promise<void> {
    this.session.watch((lost) => lost !== this.state.lost && this.set({ lost }));
    const copy = await read_copy();
    if (copy) this.set({ key_file: copy, kept: true });
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

  async choose_file(file: File): Promise<void> {
    const bytes = new Uint8Array(await file.arrayBuffer());
    this.set({ key_file: { name: file.name, bytes }, opening: kNotOpening });
  }
  async forget_file(): Promise<void> {
    await forget_copy();
    this.set({ key_file: null, kept: false, opening: kNotOpening });
  }

  async open(passphrase: string, keep: boolean): Promise<void> {
    const { key_file, opening } = this.state;
    if (!key_file || opening.going) return;
    this.set({ opening: { going: true, part: 0, trouble: null } });
    try {
      const progress = (part: number): void => this.set({ opening: { going: true, part, trouble: null } });
      const me = await this.session.open(key_file.bytes, passphrase, progress);
      const kept = this.state.kept || (keep && (await keep_copy(key_file)));
      this.set({ ...kLocked, me, kept, screen: 'inbox', idle: false, waits: false });
    } catch (error) {
      const trouble = error instanceof OpenRefused ? error.trouble : kind_of(error);
      return this.set({ opening: { going: false, part: 0, trouble } });
    }
    this.unseal();
    this.look_timer_ = setInterval(() => void this.look(), kLookAgainMs) as unknown as number;
    await this.look();
  }

  // Every secret is wiped; what was typed stays, sealed under the key that only the passphrase brings back.
  lock(idle: boolean): void {
    const { me, drafts, papers, open_case, screen } = this.state;
    if (screen === 'open' || !me) return;
    const kept: Kept = { drafts, papers: [...papers], at: open_case?.row.key ?? null };
    const { localKey, memberId } = this.session.member;
    this.sealed_ = { of: String(memberId), bytes: sealLocal(localKey, kPurpose, asBytes(JSON.stringify(kept)), systemRandom) };
    clearInterval(this.look_timer_);
    this.loader_.stop();
    this.cases.close();
    this.session.close();
    this.set({ ...kLocked, idle, waits: Object.values(drafts).some((text) => text.trim() !== '') });
  }
  private unseal(): void {
    const sealed = this.sealed_;
    this.sealed_ = null;
    const { localKey, memberId } = this.session.member;
    const opened = sealed?.of === String(memberId) ? openLocal(localKey, kPurpose, sealed.bytes) : undefined;
    if (!opened?.ok) return;
    const { drafts, papers, at } = JSON.parse(new TextDecoder().decode(opened.value)) as Kept;
    this.set({ drafts, papers: new Map(papers) });
    if (at) void this.look().then(() => this.go(at));
  }

  // --- the inbox ---

  // Asks the gateway once more; the open case, too, when something came.
  async look(): Promise<void> {
    await this.run('inbox', () => this.loader_.refresh());
    const { open_case, rows } = this.state;
    const row = rows.find(({ key }) => key === open_case?.row.key);
    if (open_case && row && row.item.headSeq !== open_case.fetched.opened.entries.length - 1) await this.cases.refresh();
  }
  want(change: Partial<Wish>): void {
    this.set({ wish: { ...this.state.wish, ...change }, shown: kRowsAtOnce });
  }
  paper(key: string, change: Partial<Paper>): void {
    const before = this.state.papers.get(key) ?? { labels: [], belongs_with: [], read_seq: -1 };
    this.set({ papers: new Map(this.state.papers).set(key, { ...before, ...change }) });
  }
  go(key: string): void {
    const row = this.state.rows.find((one) => one.key === key);
    if (row) void this.cases.open(row);
  }
  to_inbox(): void {
    this.cases.close();
    this.set({ screen: 'inbox', open_case: null, announcement: '' });
  }

  // --- what is being typed, and what is being done ---

  draft(field: string): string {
    return this.state.drafts[field] ?? '';
  }
  type(field: string, text: string): void {
    const { [field]: _, ...others } = this.state.drafts;
    this.set({ drafts: text === '' ? others : { ...others, [field]: text } });
  }
  would_lose(): boolean {
    return this.state.waits || Object.values(this.state.drafts).some((text) => text.trim() !== '');
  }
  working(name: string): WorkState {
    return this.state.work[name] ?? kIdle;
  }
  // One of a name at a time. True when it was done.
  async run(name: string, doing: (work: Work) => Promise<void>): Promise<boolean> {
    if (this.working(name).status === 'going') return false;
    const me = this.state.me;
    const work = new Work((state) => {
      if (this.state.me === me) this.set({ work: { ...this.state.work, [name]: state } });
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
