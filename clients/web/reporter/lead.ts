// The reporter's lead, as the screens see it: what was proposed, who may let people in, what was done without asking,
// and what the reporter decides.
import type { Compartment, Day } from './session.ts';

export type Choice = 'yes' | 'yes_if' | 'not_now' | 'no';
export const kChoices: readonly Choice[] = ['yes', 'yes_if', 'not_now', 'no'];
export const is_yes = (choice: Choice): boolean => choice === 'yes' || choice === 'yes_if';

// What may be given, in the order people think of it. Who the reporter is they say by name, on a screen of its own.
export type Part = 'story' | 'people' | 'talk' | 'summary';
export const kParts: readonly Part[] = ['summary', 'story', 'people', 'talk'];

export interface ProposedReader {
  readonly id: string;
  readonly name: string;
  readonly compartments: readonly Compartment[];
  readonly last_day: Day | null;
  readonly lead: boolean; // leads the case from then on
}

// What a triage committee decided.
export type Ruling = 'adviser' | 'conversation' | 'measure' | 'investigation' | 'no_further' | 'unknown';

export interface Proposal {
  readonly seq: number;
  readonly author: string;
  readonly day: Day;
  readonly step: string; // a key of the directory's texts, without step_; empty: in own words
  readonly text: string;
  readonly readers: readonly ProposedReader[];
  readonly summary: string; // as the adviser drafted it
  readonly standing: 'open' | 'put_off' | 'answered' | 'retracted' | 'lapsed';
  readonly decision: Decision | null;
}

export interface Decision {
  readonly seq: number;
  readonly choice: Choice;
  readonly text: string;
  readonly day: Day;
  readonly carried_out: boolean;
}

// Somebody who may let others in.
export interface Delegation {
  readonly id: string;
  readonly name: string;
  readonly people: readonly string[];
  readonly compartments: readonly Compartment[];
  readonly last_day: Day;
}

export interface Unconsented {
  readonly seq: number;
  readonly day: Day;
  readonly name: string;
  readonly cause: 'danger' | 'duty' | 'unknown';
  readonly text: string;
}

// What changed since the reporter last wrote.
export type News =
  | { readonly kind: 'left' | 'released' | 'identity_opened'; readonly name: string; readonly day: Day }
  | { readonly kind: 'key_changed'; readonly name: string; readonly day: Day }
  | { readonly kind: 'let_in'; readonly name: string; readonly names: readonly string[]; readonly day: Day }
  | { readonly kind: 'messages'; readonly count: number };

export interface LeadView {
  readonly proposals: readonly Proposal[];
  readonly delegations: readonly Delegation[];
  readonly unconsented: readonly Unconsented[];
  readonly news: readonly News[];
  readonly stays: boolean; // the reporter wants to stay with the adviser, without the triage committee
  readonly erase_day: Day | null; // when it is destroyed, if nothing is added before
  readonly outcome_by: number | null; // the entry that says it is over, and so when; null: none
  readonly erased_day: Day | null; // when it was
}

// One step of the reporter's; people by member id, days null for "until I take it back".
export type Move =
  | {
      readonly kind: 'answer';
      readonly seq: number;
      readonly choice: Choice;
      readonly text: string;
      readonly summary: string;
    }
  | {
      readonly kind: 'let_in';
      readonly people: readonly string[];
      readonly parts: readonly Part[];
      readonly last_day: Day | null;
      readonly stands_in_for: string | null; // not yet, only when this person can't go on; one person then
    }
  | { readonly kind: 'take_back'; readonly person: string }
  | { readonly kind: 'replace'; readonly from: string; readonly to: string; readonly text: string }
  | {
      readonly kind: 'delegate';
      readonly to: string;
      readonly people: readonly string[];
      readonly parts: readonly Part[];
      readonly last_day: Day;
    }
  | { readonly kind: 'end_delegation'; readonly from: string }
  | { readonly kind: 'identify'; readonly to: string; readonly text: string }
  | { readonly kind: 'stay'; readonly ended: boolean; readonly text: string }
  | { readonly kind: 'dispute'; readonly seq: number; readonly text: string };

export const is_open = ({ standing }: Proposal): boolean => standing === 'open' || standing === 'put_off';
export const open_proposals = ({ proposals }: LeadView): readonly Proposal[] => proposals.filter(is_open);
