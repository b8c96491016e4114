// A proposal while it is being written: who would read what, checked before the reporter is asked anything.
import { Compartment, kMembersPerGrantMax, proposedStepName, ProposedStep, Role } from '../generated/rules.ts';
import { compare, toHex } from '../core/crypto/bytes.ts';
import type { ProposedReader } from '../core/event.ts';
import { goodKey, isGone, type Directory, type Person } from '../core/protocol/directory.ts';
import type { Day } from '../core/protocol/ids.ts';

export interface ProposalDraft {
  readonly step: string; // empty: in own words
  readonly readers: ReadonlyMap<string, readonly Compartment[]>; // by member id in hexadecimal
  readonly until: string; // as a date field gives it; empty: until revoked
  readonly lead: string; // whoever would lead the case, among the readers; empty: nobody
}

export const kNoDraft: ProposalDraft = { step: '', readers: new Map(), until: '', lead: '' };

// As the desk keeps it beside the texts: over a lock, and another case meanwhile.
export function text_of({ step, readers, until, lead }: ProposalDraft): string {
  return step === '' && readers.size === 0 && until === '' ? '' : JSON.stringify([step, [...readers], until, lead]);
}
export function draft_of(text: string): ProposalDraft {
  if (text === '') return kNoDraft;
  const [step, readers, until, lead] = JSON.parse(text) as [string, [string, Compartment[]][], string, string];
  return { step, readers: new Map(readers), until, lead };
}

// What may be shared by a proposal: everything but notes and sheets.
export const kShared = [
  Compartment.story,
  Compartment.people,
  Compartment.identity,
  Compartment.talk,
  Compartment.summary,
] as const;

// The steps every organisation knows, and those it has words for.
export function steps_of(directory: Directory): readonly string[] {
  const common = Object.values(ProposedStep).map((step) => proposedStepName(step));
  const own = directory.content.texts
    .filter(({ key }) => key.startsWith('step_'))
    .map(({ key }) => key.slice('step_'.length))
    .filter(goodKey);
  return [...new Set([...common, ...own])];
}

export interface Committee {
  readonly unit: string;
  readonly members: readonly Person[];
}

export function committees_of(directory: Directory, today: Day): readonly Committee[] {
  const sits = ({ role }: Person): boolean => role === Role.triage || role === Role.triage_chair;
  return directory.content.units
    .map(({ id, name }) => ({
      unit: name,
      members: directory.content.people.filter((one) => one.unitId === id && sits(one) && !isGone(one, today)),
    }))
    .filter(({ members }) => members.length > 0);
}

export const others_of = (directory: Directory, today: Day, me: string): readonly Person[] =>
  directory.content.people.filter((one) => !isGone(one, today) && toHex(one.memberId) !== me);

// As a date field gives it: empty is none, and what is no day is not a number.
export const day_of = (date: string): Day => (date === '' ? 0 : Math.floor(Date.parse(`${date}T00:00:00Z`) / 86_400_000));

// Chosen when they were here, and not here any more: no list shows them, and so nobody may be asked to let them in.
export function gone_of({ readers }: ProposalDraft, directory: Directory, today: Day): readonly string[] {
  const here = new Set(directory.content.people.filter((one) => !isGone(one, today)).map((one) => toHex(one.memberId)));
  return [...readers.keys()].filter((id) => !here.has(id));
}
export const without = (draft: ProposalDraft, gone: readonly string[]): ProposalDraft => ({
  ...draft,
  readers: new Map([...draft.readers].filter(([id]) => !gone.includes(id))),
  lead: gone.includes(draft.lead) ? '' : draft.lead,
});

export type DraftProblem = 'step' | 'nothing' | 'too many' | 'gone' | 'unread' | 'until' | 'summary';

// A step that the organisation has no words for has none for the reporter: then the adviser's own must say it.
export function problem_of(draft: ProposalDraft, text: string, summary: string, directory: Directory, today: Day): DraftProblem | null {
  if (draft.step !== '' && !steps_of(directory).includes(draft.step)) return 'step';
  const named = draft.step !== '' && directory.text(`step_${draft.step}`, '') !== '';
  if (!named && text.trim() === '') return 'nothing';
  if (draft.readers.size > kMembersPerGrantMax) return 'too many';
  if (gone_of(draft, directory, today).length > 0) return 'gone';
  const until = day_of(draft.until);
  if (Number.isNaN(until)) return 'unread';
  if (until !== 0 && until < today) return 'until';
  const reads_summary = [...draft.readers.values()].some((parts) => parts.includes(Compartment.summary));
  return reads_summary && summary.trim() === '' ? 'summary' : null;
}

export function readers_of({ readers, until, lead }: ProposalDraft, directory: Directory): readonly ProposedReader[] {
  return directory.content.people
    .filter((one) => (readers.get(toHex(one.memberId))?.length ?? 0) > 0)
    .map(({ memberId }) => ({
      memberId,
      compartments: [...readers.get(toHex(memberId))!].sort((a, b) => a - b),
      lastDay: day_of(until),
      ...(toHex(memberId) === lead && { lead: true }),
    }))
    .sort((a, b) => compare(a.memberId, b.memberId));
}
