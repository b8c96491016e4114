// What must be so before a case closes, as the fold sees it: the twin of tests/clients/core/case_state/triage_test.cpp.
import { expect, test } from 'vitest';

import { foldSteps, type Folded } from '../../core/case_state/fold.ts';
import { mayClose, mayJudge, mayTake, missingToClose } from '../../core/case_state/may.ts';
import type { Holding, Step } from '../../core/case_state/steps.ts';
import { Digest } from '../../core/crypto/hash.ts';
import type { Event } from '../../core/event.ts';
import type { Terms } from '../../core/protocol/directory.ts';
import { MemberId } from '../../core/protocol/ids.ts';
import {
  bit,
  CaseKind,
  CaseState,
  Choice,
  Compartment,
  EntryKind,
  EventKind,
  kAcknowledgeDays,
  kFeedbackMonths,
  kFurtherDays,
  kRetentionDays,
  kSilenceDays,
  Need,
  Role,
  Ruling,
  StepRole,
} from '../../generated/rules.ts';

const kDay = 20_000;
const kTerms: Terms = {
  acknowledgeDays: kAcknowledgeDays,
  feedbackMonths: kFeedbackMonths,
  retentionDays: kRetentionDays,
  silenceDays: kSilenceDays,
  furtherDays: kFurtherDays,
};

interface Who {
  readonly role: StepRole;
  readonly number: number;
  readonly office?: Role;
  readonly leftDay?: number;
}
const kReporter: Who = { role: StepRole.owner, number: 0 };
const kLead: Who = { role: StepRole.holder, number: 2, office: Role.adviser };
const kCommittee: Who = { role: StepRole.reader, number: 3, office: Role.triage };
const kChair: Who = { role: StepRole.reader, number: 5, office: Role.triage_chair };
const kCoordinator: Who = { role: StepRole.reader, number: 6, office: Role.coordinator };

const idOf = (number: number): MemberId => MemberId.from(new Uint8Array(16).fill(number))!;
const hashOf = (seq: number): Digest => Digest.from(new Uint8Array(32).fill(seq))!;
const kBeside: readonly string[] = ['assessment', 'triage'];

class Log {
  private readonly steps: Step[] = [];
  private day = kDay;

  constructor(caseKind: CaseKind = CaseKind.report) {
    this.access([kLead, kCommittee], EntryKind.open);
    this.by(kReporter, { kind: 'opening', caseKind, wants: [], lead: 1, language: '' });
  }
  by({ role, number, office }: Who, event: Event): this {
    const compartment = kBeside.includes(event.kind) ? Compartment.summary : Compartment.talk;
    const author = number === 0 ? undefined : idOf(number);
    this.steps.push({ ...this.place(), entry: EntryKind.event, role, author, office, compartment, event });
    return this;
  }
  access(people: readonly Who[], entry: EntryKind = EntryKind.grant): this {
    const holdings: Holding[] = people.map(({ number, office, leftDay }) => ({
      memberId: idOf(number),
      compartments: bit(Compartment.summary),
      lastDay: 0,
      office,
      leftDay,
    }));
    this.steps.push({ ...this.place(), entry, role: StepRole.owner, author: undefined, holdings });
    return this;
  }
  later(days: number): this {
    this.day += days;
    return this;
  }
  get last(): number {
    return this.steps.length - 1;
  }
  get state(): Folded {
    return foldSteps(this.steps, kTerms);
  }
  // As it is read under other terms; `earlier`: all of it was made under another directory.
  under(terms: Terms, earlier: boolean): Folded {
    return foldSteps(this.steps.map((step) => ({ ...step, earlier })), terms);
  }
  closes(): boolean {
    return this.by(kLead, { kind: 'outcome', text: 'what', reason: 'why' }).state.state === CaseState.closed;
  }
  private place() {
    const seq = this.steps.length;
    return { seq, day: this.day, hash: hashOf(seq) };
  }
}

