// The session the app runs on: the core, one connection, one rhythm, at most one open case.
import { CaseKind, Compartment, kFrameBytes, Lead, Want } from '../generated/rules.ts';
import { wipeCase } from '../core/case_log.ts';
import { Connection } from '../core/connection.ts';
import { asBytes } from '../core/crypto/bytes.ts';
import { CaseKeys, type PhraseCase } from '../core/crypto/case_keys.ts';
import { foldLatin } from '../core/crypto/latin_fold.ts';
import { openLocal, sealLocal } from '../core/crypto/local_seal.ts';
import { generatePhrase, parsePhrase, type Phrase } from '../core/crypto/phrase.ts';
import { systemRandom } from '../core/crypto/random.ts';
import { isWord, readWords, suggestWords } from '../core/crypto/word_list.ts';
import { fetchPresences } from '../core/desk/availability.ts';
import type { Result } from '../core/errors.ts';
import { good } from '../core/expected.ts';
import { fetchCase, type FetchedCase } from '../core/fetch.ts';
import { Reporter } from '../core/identity.ts';
import { copyCase, toJson } from '../core/lead/own_copy.ts';
import type { Draft as CoreDraft } from '../core/outbox.ts';
import { Rhythm } from '../core/rhythm.ts';
import { httpTransport } from '../core/transport.ts';
import { service_of_page } from '../page/service_of_page.ts';
import { SessionError, value_of } from '../page/session_error.ts';
import type { OnProgress } from '../page/work.ts';
import { at_work, case_view, may_read, organisation_of } from './case_view.ts';
import type { Move } from './lead.ts';
import { Pace } from './pace.ts';
import { OpenCase } from './open_case.ts';
import { complaint_draft, said_in, type Complaint } from './session_complaint.ts';
import { FileTravel } from './session_files.ts';
import { answer_draft, LeadSteps, member_of } from './session_lead.ts';
import { Sending, what_of } from './session_sending.ts';
import type {
  AtWork,
  AttachHow,
  CaseView,
  NewCase,
  Organisation,
  Session,
  TypedWord,
  WordListName,
} from './session.ts';
import { UnderWay } from './under_way.ts';

const kDraftPurpose = 'draft';
const kWordsMax = 32; // more than these were not typed as a phrase

function phrase_of(words: readonly string[]): Phrase {
  const phrase = parsePhrase(words.join(' '));
  if (!phrase.ok) throw new SessionError('bad_input', 'not eight words of the lists');
  return phrase.value;
}

const length_of = ({ log }: FetchedCase): number => log.entries.length;

class CoreSession implements Session {
  private readonly service_ = service_of_page();
  private readonly connection_ = new Connection(this.service_, kFrameBytes);
  private readonly rhythm_ = new Rhythm({
    connection: this.connection_,
    transport: httpTransport(),
    random: systemRandom,
  });
  private readonly pace_ = new Pace(this.connection_);
  private readonly files_ = new FileTravel(this.connection_, this.pace_);
  private readonly lead_ = new LeadSteps(this.connection_, this.pace_);
  private readonly under_way_ = new UnderWay();
  private readonly sending_ = new Sending(this.connection_, this.pace_, this.under_way_);
  private case_: OpenCase | null = null;
  private round_ = 0; // one more with every `forget`

  watch(listener: (lost: boolean) => void): void {
    this.connection_.subscribe(() => listener(this.connection_.state === 'lost'));
  }

  async greet(): Promise<Organisation> {
    const greeted = this.connection_.greet();
    await this.rhythm_.start();
    void this.read_ahead();
    value_of(await greeted);
    this.connection_.offered = this.connection_.directory;
    return organisation_of(this.connection_.directory, this.connection_.today);
  }

  // On every visit, whatever it is for, so that nothing tells who is about to type a phrase.
  private async read_ahead(): Promise<void> {
    while (await this.rhythm_.work(readWords));
  }

  async at_work(): Promise<ReadonlyMap<string, AtWork>> {
    const { directory, today } = this.connection_;
    return at_work(value_of(await fetchPresences(this.connection_, may_read(directory, today))), directory);
  }

