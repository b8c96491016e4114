// A session without gateway and cryptography, for looking at screens. Its slots are short; a test
// stretches them, or breaks the connection, through `window.omzien_fake`.
import type { OnProgress } from '../../../clients/web/page/work.ts';
import { SessionError } from '../../../clients/web/page/session_error.ts';
import type { Move, Proposal } from '../../../clients/web/reporter/lead.ts';
import type {
  AttachHow,
  CaseView,
  NewCase,
  RowContent,
  Session,
  TimelineRow,
  TypedWord,
} from '../../../clients/web/reporter/session.ts';
import { kFakeDay, kFakeOrganisation, kFakePhrase, fake_case } from './fake_people.ts';

// Quoted where this program alone would know it: a test calls it by this name (clients/web/short_names.ts).
interface FakeControls {
  slot_ms: number;
  offline: boolean;
  case_variant: string;
  hold?: number; // goes no further than this many steps
  refuses?: boolean; // the next steps
  misfit?: boolean; // a report is refused as it is
  two_coordinators?: boolean;
  left?: boolean; // whoever read along: from the next look on nobody does
  stands_still?: boolean; // what is worked on piece by piece
}
const page = globalThis as { ['omzien_fake']?: FakeControls; ['omzien_moves']?: object[] };
const controls: FakeControls = { 'slot_ms': 60, 'offline': false, 'case_variant': 'answered' };
page['omzien_fake'] ??= controls;
const now = (): FakeControls => page['omzien_fake']!;
const kOfMoves = ['kind', 'seq', 'choice', 'text', 'summary', 'people', 'parts', 'last_day', 'stands_in_for'] as const;
const told = (move: Move): object =>
  Object.fromEntries(kOfMoves.filter((key) => key in move).map((key) => [key, (move as unknown as Record<string, unknown>)[key]]));

async function slots(count: number, on_progress: OnProgress): Promise<void> {
  for (let done = 0; done < count; done += 1) {
    const seconds_left = Math.round(((count - done) * now().slot_ms) / 1000);
    on_progress({ done, total: count, seconds_left });
    do await new Promise((wake) => setTimeout(wake, now().slot_ms));
    while (now().hold === done);
    if (now().offline) throw new SessionError('unreachable', 'offline');
  }
}

const kList = kFakePhrase.concat(['kastelen', 'tulpen', 'noten', 'wilgen', 'polder', 'appel', 'boter', 'citroen']);

class FakeSession implements Session {
  private readonly moves_: object[] = (page['omzien_moves'] = []);
  private view_: CaseView | null = null;
  private complaint_: CaseView | null = null;
  private readonly sent_ = new Map<number, Uint8Array<ArrayBuffer>>();
  private filed_: { draft: NewCase; words: string } | null = null;