const asks = (step: string, sensitive = false): Event => ({ kind: 'proposal', step, text: 'x', readers: [], summary: '', sensitive });
const answer = (proposalSeq: number, choice: Choice): Event => ({
  kind: 'decision',
  proposalSeq,
  proposalHash: hashOf(proposalSeq),
  choice,
  text: 'only then',
});
const kDecision: Event = { kind: 'triage', ruling: Ruling.conversation, text: 'a talk', reason: 'it can be mended' };
const kStay: Event = { kind: 'stay', ended: false, text: '' };
const said = (kind: 'assessment' | 'sensitive' | 'consultation'): Event => ({ kind, text: 'x' });
const alarmed = ({ alarms }: Folded): number[] => alarms.map(({ seq }) => seq);

test('a report does not close without a decision or the wish to stay', () => {
  for (const kind of [CaseKind.report, CaseKind.witness]) {
    const log = new Log(kind);
    expect(missingToClose(log.state, kDay)).toEqual([Need.triaged]);
    expect(mayClose(log.state, kDay)).toBe(false);
    expect(log.closes()).toBe(false);
    expect(alarmed(log.state)).toEqual([log.last]);
  }
  for (const kind of [CaseKind.advice, CaseKind.signal]) expect(new Log(kind).closes()).toBe(true);
});

test('the chair’s decision lets it close; nobody else decides while one is in', () => {
  const log = new Log().access([kLead, kCommittee, kChair]);
  for (const who of [kCommittee, kLead, kReporter, kCoordinator]) log.by(who, kDecision);
  expect(alarmed(log.state)).toHaveLength(4);
  expect(mayClose(log.state, kDay)).toBe(false);
  log.by(kCommittee, said('assessment')).by(kChair, kDecision);
  expect(log.state.triage.assessments).toHaveLength(1);
  expect(log.state.triage.decision?.ruling).toBe(Ruling.conversation);
  expect(log.closes()).toBe(true);
});

test('a member decides where the chair left the organisation', () => {
  const log = new Log().access([kLead, kCommittee, { ...kChair, leftDay: kDay + 1 }]).by(kCommittee, kDecision);
  expect(alarmed(log.state)).toEqual([log.last]); // the day before
  expect(log.later(1).by(kCommittee, kDecision).state.triage.decided).toBe(true);
});

test('a later directory with a longer term undoes no advice that silence made needless', () => {
  const log = new Log(CaseKind.advice).by(kLead, said('sensitive')).by(kLead, asks('coordinator')).later(kSilenceDays);
  log.by(kLead, { kind: 'outcome', text: 'what', reason: 'why' });
  const longer = { ...kTerms, silenceDays: kSilenceDays + 30 };
  expect(alarmed(log.under(longer, false))).toEqual([log.last]);
  const later = log.under(longer, true);
  expect([later.state, alarmed(later)]).toEqual([CaseState.closed, []]);
});

test('a member decides where no chair is in, and nobody but the committee assesses', () => {
  const log = new Log().by(kCommittee, kDecision);
  expect(log.state.triage.decided).toBe(true);
  for (const who of [kLead, kReporter, kCoordinator]) log.by(who, said('assessment'));
  expect(alarmed(log.state)).toHaveLength(3);
});

test('the wish to stay is the reporter’s, can be taken back, and is said by a plain yes', () => {
  const log = new Log().by(kLead, kStay);
  expect(alarmed(log.state)).toEqual([log.last]);
  expect(mayClose(log.by(kReporter, kStay).state, kDay)).toBe(true);
  expect(mayClose(log.by(kReporter, { kind: 'stay', ended: true, text: '' }).state, kDay)).toBe(false);
  for (const choice of Object.values(Choice)) {
    const asked = new Log().by(kLead, asks('stay'));
    expect(asked.by(kReporter, answer(asked.last, choice)).state.triage.decided).toBe(choice === Choice.yes);
  }
});

test('a sensitive case waits for the coordinator, and for nobody else', () => {
  const log = new Log(CaseKind.advice).by(kLead, said('sensitive'));
  expect(missingToClose(log.state, kDay)).toEqual([Need.consulted]);
  for (const who of [kLead, kReporter, kCommittee, kChair]) log.by(who, said('consultation'));
  expect(mayClose(log.state, kDay)).toBe(false);
  expect(mayClose(log.by(kCoordinator, said('consultation')).state, kDay)).toBe(true);
  expect(mayClose(log.by(kLead, said('sensitive')).state, kDay), 'another reason').toBe(false);
});