  new_words(list: WordListName): readonly string[] {
    return generatePhrase(systemRandom, list === 'nl' ? 'nl-1' : 'en-1').revealWords();
  }
  read_words(text: string): readonly TypedWord[] {
    return foldLatin(text)
      .split(' ')
      .filter((word) => word !== '')
      .slice(0, kWordsMax)
      .map((typed) => {
        const known = isWord(typed);
        return { typed, word: known ? typed : null, suggestions: known ? [] : suggestWords(typed) };
      });
  }

  async file(draft: NewCase, words: readonly string[], on_progress: OnProgress): Promise<void> {
    const opening = {
      caseKind: CaseKind[draft.kind],
      wants: draft.wants.map((want) => Want[want]),
      lead: Lead[draft.lead],
      language: '', // what the reporter reads is not told
    };
    const { story, people, identity } = draft;
    const core_draft: CoreDraft = {
      kind: 'opening',
      story: { opening, story, people, identity },
      to: draft.advisers.map(member_of),
      standIn: draft.stand_in === null ? undefined : member_of(draft.stand_in),
    };
    const reporter = await this.reporter_of(words);
    const what = what_of(reporter, null); // whatever was sealed first
    try {
      await this.sending_.deliver(core_draft, reporter, null, on_progress, async () => {}, undefined, what);
    } finally {
      reporter.wipe();
    }
  }

  async open(words: readonly string[], on_progress: OnProgress): Promise<CaseView> {
    this.close_case();
    const opened = new OpenCase(await this.reporter_of(words), phrase_of(words));
    this.case_ = opened;
    try {
      return await this.fetch(opened, on_progress);
    } catch (error) {
      if (this.case_ === opened) this.close_case();
      throw error;
    }
  }
  refresh(on_progress: OnProgress): Promise<CaseView> {
    return this.fetch(this.open_case(), on_progress);
  }
  async say(text: string, urgent: boolean, on_progress: OnProgress, arrived: () => void): Promise<CaseView> {
    const open = this.open_case();
    const { reporter, fetched } = open;
    const draft: CoreDraft = {
      kind: 'event',
      handle: reporter.handle,
      compartment: Compartment.talk,
      event: { kind: 'message', text },
      ...(urgent && { urgent }),
    };
    return this.sending_.deliver(draft, reporter, fetched, on_progress, () => this.fetch(open, () => {}), arrived);
  }

  async move(move: Move, on_progress: OnProgress): Promise<CaseView> {
    const open = this.open_case();
    const { reporter, known } = open;
    const look = (): Promise<CaseView> => this.fetch(open, () => {});
    if (move.kind !== 'answer')
      return this.sending_.once(what_of(reporter, move), () => this.lead_.take(move, reporter, known, on_progress), look);
    return this.sending_.deliver(answer_draft(move, known.opened, this.connection_), reporter, known, on_progress, look);
  }
  complaint(on_progress: OnProgress): Promise<CaseView | null> {
    on_progress(this.pace_.of_exchanges(0, 1));
    return this.look_for_complaint(this.open_case());
  }
  async complain(text: string, to: readonly string[], on_progress: OnProgress, arrived: () => void): Promise<CaseView> {
    const open = this.open_case();
    const { reporter: owner, complaint } = open;
    if (!complaint) throw new SessionError('defect', 'the complaint was not looked for');
    const { reporter, fetched } = complaint;
    const draft = fetched ? said_in(reporter.handle, text) : complaint_draft(owner.handle, text, to.map(member_of));
    const look = (): Promise<CaseView | null> => this.look_for_complaint(open);
    return (await this.sending_.deliver(draft, reporter, fetched, on_progress, look, arrived))!;
  }
  async withdraw(on_proof: (json: string) => void, on_progress: OnProgress): Promise<void> {
    const open = this.open_case();
    await this.under_way_.during(this.lead_.withdraw(open.reporter, open.known, on_proof, on_progress));
    if (this.case_ === open) this.close_case();
  }
  copy(): string {
    const { log, opened } = this.open_case().known;
    return `${JSON.stringify(toJson(copyCase(log, opened, this.connection_.directory)), null, 1)}\n`;
  }

