// What the screens need from the core, and nothing else. `session_core.ts` is the real one; the
// tests have one of their own that needs no gateway.
import type { OnProgress } from '../page/work.ts';
import type { Choice, LeadView, Move, Ruling } from './lead.ts';

export type CaseKind = 'report' | 'advice' | 'witness' | 'signal';
export type Want = 'heard' | 'stop' | 'repair' | 'investigate';
export type Lead = 'every_step' | 'adviser_shares';
export type CaseState =
  | 'opened'
  | 'acknowledged'
  | 'active'
  | 'waiting'
  | 'paused'
  | 'closed'
  | 'withdrawn';
export type Compartment =
  | 'story'
  | 'people'
  | 'identity'
  | 'talk'
  | 'summary'
  | 'notes'
  | 'sheet'
  | 'unknown';

// Days since 1970-01-01, UTC: no clock here is finer.
export type Day = number;

export interface Person extends Colleague {
  readonly languages: readonly string[];
  readonly line: string;
  readonly stand_in: boolean; // takes over from others; not offered as the first adviser
}

// How somebody sits in the organisation, as far as it matters to whom a reporter lets in.
export type Seat = 'adviser' | 'triage' | 'coordinator' | 'other';

export interface Colleague {
  readonly id: string;
  readonly name: string;
  readonly unit_id: number;
  readonly unit: string;
  readonly seat: Seat;
  readonly key_changed_day: Day | null; // a signing key that its predecessor did not sign
}

export interface Organisation {
  readonly name: string;
  readonly fingerprint: string; // the service id, 64 hexadecimal digits
  readonly units: readonly { readonly id: number; readonly name: string }[];
  readonly advisers: readonly Person[];
  readonly signal_readers: readonly Person[];
  readonly people: readonly Colleague[]; // everybody who is here
  readonly acknowledge_days: number;
  readonly review_overdue: boolean;
  // What the organisation wrote under this key; empty when it wrote nothing.
  text(key: string, language: string): string;
}

// What is sent as a new case. Empty texts are not sent.
export interface NewCase {
  readonly kind: CaseKind;
  readonly wants: readonly Want[];
  readonly lead: Lead;
  readonly story: string;
  readonly people: string;
  readonly identity: string;
  readonly advisers: readonly string[]; // member ids, the first leads; empty for a signal
  readonly stand_in: string | null;
}

export interface Clock {
  readonly due_day: Day;
  readonly met_day: Day | null;
  readonly met_by: number | null; // the entry that meets it, as its author says; null: none that can be disputed
}

export type RowContent =
  | { readonly kind: 'open' }
  | {
      readonly kind: 'opening';
      readonly case_kind: CaseKind;
      readonly wants: readonly Want[];
    }
  | { readonly kind: 'report'; readonly compartment: Compartment; readonly text: string }
  | { readonly kind: 'message'; readonly text: string; readonly urgent: boolean }
  | { readonly kind: 'status'; readonly state: CaseState; readonly text: string }
  | { readonly kind: 'outcome'; readonly text: string; readonly reason: string }
  | { readonly kind: 'grant'; readonly names: readonly string[]; readonly dormant: boolean }
  | { readonly kind: 'renewed' } // the same people, new keys
  | { readonly kind: 'revoke'; readonly names: readonly string[] }
  | {
      readonly kind: 'delegate';
      readonly name: string;
      readonly names: readonly string[];
      readonly ended: boolean;
    }
  // own: they are out; else a term was missed
  | { readonly kind: 'release'; readonly name: string; readonly own: boolean }
  | { readonly kind: 'proposal'; readonly seq: number; readonly step: string; readonly text: string }
  | {
      readonly kind: 'decision';
      readonly proposal: number;
      readonly step: string;
      readonly choice: Choice;
      readonly text: string;
    }
  | { readonly kind: 'retraction'; readonly step: string }
  | { readonly kind: 'summary'; readonly text: string }
  | { readonly kind: 'unconsented'; readonly text: string }
  | { readonly kind: 'identity_opened' }
  | { readonly kind: 'assessment' | 'sensitive' | 'consultation'; readonly text: string }
  | { readonly kind: 'triage'; readonly ruling: Ruling; readonly text: string; readonly reason: string }
  | { readonly kind: 'stay'; readonly ended: boolean; readonly text: string }
  | { readonly kind: 'files'; readonly files: readonly CaseFile[] }
  | { readonly kind: 'purged'; readonly days: number } // by the organisation's retention rule
  | { readonly kind: 'unknown' };

// A file that stands in a case, numbered from 1 within it; or in its complaint, from -1 down.
export interface CaseFile {
  readonly number: number;
  readonly name: string; // made fit to show and to save under
  readonly media_type: string; // what its sender says it is
  readonly size: number; // bytes
}

// An entry, by whom and when.
export interface EntryHead {
  readonly seq: number;
  readonly day: Day;
  readonly mine: boolean;
  readonly author: string; // a name; empty when mine
}

