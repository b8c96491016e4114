// What a reporter is writing: in memory alone, unless they ask for a file of it.
import { asBytes } from '../core/crypto/bytes.ts';
import { kTextBytesMax } from '../generated/rules.ts';
import type { CaseKind, Lead, NewCase, Person, Organisation, Want } from './session.ts';
import type { Words } from './words/shape.ts';

export const kPrompts = ['where', 'when', 'who', 'helped'] as const;
export type PromptKey = (typeof kPrompts)[number];

export const kWithheld = ['unknown', 'later', 'rather_not'] as const;
export type Withheld = (typeof kWithheld)[number];

export interface Answer {
  readonly text: string;
  readonly withheld: Withheld | null;
}

export interface Draft {
  readonly kind: CaseKind;
  readonly story: string;
  readonly continues: boolean;
  readonly continues_name: string;
  readonly wants: readonly Want[];
  readonly lead: Lead;
  readonly answers: Readonly<Partial<Record<PromptKey, Answer>>>;
  readonly identity: string;
  readonly adviser: string | null; // member ids from here on
  readonly stand_in: string | null;
  readonly excluded: readonly string[]; // stay on this screen: sent nowhere
  readonly excluded_units: readonly number[];
}

// Keys in quotes keep their names (short_names.ts): a draft that was kept is read by a later build.
export const kEmptyDraft: Draft = {
  'kind': 'report',
  'story': '',
  'continues': false,
  'continues_name': '',
  'wants': [],
  'lead': 'every_step',
  'answers': {},
  'identity': '',
  'adviser': null,
  'stand_in': null,
  'excluded': [],
  'excluded_units': [],
};

// Room for a long evening's writing; the answers to the prompts count as part of the story.
export const too_long = (text: string): boolean => asBytes(text).length > kTextBytesMax;

export function is_started(draft: Draft): boolean {
  const answered = Object.values(draft.answers).some((answer) => answer.text !== '');
  return draft.story.trim() !== '' || draft.identity.trim() !== '' || answered;
}

// Advisers first, those who stand in for others last; without whom the reporter excluded.
export function candidates(draft: Draft, organisation: Organisation): readonly Person[] {
  return organisation.advisers.filter(
    (person) =>
      !draft.excluded.includes(person.id) && !draft.excluded_units.includes(person.unit_id),
  );
}

export function stand_ins(draft: Draft, organisation: Organisation): readonly Person[] {
  return candidates(draft, organisation)
    .filter((person) => person.id !== draft.adviser)
    .sort((a, b) => Number(b.stand_in) - Number(a.stand_in));
}

export function answer_text(answer: Answer | undefined, words: Words): string {
  if (!answer) return '';
  return answer.withheld ? words.prompts[answer.withheld] : answer.text.trim();
}

function asked_and_answered(key: PromptKey, draft: Draft, words: Words): string {
  const text = answer_text(draft.answers[key], words);
  return text === '' ? '' : `${words.prompts[key].title}\n${text}`;
}

export function story_text(draft: Draft, words: Words): string {
  const name = draft.continues_name.trim();
  const continues = !draft.continues
    ? ''
    : name === ''
      ? words.story.continues_text
      : words.story.continues_named(name);
  const asked = (['where', 'when', 'helped'] as const).map((key) =>
    asked_and_answered(key, draft, words),
  );
  return [draft.story.trim(), continues, ...asked].filter((part) => part !== '').join('\n\n');
}

// Everything that is sent: the review shows these very texts.
export function new_case(draft: Draft, words: Words): NewCase {
  const signal = draft.kind === 'signal';
  return {
    kind: draft.kind,
    wants: signal ? [] : draft.wants,
    lead: draft.kind === 'advice' || signal ? 'every_step' : draft.lead,
    story: story_text(draft, words),
    people: answer_text(draft.answers.who, words),
    identity: signal ? '' : draft.identity.trim(),
    advisers: signal || draft.adviser === null ? [] : [draft.adviser],
    stand_in: signal ? null : draft.stand_in,
  };
}
