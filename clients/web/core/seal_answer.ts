// The owner's answer to a proposal, made into entries: a yes that involves people is carried out in the append that
// says it, or not at all.

import { Compartment } from '../generated/rules.ts';
import type { OpenedCase } from './case_log.ts';
import { findProposal, fold, isYes, mayAnswer } from './case_state.ts';
import { equal } from './crypto/bytes.ts';
import { fail, type Result } from './errors.ts';
import { bad, good, type Expected } from './expected.ts';
import type { Decision, ProposedReader } from './event.ts';
import type { Addition } from './lead/addition.ts';
import { keysToGive } from './lead/moves.ts';
import { startShutOut } from './lead/owners_epochs.ts';
import type { Directory } from './protocol/directory.ts';
import type { Day } from './protocol/ids.ts';
import { sealGrant, type Grantee } from './seal.ts';

export interface Answer {
  readonly decision: Decision;
  readonly summary: string; // as approved; empty: none, and only with a yes
}

// Why a proposal is not answered so.
export type AnswerProblem =
  | 'no proposal' // none under this number, or another one than was answered
  | 'not open' // answered, taken back or lapsed
  | 'day passed' // the last day that it names
  | 'sensitive' // the directory says so, and its author left it out
  | 'summary without yes';

// Whom this answer lets in: nobody unless it is a yes; and nobody who already holds all that is named.
export function newcomersOf(
  opened: OpenedCase,
  directory: Directory,
  { decision, summary }: Answer,
  today: Day,
): Expected<readonly ProposedReader[], AnswerProblem> {
  const state = fold(opened, directory);
  const record = findProposal(state, decision.proposalSeq);
  if (record === undefined || !equal(record.hash, decision.proposalHash)) return bad('no proposal');
  if (!mayAnswer(state, record)) return bad('not open');
  if (!isYes(decision.choice)) return summary === '' ? good([]) : bad('summary without yes');
  const { readers, step, sensitive } = record.proposal;
  // Asked at the answer and not in the fold, so that a later directory changes no old verdict.
  if (directory.sensitive(step) && sensitive !== true) return bad('sensitive');
  if (readers.some(({ lastDay }) => lastDay !== 0 && lastDay < today)) return bad('day passed');
  const holder = opened.access.holder(today);
  const leads = ({ memberId }: ProposedReader): boolean => holder !== undefined && equal(holder, memberId);
  return good(readers.filter((reader) => !holdsAll(opened, reader, today) || (reader.lead === true && !leads(reader))));
}

function holdsAll({ access }: OpenedCase, { memberId, compartments }: ProposedReader, today: Day): boolean {
  return compartments.every((compartment) => {
    const newest = access.newestEpoch(compartment);
    return newest !== undefined && access.mayRead(memberId, compartment, newest.number, today);
  });
}

// Up to three entries, in this order: the summary as approved, one grant to all newcomers, the decision. Compartments
// are given with every epoch the owner holds of them: what is named is read whole.
export async function sealAnswer(addition: Addition, answer: Answer): Promise<Result<void>> {
  const { author, certificates, directory, opened, place, random, work } = addition;
  const newcomers = newcomersOf(opened, directory, answer, place.day);
  if (!newcomers.ok) return fail('refused', 'not answered', `it can't be answered so: ${newcomers.error}`, newcomers.error);
  const theirs = await certificates(newcomers.value.map(({ memberId }) => memberId));
  if (!theirs.ok) return theirs;
  const begun = await startShutOut(addition, newcomers.value.flatMap(({ compartments }) => compartments));
  if (!begun.ok) return begun;
  const grantees: Grantee[] = [];
  for (const [i, { compartments, lastDay, lead = false }] of newcomers.value.entries()) {
    const keys = keysToGive(addition, compartments);
    if (!keys.ok) return keys;
    grantees.push({ certificate: theirs.value[i]!, keys: keys.value, holder: lead, lastDay });
  }
  const { decision, summary } = answer;
  if (summary !== '') {
    const { proposalSeq } = decision;
    const told = await addition.tell(Compartment.summary, { kind: 'summary', text: summary, proposalSeq });
    if (!told.ok) return told;
  }
  if (grantees.length > 0) {
    const given = addition.take(await sealGrant(author, place, grantees, undefined, addition.keys, random, work));
    if (!given.ok) return given;
  }
  return addition.tell(Compartment.talk, decision);
}
