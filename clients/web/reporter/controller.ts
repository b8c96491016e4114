// What the app knows and does. Screens read `state` and call these methods; nothing here knows the
// DOM but the way out.
import { heard_after } from '../page/announcement.ts';
import { kind_of, type ErrorKind } from '../page/session_error.ts';
import { Preparing, type Prepared } from './preparing.ts';
import { elsewhere, kDone, kIdle, type OnProgress, type WorkState } from '../page/work.ts';
import { Acting, kNoLead, type Form, type LeadState } from './acting.ts';
import { kEmptyDraft, is_started, new_case, type Draft } from './draft.ts';
import { next_screen, type Screen } from './flow.ts';
import { blank_and_leave, exit_address } from './quick_exit.ts';
import { Files, kNoFiles, type FilesState } from './files.ts';
import type { AtWork, CaseKind, CaseView, Organisation, Session } from './session.ts';
import { UntilForgotten, type Show } from './until_forgotten.ts';
import type { Words } from './words/shape.ts';
import { kLanguages } from './words/languages.ts';

export interface State {
  readonly words: Words; // the language's catalogue
  readonly screen: Screen;
  readonly organisation: Organisation | null;
  readonly at_work: ReadonlyMap<string, AtWork>; // by id; empty: not known yet
  readonly greeting_error: ErrorKind | null;
  readonly lost: boolean; // the last exchange got no answer
  readonly draft: Draft;
  readonly phrase: readonly string[]; // of the case being made; empty until it is sent
  readonly phrase_kept: boolean;
  readonly filing: WorkState;
  readonly opening: WorkState;
  readonly saying: WorkState;
  readonly view: CaseView | null;
  readonly message: string; // being written in a case
  readonly files: FilesState;
  readonly prepared: readonly Prepared[]; // files on their way into that list
  readonly lead: LeadState;
  readonly shifts: number;
  readonly announcement: string;
}

// Where one comes back to, and which step stood there.
interface Place {
  readonly screen: Screen;
  readonly about: string;
}

export class Controller {
  state: State;
  private trail_: Place[] = [];
  private readonly until_forgotten_ = new UntilForgotten();
  private draft_words_: readonly string[] | null = null;
  private readonly listeners_ = new Set<() => void>();
  private readonly session_: Session;
  readonly files: Files;
  readonly preparing: Preparing;
  readonly acting: Acting;

  constructor(session: Session, words: Words) {
    this.session_ = session;
    this.files = new Files(session, {
      files: () => this.state.files,
      set_files: (change) => this.set({ files: { ...this.state.files, ...change } }),
      set_view: (view) => this.set({ view }),
      is_covering: (file) => this.preparing.is_covering(file),
    });
    this.preparing = new Preparing(this.files, {
      prepared: () => this.state.prepared,
      set_prepared: (prepared) => this.set({ prepared }),
      in_turn: this.in_turn,
    });
    this.acting = new Acting(session, {
      lead: () => this.state.lead,
      set_lead: (change) => this.set({ lead: { ...this.state.lead, ...change } }),
      set_view: (view) => this.set({ view }),
    });
    this.state = {
      words,
      screen: 'welcome',
      organisation: null,
      at_work: new Map(),
      greeting_error: null,
      lost: false,
      ...kNothingTyped,
      shifts: 0,
      announcement: '',
    };
  }