export interface TimelineRow extends EntryHead {
  readonly counts: boolean; // false: against the rules, changes nothing
  readonly content: RowContent;
}

export interface AccessRow {
  readonly id: string;
  readonly name: string;
  readonly compartments: readonly Compartment[];
  readonly since_day: Day;
  readonly last_day: Day | null; // null: until taken back
  readonly dormant: boolean;
  readonly stands_in_for: string; // a name; empty when not dormant
  readonly holder: boolean;
}

export type AlarmKind =
  | 'rule_broken'
  | 'altered'
  | 'other_key'
  | 'strangers_key'
  | 'unknown_directory'
  | 'newer_version'
  | 'missing'
  | 'other_day';

// What is wrong with an entry.
export interface Alarm extends EntryHead {
  readonly kind: AlarmKind;
}

export interface CaseView extends LeadView {
  readonly handle_words: string;
  readonly kind: CaseKind | null;
  readonly state: CaseState | null; // null: of what happened some can't be read, and it may be one of several
  readonly day_opened: Day;
  readonly today: Day;
  readonly urgent: boolean;
  readonly waiting_for: 'nobody' | 'adviser' | 'reporter';
  readonly clocks: { readonly acknowledge: Clock; readonly feedback: Clock } | null;
  readonly rows: readonly TimelineRow[];
  readonly access: readonly AccessRow[];
  readonly alarms: readonly Alarm[]; // the newest first
}

// A word as typed, and what was made of it.
export interface TypedWord {
  readonly typed: string;
  readonly word: string | null; // the list's word; null: on no list
  readonly suggestions: readonly string[];
}

export interface AttachHow {
  readonly to: 'story' | 'talk';
  readonly words: readonly string[] | null;
  readonly covered: boolean; // within the rhythm; false only after the reporter chose it
  readonly stays: () => boolean; // false: it is not to be sent after all
}

export type WordListName = 'nl' | 'en';

// When somebody works, as they said themself.
export interface AtWork {
  readonly days: number; // a mask, Monday first; 0: not said
  readonly away_until: Day; // 0: not away today
  readonly stand_in: string; // a name; empty: nobody
}

export interface Session {
  // Starts the rhythm and learns who the organisation is. Fails with `unreachable` when the first
  // exchange gets no answer; called again it tries again, and learns what changed since.
  greet(): Promise<Organisation>;
  // By id. Asked of all advisers at once, so that nobody learns who is being thought about.
  at_work(): Promise<ReadonlyMap<string, AtWork>>;
  // Called with true when an exchange was lost, with false when one came back.
  watch(listener: (lost: boolean) => void): void;

  // Eight new words, made here and nowhere else.
  new_words(list: WordListName): readonly string[];
  // What was typed or pasted, word for word; nothing is sent.
  read_words(text: string): readonly TypedWord[];

  // Called again with the same words it goes on where it stopped: the same bytes, so nothing
  // stands twice.
  file(draft: NewCase, words: readonly string[], on_progress: OnProgress): Promise<void>;
  // The case of these words is from then on the open one.
  open(words: readonly string[], on_progress: OnProgress): Promise<CaseView>;
  refresh(on_progress: OnProgress): Promise<CaseView>;
  // The same text again, after a failure, is sent as the same bytes. `arrived`: a later look showed that it stands
  // after all.
  say(text: string, urgent: boolean, on_progress: OnProgress, arrived: () => void): Promise<CaseView>;

  // A step of the reporter's lead: accepted as a whole, or nothing of it.
  move(move: Move, on_progress: OnProgress): Promise<CaseView>;
  // The complaint that the same words open; null when there is none yet.
  complaint(on_progress: OnProgress): Promise<CaseView | null>;
  // Begins it, or says more in it; `to` are the ids of who reads a new one.
  complain(text: string, to: readonly string[], on_progress: OnProgress, arrived: () => void): Promise<CaseView>;
  // The proof is handed over before the withdrawal is sent: afterwards nothing is left to make it from.
  withdraw(on_proof: (json: string) => void, on_progress: OnProgress): Promise<void>;
  // The open case as a file that can be checked without any gateway.
  copy(): string;

  // What files of these sizes take within the rhythm, by the announced pace.
  seconds_for(sizes: readonly number[]): number;
  // Called again with the same file it goes on where it stopped, after a reload too. `words`: of a case
  // that was just filed; null: of the open one, whose view is then answered.
  attach(file: File, how: AttachHow, on_progress: OnProgress): Promise<CaseView | null>;
  // A file of the open case or of its complaint, whole and checked, in parts.
  fetch_file(number: number, on_progress: OnProgress): Promise<readonly Uint8Array<ArrayBuffer>[]>;

  // Bytes for a file on the reporter's own device, and back.
  seal_draft(text: string, words: readonly string[]): Uint8Array;
  open_draft(file: Uint8Array, words: readonly string[]): string;

  // Runs a piece of work when it holds up no frame.
  in_turn<T>(piece: () => T | Promise<T>): Promise<T>;
  // Drops every secret; the rhythm goes on as if nothing had happened.
  forget(): void;
}