test('a yes to a sensitive step needs advice since it was proposed', () => {
  const log = new Log(CaseKind.advice).by(kLead, asks('investigation', true));
  const proposed = log.last;
  expect(mayClose(log.by(kReporter, answer(proposed, Choice.yes)).state, kDay)).toBe(false);
  const first = new Log(CaseKind.advice).by(kLead, asks('investigation', true));
  const seq = first.last;
  first.by(kCoordinator, said('consultation')).by(kReporter, answer(seq, Choice.yes));
  expect(mayClose(first.state, kDay)).toBe(true);
});

test('the reporter’s no to asking the coordinator is enough, and so is their silence', () => {
  const refused = new Log(CaseKind.advice).by(kLead, said('sensitive')).by(kLead, asks('coordinator'));
  expect(mayClose(refused.by(kReporter, answer(refused.last, Choice.no)).state, kDay)).toBe(true);
  const silent = new Log(CaseKind.advice).by(kLead, said('sensitive')).by(kLead, asks('coordinator'));
  expect(silent.state.triage.consultedDay).toBe(kDay + kSilenceDays);
  expect(mayClose(silent.state, kDay + kSilenceDays - 1)).toBe(false);
  expect(mayClose(silent.state, kDay + kSilenceDays)).toBe(true);
  expect(silent.later(kSilenceDays).closes()).toBe(true);
  const before = new Log(CaseKind.advice).by(kLead, asks('coordinator'));
  before.by(kReporter, answer(before.last, Choice.no)).by(kLead, said('sensitive'));
  expect(mayClose(before.state, kDay), 'an answer from before is none').toBe(false);
  const asked = new Log(CaseKind.advice).by(kLead, asks('coordinator'));
  const seq = asked.last;
  asked.by(kLead, said('sensitive')).by(kReporter, answer(seq, Choice.no));
  expect(mayClose(asked.state, kDay), 'nor is one to a question from before').toBe(false);
});

test('who may judge goes by office and by who is in', () => {
  const may = (event: EventKind, office: Role, chairIsIn: boolean): boolean =>
    mayJudge(new Log().state, event, StepRole.reader, office, chairIsIn);
  expect(may(EventKind.assessment, Role.triage, true)).toBe(true);
  expect(may(EventKind.assessment, Role.adviser, true)).toBe(false);
  expect(may(EventKind.triage, Role.triage_chair, true)).toBe(true);
  expect(may(EventKind.triage, Role.triage, true)).toBe(false);
  expect(may(EventKind.triage, Role.triage, false)).toBe(true);
  expect(may(EventKind.consultation, Role.coordinator, false)).toBe(true);
  expect(may(EventKind.consultation, Role.triage_chair, false)).toBe(false);
});

// After a lost key file, or let in to the talk from now on: how it began can't be read, and there is an answer to give
// all the same.
test('whoever reads from now on may answer, and may not close', () => {
  const place = (seq: number) => ({ seq, day: kDay, hash: hashOf(seq), author: undefined });
  const unread = { entry: EntryKind.event, role: StepRole.owner, compartment: Compartment.talk };
  const steps: Step[] = [
    { ...place(0), entry: EntryKind.open, role: StepRole.owner, holdings: [] },
    { ...place(1), ...unread, event: undefined },
    { ...place(2), ...unread, role: StepRole.holder, author: idOf(2), event: { kind: 'message', text: 'from now on' } },
  ];
  const state = foldSteps(steps, kTerms);
  expect(state.kind).toBeUndefined();
  for (const event of [EventKind.message, EventKind.proposal, EventKind.unconsented])
    expect(mayTake(state, event, StepRole.member), String(event)).toBe(true);
  expect(mayTake(state, EventKind.message, StepRole.reader), 'has no talk').toBe(false);
  expect(mayClose(state, kDay)).toBe(false);
  const over = foldSteps([...steps, { ...place(3), entry: EntryKind.withdraw, role: StepRole.owner }], kTerms);
  expect(mayTake(over, EventKind.message, StepRole.member)).toBe(false);
});