  subscribe(listener: () => void): () => void {
    this.listeners_.add(listener);
    return () => this.listeners_.delete(listener);
  }
  set(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners_) listener();
  }
  write(change: Partial<Draft>): void {
    this.set({ draft: { ...this.state.draft, ...change } });
  }
  announce(words: string): void {
    this.set({ announcement: heard_after(this.state.announcement, words) });
  }

  // --- the way through ---

  go(screen: Screen, about = ''): void {
    const { screen: before, lead, opening, saying } = this.state;
    if (screen === before && about === lead.about) return; // the way back would lead here
    this.trail_.push({ screen: before, about: lead.about });
    this.acting.about(about);
    this.set({ screen, opening: elsewhere(opening), saying: elsewhere(saying), announcement: '' });
  }
  // The next screen of this kind's path; back to the review for whoever came from there.
  next(): void {
    if (this.trail_.at(-1)?.screen === 'review') return this.back();
    this.go(next_screen(this.state.draft.kind, this.state.screen));
  }
  back(): void {
    const { screen, about } = this.trail_.pop() ?? { screen: 'welcome', about: '' };
    this.acting.about(about);
    this.set({ screen, announcement: '' });
  }

  // A step of the reporter's lead, about somebody or something, as it was left.
  step(screen: Screen, subject: string | number = '', defaults: Partial<Form> = {}): void {
    const about = `${screen}:${subject}`;
    this.acting.begin(about, defaults);
    this.go(screen, about);
  }
  begin(kind: CaseKind): void {
    this.write({ kind });
    this.go('before');
  }
  // Typed, spoken or chosen, and not sent: nobody loses it without a word.
  unsent(): boolean {
    const { draft, message, files } = this.state;
    return this.acting.would_lose || files.chosen.length > 0 || this.preparing.undecided() || is_started(draft) || message.trim() !== '';
  }
  // That, or words that may not be kept yet: leaving the page is asked about.
  would_lose(): boolean {
    const { phrase, phrase_kept } = this.state;
    return this.unsent() || (phrase.length > 0 && !phrase_kept);
  }

  // --- what is done with the core ---

  async greet(): Promise<void> {
    this.session_.watch((lost) => {
      if (lost !== this.state.lost) this.set({ lost });
    });
    for (;;) {
      try {
        const organisation = await this.session_.greet();
        this.set({ organisation, greeting_error: null });
        return this.set({ at_work: await this.session_.at_work().catch(() => new Map()) });
      } catch (error) {
        const kind = kind_of(error);
        this.set({ greeting_error: kind });
        if (kind !== 'unreachable') return;
        await new Promise((wake) => setTimeout(wake, kGreetAgainMs));
      }
    }
  }

  // Makes the phrase, shows it, and sends meanwhile: whoever loses the page has the words.
  send(): void {
    if (this.state.phrase.length === 0) this.set({ phrase: this.new_words(), phrase_kept: false });
    this.go(this.state.draft.kind === 'signal' ? 'done' : 'phrase');
    this.trail_ = [];
    this.send_again();
  }
  // What was not taken in, to be changed. The words of it are nobody's.
  change_filing(): void {
    this.set({ phrase: [], filing: kIdle });
    this.go('review');
    this.trail_ = []; // not to words that are gone
  }
  send_again(): void {
    const { draft, words, phrase } = this.state;
    const wanted = new_case(draft, words);
    void this.run('filing', (progress) => this.session_.file(wanted, phrase, progress)).then((arrived) => {
      if (this.state.filing.status === 'failed') void this.look_who_is_here();
      if (!arrived) return;
      this.write({ ...kEmptyDraft, kind: draft.kind });
      this.announce(this.state.words.sending.accepted);
      void this.files.attach('story', phrase);
    });
  }

  // After a refusal: with the list of people as it was, it would be refused again.
  async look_who_is_here(): Promise<void> {
    const before = this.state.organisation;
    this.set({ organisation: await this.session_.greet().catch(() => before) });
    this.write(this.of_who_is_here(this.state.draft, before));
  }
  // Whoever is gone since, nobody can be let in any more; whose key was replaced, nobody chose knowing it: chosen anew.
  private of_who_is_here({ adviser, stand_in }: Draft, before = this.state.organisation): Partial<Draft> {
    const { organisation } = this.state;
    const here = (id: string | null): string | null => {
      const [then, now] = [before, organisation].map((one) => one?.advisers.find((person) => person.id === id));
      return now && now.key_changed_day === (then ?? now).key_changed_day ? id : null;
    };
    return { adviser: here(adviser), stand_in: here(stand_in) };
  }

  open(phrase: readonly string[]): void {
    const { screen } = this.state;
    void this.run('opening', async (progress, show) => {
      const view = await this.session_.open(phrase, progress);
      show(() => {
        this.set({ view });
        if (this.state.screen === screen) return this.go('case');
        // Whoever looks elsewhere finds it where they come back to.
        this.trail_ = this.trail_.map((place) => (place.screen === screen ? { screen: 'case', about: '' } : place));
      });
    });
  }
  look_again(): void {
    void this.run('opening', async (progress, show) => {
      const view = await this.session_.refresh(progress);
      show(() => {
        this.set({ view });
        this.announce(this.state.words.case.checked);
      });
    });
  }
  async say(text: string, urgent: boolean): Promise<boolean> {
    const said = await this.run('saying', async (progress, show) => {
      // What was typed since stays.
      const arrived = (): void => void show(() => this.state.message === text && this.set({ message: '', saying: kDone }));
      const view = await this.session_.say(text, urgent, progress, arrived);
      show(() => this.set({ view, message: this.state.message === text ? '' : this.state.message }));
    });
    if (said) this.announce(this.state.words.case.said);
    return said;
  }

  private run(
    name: 'filing' | 'opening' | 'saying',
    doing: (progress: OnProgress, show: Show) => Promise<unknown>,
  ): Promise<boolean> {
    const set = (state: WorkState): void => this.set({ [name]: state });
    return this.until_forgotten_.run(this.state[name], set, async ({ progress }, show) => void (await doing(progress, show)));
  }

  // After a withdrawal there is no case to go back to.
  ended(): void {
    this.go('withdrawn');
    this.trail_ = [];
  }

  // --- helpers that need the core ---

  private new_words(): readonly string[] {
    return this.session_.new_words(this.state.words.code === 'nl' ? 'nl' : 'en');
  }
  // Work that takes time, a piece at a time, between the slots.
  readonly in_turn: Session['in_turn'] = (piece) => this.session_.in_turn(piece);
  read_words(text: string) {
    return this.session_.read_words(text);
  }
  copy(): string {
    return this.session_.copy();
  }
  // For a beginning that is saved. The same until everything is forgotten: whoever looks elsewhere wrote them down
  // before.
  draft_words(): readonly string[] {
    return (this.draft_words_ ??= this.new_words());
  }
  seal_draft(words: readonly string[]): Uint8Array {
    return this.session_.seal_draft(JSON.stringify(this.state.draft), words);
  }
  open_draft(file: Uint8Array, words: readonly string[]): void {
    const found = { ...kEmptyDraft, ...(JSON.parse(this.session_.open_draft(file, words)) as Draft) };
    this.write({ ...found, ...this.of_who_is_here(found) });
    this.go('story');
  }

  // --- the ways out ---

  forget(): void {
    this.until_forgotten_.forget();
    this.files.forget();
    this.preparing.forget();
    this.acting.forget();
    this.session_.forget();
    this.trail_ = [];
    this.draft_words_ = null;
    this.set(kNothingTyped);
  }
  close(): void {
    this.forget();
    this.set({ screen: 'closed', announcement: '' });
  }
  // `true` once nothing stands in the way of leaving.
  leaving = false;
  quick_exit(): void {
    const address = this.state.organisation?.text('quick_exit_url', this.state.words.code) ?? '';
    this.leaving = true;
    try {
      blank_and_leave(exit_address(address));
    } finally {
      this.close(); // the screen too: a microphone stays on as long as its part does
    }
  }
  choose_language(code: string, among: readonly Words[] = kLanguages): void {
    const words = among.find((one) => one.code === code);
    if (words) this.set({ words, announcement: '' });
  }
}

const kGreetAgainMs = 4000;

const kNothingTyped = {
  draft: kEmptyDraft,
  phrase: [],
  phrase_kept: false,
  filing: kIdle,
  opening: kIdle,
  saying: kIdle,
  view: null,
  message: '',
  files: kNoFiles,
  prepared: [],
  lead: kNoLead,
} as const;
