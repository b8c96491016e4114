// What must be so before a case closes: a decision of the triage committee, or the reporter's wish to stay with the
// adviser; and the coordinator's advice where a case is sensitive.

import { Choice, proposedStepName, ProposedStep, type Ruling } from '../../generated/rules.ts';
import type { Assessment, Consultation, Decision, Proposal, Sensitive, Stay, TriageDecision } from '../event.ts';
import type { Day, MemberId } from '../protocol/ids.ts';
import { isYes, stands, type ProposalRecord } from './proposals.ts';
import type { Step } from './steps.ts';

// Somebody said something, on a day.
export interface SaidRecord {
  readonly seq: number;
  readonly day: Day;
  readonly author: MemberId | undefined; // nothing for the owner
  readonly text: string;
}

export interface RulingRecord extends SaidRecord {
  readonly ruling: Ruling;
  readonly reason: string;
}

export interface TriageState {
  readonly assessments: readonly SaidRecord[];
  readonly decision: RulingRecord | undefined; // the last one
  readonly stay: SaidRecord | undefined; // the wish to stay, while it stands; text may be empty
  // Why it is sensitive; text is empty where a yes to a sensitive step made it so.
  readonly sensitive: readonly SaidRecord[];
  readonly consultations: readonly SaidRecord[];
  readonly decided: boolean; // need `triaged`
  readonly consulted: boolean; // need `consulted`, by an answer or advice
  // Where it is not: from this day on the reporter's silence about asking the coordinator counts as a no; 0: nothing
  // was asked.
  readonly consultedDay: Day;
}

const isStep = ({ step }: Proposal, wanted: ProposedStep): boolean => step === proposedStepName(wanted);

export class Triage {
  private readonly assessments: SaidRecord[] = [];
  private decision: RulingRecord | undefined;
  private stay: SaidRecord | undefined;
  private readonly sensitive: SaidRecord[] = [];
  private readonly consultations: SaidRecord[] = [];
  private sensitiveSeq = 0; // the last mark; 0: not sensitive
  private settledSeq = 0; // the last advice, or the reporter's no

  assess({ seq, day, author }: Step, { text }: Assessment): void {
    this.assessments.push({ seq, day, author, text });
  }
  rule({ seq, day, author }: Step, { ruling, text, reason }: TriageDecision): void {
    this.decision = { seq, day, author, ruling, text, reason };
  }
  wish({ seq, day }: Step, { ended, text }: Stay): void {
    this.stay = ended ? undefined : { seq, day, author: undefined, text };
  }
  mark({ seq, day, author }: Step, { text }: Sensitive): void {
    this.sensitive.push({ seq, day, author, text });
    this.sensitiveSeq = Math.max(this.sensitiveSeq, seq);
  }
  advise({ seq, day, author }: Step, { text }: Consultation): void {
    this.consultations.push({ seq, day, author, text });
    this.settledSeq = seq;
  }
  // An answer that may be the wish to stay, a yes to a sensitive step, a no to asking the coordinator. A sensitive step
  // makes the case so from its proposal on: advice that came before the yes counts.
  takeAnswer({ seq, day }: Step, { choice, text }: Decision, record: ProposalRecord): void {
    const { proposal } = record;
    if (isStep(proposal, ProposedStep.stay) && choice === Choice.yes) this.stay = { seq, day, author: undefined, text };
    const asked = isStep(proposal, ProposedStep.coordinator) && record.seq > this.sensitiveSeq;
    if (asked && choice === Choice.no) this.settledSeq = seq;
    if (proposal.sensitive === true && isYes(choice)) {
      this.sensitive.push({ seq: record.seq, day, author: record.author, text: '' });
      this.sensitiveSeq = Math.max(this.sensitiveSeq, record.seq);
    }
  }

  get decided(): boolean {
    return this.decision !== undefined || this.stay !== undefined;
  }
  // Since it became sensitive the coordinator advised, or the reporter would not have it.
  get consulted(): boolean {
    return this.settledSeq >= this.sensitiveSeq;
  }
  // The question whether the coordinator may be asked, since it became sensitive: from when on it stands unanswered.
  // Nothing when none stands.
  askedDay(records: readonly ProposalRecord[]): Day | undefined {
    return records.find(
      (record) =>
        record.seq > this.sensitiveSeq && isStep(record.proposal, ProposedStep.coordinator) && stands(record),
    )?.sinceDay;
  }

  state(consulted: boolean, consultedDay: Day): TriageState {
    const { assessments, decision, stay, sensitive, consultations, decided } = this;
    return { assessments, decision, stay, sensitive, consultations, decided, consulted, consultedDay };
  }
}
