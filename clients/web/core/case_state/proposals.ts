// Proposals and what became of them: nothing happens until the reporter answers.

import { bit, Choice } from '../../generated/rules.ts';
import { equal } from '../crypto/bytes.ts';
import type { Digest } from '../crypto/hash.ts';
import type { Decision, Proposal, Retraction, Summary } from '../event.ts';
import type { Day, MemberId } from '../protocol/ids.ts';
import { heldBy, type Holding, type Step } from './steps.ts';

export type ProposalStanding =
  | 'open' // waits for the reporter
  | 'put_off' // "not now": may be answered again
  | 'answered' // yes, yes-if or no
  | 'retracted' // taken back by the member
  | 'lapsed'; // the case was closed or withdrawn before an answer

export interface DecisionRecord {
  readonly seq: number;
  readonly day: Day;
  readonly choice: Choice;
  readonly text: string;
  // Everybody named was let in to what was named, at the decision or later; later taken back stays true. Always, for
  // an answer that is no yes.
  readonly carriedOut: boolean;
}

export interface ProposalRecord {
  readonly seq: number;
  readonly hash: Digest;
  readonly author: MemberId;
  readonly sinceDay: Day;
  readonly proposal: Proposal;
  readonly standing: ProposalStanding;
  readonly decision: DecisionRecord | undefined; // the last one
}

export const isYes = (choice: Choice): boolean => choice === Choice.yes || choice === Choice.yes_if;

// Not answered for good, and not gone.
export const stands = ({ standing }: ProposalRecord): boolean => standing === 'open' || standing === 'put_off';

function allLetIn({ readers }: Proposal, holdings: readonly Holding[], day: Day): boolean {
  return readers.every(({ memberId, compartments }) => {
    const held = heldBy(holdings, memberId, day);
    return compartments.every((compartment) => (held & bit(compartment)) !== 0);
  });
}

export class Proposals {
  private kept: ProposalRecord[] = []; // in the order they were made

  get records(): readonly ProposalRecord[] {
    return this.kept;
  }

  propose({ seq, hash, author, day }: Step, proposal: Proposal): void {
    this.kept.push({ seq, hash, author: author!, sinceDay: day, proposal, standing: 'open', decision: undefined });
  }

  // Needs open_proposal, own_proposal, known_proposal of the table.
  isOpen({ proposalSeq, proposalHash }: Decision): boolean {
    const record = this.find(proposalSeq);
    return record !== undefined && stands(record) && equal(record.hash, proposalHash);
  }
  isOwn({ proposalSeq }: Retraction, author: MemberId | undefined): boolean {
    const record = this.find(proposalSeq);
    return record !== undefined && author !== undefined && stands(record) && equal(record.author, author);
  }
  isKnown({ proposalSeq }: Summary): boolean {
    return proposalSeq === 0 || this.find(proposalSeq) !== undefined;
  }

  // As the table let it; nothing when the proposal stood where this keyholder can't read.
  decide({ seq, day }: Step, decision: Decision, holdings: readonly Holding[]): void {
    if (!this.isOpen(decision)) return;
    const { proposalSeq, choice, text } = decision;
    this.change(proposalSeq, {
      standing: choice === Choice.not_now ? 'put_off' : 'answered',
      decision: { seq, day, choice, text, carriedOut: !isYes(choice) },
    });
    this.takeAccess(holdings, day);
  }
  retract({ author }: Step, retraction: Retraction): void {
    if (this.isOwn(retraction, author)) this.change(retraction.proposalSeq, { standing: 'retracted' });
  }
  // Closed or withdrawn: what was not answered is not asked any more.
  lapse(): void {
    this.kept = this.kept.map((record) => (stands(record) ? { ...record, standing: 'lapsed' } : record));
  }
  // Somebody was let in or out: may carry out a decision.
  takeAccess(holdings: readonly Holding[], day: Day): void {
    for (const { seq, decision, proposal } of this.kept)
      if (decision?.carriedOut === false && allLetIn(proposal, holdings, day))
        this.change(seq, { decision: { ...decision, carriedOut: true } });
  }

  get oldestOpenDay(): Day | undefined {
    return this.kept.find(({ standing }) => standing === 'open')?.sinceDay;
  }

  // Nothing when there is none under this number.
  find(seq: number): ProposalRecord | undefined {
    return this.kept.find((record) => record.seq === seq);
  }
  private change(seq: number, change: Partial<ProposalRecord>): void {
    const at = this.kept.findIndex((record) => record.seq === seq);
    this.kept[at] = { ...this.kept[at]!, ...change };
  }
}