  seconds_for(sizes: readonly number[]): number {
    return this.files_.seconds_for(sizes);
  }
  async attach(file: File, { to, words, covered, stays }: AttachHow, on_progress: OnProgress): Promise<CaseView | null> {
    const open = words ? null : this.open_case();
    const reporter = open?.reporter ?? (await this.reporter_of(words!));
    try {
      value_of(await this.under_way_.during(this.files_.attach(file, to, covered, stays, reporter, on_progress)));
      return open && (await this.fetch(open, () => {}));
    } finally {
      if (!open) reporter.wipe();
    }
  }
  async fetch_file(number: number, on_progress: OnProgress): Promise<readonly Uint8Array<ArrayBuffer>[]> {
    const open = this.open_case();
    const { fetched, reporter } = number < 0 ? open.complaint! : open;
    const fetching = this.files_.fetch(fetched!.opened, reporter, Math.abs(number), on_progress);
    return value_of(await this.under_way_.during(fetching));
  }

  seal_draft(text: string, words: readonly string[]): Uint8Array {
    return this.with_keys(words, ({ localKey }) => sealLocal(localKey, kDraftPurpose, asBytes(text), systemRandom));
  }
  open_draft(file: Uint8Array, words: readonly string[]): string {
    const opened = this.with_keys(words, ({ localKey }) => openLocal(localKey, kDraftPurpose, file));
    if (!opened.ok) throw new SessionError('bad_input', 'the words do not open this file');
    return new TextDecoder().decode(opened.value);
  }

  in_turn<T>(piece: () => T | Promise<T>): Promise<T> {
    return this.connection_.work(piece);
  }
  forget(): void {
    this.round_ += 1;
    this.files_.forget();
    this.close_case();
    this.sending_.forget();
  }

  // What comes late goes to the case it was asked for, also when another one is open by then.
  private async fetch(open: OpenCase, on_progress: OnProgress): Promise<CaseView> {
    on_progress(this.pace_.of_exchanges(0, 1));
    return this.view_of(value_of(await this.news(open)));
  }
  private async look_for_complaint(open: OpenCase): Promise<CaseView | null> {
    const words = open.phrase.revealWords();
    open.complaint ??= { reporter: await this.under_way_.during(this.reporter_of(words, 'complaint')), fetched: null };
    const found = await this.news(open.complaint);
    if (!found.ok && found.error.code === 'no such case') return null;
    return this.view_of(value_of(found), true);
  }
  // Of two that were asked for at once the longer one stays; the other is wiped when nobody works with it any more.
  private async news(of: OpenCase | Complaint): Promise<Result<FetchedCase>> {
    const { reporter, fetched } = of;
    const seen = this.sending_.looking(reporter);
    const found = await this.under_way_.during(fetchCase(this.connection_, reporter.handle, reporter, fetched ?? undefined));
    if (!found.ok) return found;
    seen(found.value.opened);
    const both = [found.value, ...(of.fetched ? [of.fetched] : [])].sort((a, b) => length_of(b) - length_of(a));
    of.fetched = both[0]!;
    for (const { opened } of both) if (opened !== of.fetched.opened) this.under_way_.afterwards(() => wipeCase(opened));
    return good(of.fetched);
  }
  private view_of({ opened }: FetchedCase, complaint = false): CaseView {
    return case_view(opened, this.connection_.directory, this.connection_.today, complaint);
  }
  private open_case(): OpenCase {
    if (!this.case_) throw new SessionError('defect', 'no case is open');
    return this.case_;
  }
  // Keys take long to make: they wait for a place in the rhythm, which must not tell of them. Whoever forgot everything
  // meanwhile wants none.
  private async reporter_of(words: readonly string[], which: PhraseCase = 'report'): Promise<Reporter> {
    const phrase = phrase_of(words);
    const { round_: round } = this;
    const reporter = await this.rhythm_.work(() => new Reporter(phrase, this.service_, which));
    phrase.wipe();
    if (round === this.round_) return reporter;
    reporter.wipe();
    throw new SessionError('refused', 'forgotten');
  }
  private with_keys<T>(words: readonly string[], use: (keys: CaseKeys) => T): T {
    const phrase = phrase_of(words);
    const keys = new CaseKeys(phrase, this.service_);
    phrase.wipe();
    try {
      return use(keys);
    } finally {
      keys.wipe();
    }
  }
  private close_case(): void {
    const { case_: open } = this;
    this.case_ = null;
    if (open) this.under_way_.afterwards(() => open.wipe());
  }
}

export const make_core_session = (): Session => new CoreSession();
