// What the reporter said last: something urgent waits until it was answered, and a no counts until they say otherwise.
import { expect, test } from 'vitest';
import { CaseKind, Choice, Lead } from '../../generated/rules.ts';
import type { OpenedCase, OpenedEntry } from '../../core/case_log.ts';
import type { ProposalRecord } from '../../core/case_state/proposals.ts';
import { noSince, urgentWaits } from '../../core/desk/last_word.ts';
import type { Event } from '../../core/event.ts';
import { MemberId } from '../../core/protocol/ids.ts';
import { notes, talk } from '../lead/fixture.ts';
import { fixed } from '../support.ts';

const kWord: Event = { kind: 'message', text: 'x' };
const kOpening: Event = { kind: 'opening', caseKind: CaseKind.report, wants: [], lead: Lead.every_step, language: '' };
interface More {
  readonly urgent?: boolean;
  readonly counts?: boolean;
  readonly event?: Event | undefined;
  readonly compartment?: number;
}
function entry(owner: boolean, { urgent = false, counts = true, event, compartment = talk }: More = {}): OpenedEntry {
  const header = { fields: { kind: 'event', urgent, compartment } };
  return { entry: { header, byOwner: () => owner }, counts, event } as unknown as OpenedEntry;
}
const waits = (...entries: readonly OpenedEntry[]): boolean => urgentWaits({ entries } as Pick<OpenedCase, 'entries'>);
const theirs = (more?: More): OpenedEntry => entry(true, { event: kWord, ...more });
const ours = (more?: More): OpenedEntry => entry(false, { event: kWord, ...more });

test('an urgent word waits until a member answers it, and a later word that is not urgent does not wait so again', () => {
  const urgent = theirs({ urgent: true });
  expect(waits(theirs({ event: kOpening }), urgent)).toBe(true);
  expect(waits(urgent, theirs()), 'more of theirs takes nothing of it away').toBe(true);
  expect(waits(urgent, ours())).toBe(false);
  expect(waits(urgent, ours(), theirs())).toBe(false);
  expect(waits(urgent, ours(), urgent)).toBe(true);
});

test('what answers nobody leaves it waiting: notes, a rule that was broken, that the identity was opened', () => {
  const urgent = theirs({ urgent: true });
  expect(waits(urgent, ours({ event: { kind: 'note', text: 'x' }, compartment: notes }))).toBe(true);
  expect(waits(urgent, ours({ counts: false }))).toBe(true);
  expect(waits(urgent, ours({ event: { kind: 'identity_opened' } }))).toBe(true);
  expect(waits(urgent, ours({ event: undefined, compartment: notes }))).toBe(true);
  expect(waits(urgent, ours({ event: undefined })), 'words in the conversation that this person can’t read').toBe(false);
});

const [ilse, tarik] = [fixed(MemberId, '01'.repeat(16)), fixed(MemberId, '02'.repeat(16))];
function answered(seq: number, choice: Choice | undefined, ...members: readonly MemberId[]): ProposalRecord {
  const readers = members.map((memberId) => ({ memberId, compartments: [talk], lastDay: 0, lead: false }));
  const decision = choice === undefined ? undefined : { seq, day: 20_000, choice, text: '', carriedOut: true };
  return { proposal: { readers }, decision } as unknown as ProposalRecord;
}

test('a no or a not now counts until a yes or a delegation that came later', () => {
  const no = answered(9, Choice.no, ilse);
  const about = (proposals: readonly ProposalRecord[], since = 3): number | undefined => noSince({ proposals }, ilse, since)?.seq;
  expect(about([no])).toBe(9);
  expect(about([answered(9, Choice.not_now, tarik, ilse)])).toBe(9);
  expect(about([answered(9, Choice.no, tarik)]), 'about somebody else').toBeUndefined();
  expect(about([no], 9), 'they allowed it since').toBeUndefined();
  expect(about([no, answered(12, Choice.yes_if, ilse)])).toBeUndefined();
  expect(about([answered(12, Choice.yes, ilse), no]), 'by when it was answered, not asked').toBeUndefined();
  expect(about([answered(7, Choice.yes, ilse), no, answered(0, undefined, ilse)])).toBe(9);
});