  watch(listener: (lost: boolean) => void): void {
    setInterval(() => listener(now().offline), 100);
  }
  async greet() {
    await slots(1, () => {});
    if (!now().two_coordinators) return kFakeOrganisation;
    const people = kFakeOrganisation.people.map((one) => (one.name === 'cdo' ? ({ ...one, seat: 'coordinator' } as const) : one));
    return { ...kFakeOrganisation, people };
  }
  async at_work() {
    return new Map([
      ['01', { days: 0b0001111, away_until: 0, stand_in: '' }],
      ['02', { days: 0, away_until: kFakeDay + 12, stand_in: 'ruud' }],
    ]);
  }
  new_words(): readonly string[] {
    return kFakePhrase;
  }
  read_words(text: string): readonly TypedWord[] {
    return text
      .toLowerCase()
      .split(/[^\p{L}]+/u)
      .filter((word) => word !== '')
      .map((typed) => ({
        typed,
        word: kList.includes(typed) ? typed : null,
        suggestions: kList.filter((word) => word.startsWith(typed.slice(0, 3))).slice(0, 3),
      }));
  }
  async file(draft: NewCase, words: readonly string[], on_progress: OnProgress): Promise<void> {
    await slots(3, on_progress);
    if (now().misfit) throw new SessionError('bad_input', 'nobody of that name');
    this.filed_ = { draft, words: words.join(' ') };
  }
  async open(words: readonly string[], on_progress: OnProgress): Promise<CaseView> {
    await slots(2, on_progress);
    if (words.join(' ') !== kFakePhrase.join(' ')) throw new SessionError('refused', 'nothing');
    this.view_ = fake_case(now().case_variant, this.filed_?.draft ?? null);
    return this.view_;
  }
  async refresh(on_progress: OnProgress): Promise<CaseView> {
    await slots(1, on_progress);
    if (now().left) this.view_ = { ...this.view_!, access: [] };
    return this.view_!;
  }
  async say(text: string, urgent: boolean, on_progress: OnProgress): Promise<CaseView> {
    await slots(1, on_progress);
    const view = this.view_!;
    const row = this.row({ kind: 'message', text, urgent });
    this.view_ = { ...view, urgent: view.urgent || urgent, waiting_for: 'adviser', rows: [...view.rows, row] };
    return this.view_;
  }
  // Shown as a real one is: the step is done, and what it changed stands in the timeline.
  async move(move: Move, on_progress: OnProgress): Promise<CaseView> {
    await slots(2, on_progress);
    if (now().refuses) throw new SessionError('refused', 'by the test');
    this.moves_.push(told(move));
    const view = this.view_!;
    const proposals = view.proposals.map((one): Proposal =>
      move.kind === 'answer' && one.seq === move.seq ? { ...one, standing: move.choice === 'not_now' ? 'put_off' : 'answered' } : one,
    );
    const content: RowContent =
      move.kind === 'answer'
        ? { kind: 'decision', proposal: move.seq, step: proposals.find(({ seq }) => seq === move.seq)!.step, choice: move.choice, text: move.text }
        : { kind: 'message', text: move.kind, urgent: false };
    const delegations = move.kind === 'end_delegation' ? [] : view.delegations;
    this.view_ = { ...view, proposals, delegations, rows: [...view.rows, this.row(content)] };
    return this.view_;
  }
  async complaint(on_progress: OnProgress): Promise<CaseView | null> {
    await slots(1, on_progress);
    return this.complaint_;
  }
  async complain(text: string, to: readonly string[], on_progress: OnProgress): Promise<CaseView> {
    await slots(2, on_progress);
    this.moves_.push({ 'kind': 'complain', 'to': to });
    const first = fake_case('fresh', { kind: 'report', wants: [], lead: 'every_step', story: text, people: '', identity: '', advisers: to, stand_in: null });
    this.complaint_ = this.complaint_ ? { ...this.complaint_, rows: [...this.complaint_.rows, this.row({ kind: 'message', text, urgent: false })] } : first;
    return this.complaint_;
  }
  async withdraw(on_proof: (json: string) => void, on_progress: OnProgress): Promise<void> {
    if (now().refuses) throw new SessionError('refused', 'there is no such case any more');
    on_proof('{"omzien":"withdrawal"}');
    await slots(2, on_progress);
    this.view_ = null;
  }
  copy(): string {
    return '{"omzien":"case"}';
  }
  private row(content: RowContent): TimelineRow {
    const seq = 100 + this.view_!.rows.length;
    return { seq, day: kFakeDay, mine: true, author: '', counts: true, content };
  }
  seconds_for(sizes: readonly number[]): number {
    return sizes.reduce((sum, size) => sum + Math.ceil(size / 15_360) * 4, 0);
  }
  async attach(file: File, { words }: AttachHow, on_progress: OnProgress): Promise<CaseView | null> {
    await slots(Math.ceil(file.size / 15_360), on_progress);
    if (words) return null;
    const view = this.view_!;
    const number = 1 + view.rows.filter((one) => one.content.kind === 'files').length;
    const { name, type, size } = file;
    const row = this.row({ kind: 'files', files: [{ number, name, media_type: type, size }] });
    this.sent_.set(number, new Uint8Array(await file.arrayBuffer()));
    this.view_ = { ...view, rows: [...view.rows, row] };
    return this.view_;
  }
  async fetch_file(number: number, on_progress: OnProgress): Promise<readonly Uint8Array<ArrayBuffer>[]> {
    await slots(2, on_progress);
    return [this.sent_.get(number)!];
  }
  seal_draft(text: string, words: readonly string[]): Uint8Array {
    return new TextEncoder().encode(`${words.join(' ')}\n${btoa(encodeURIComponent(text))}`);
  }
  open_draft(file: Uint8Array, words: readonly string[]): string {
    const [phrase, text] = new TextDecoder().decode(file).split('\n');
    if (phrase !== words.join(' ')) throw new SessionError('bad_input', 'wrong words');
    return decodeURIComponent(atob(text!));
  }
  async in_turn<T>(piece: () => T | Promise<T>): Promise<T> {
    while (now().stands_still) await new Promise((wake) => setTimeout(wake, now().slot_ms));
    return piece();
  }
  forget(): void {
    this.view_ = null;
    this.complaint_ = null;
    this.filed_ = null;
  }
}

export const make_fake_session = (): Session => new FakeSession();
