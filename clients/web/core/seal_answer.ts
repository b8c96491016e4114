// The owner's answer to a proposal, made into entries: a yes that involves people is carried out in the append that says
// it, or not at all.

import { Compartment } from '../generated/rules.ts';
import type { OpenedCase } from './case_log.ts';
import { findProposal, fold, isYes, mayAnswer } from './case_state.ts';
import { equal } from './crypto/bytes.ts';
import type { Random } from './crypto/random.ts';
import { bad, good, type Expected } from './expected.ts';
import type { Decision, Event, ProposedReader } from './event.ts';
import type { Identity } from './identity.ts';
import type { Certificate } from './protocol/certificate.ts';
import type { Directory } from './protocol/directory.ts';
import type { CompartmentEpoch } from './protocol/entry.ts';
import type { Day } from './protocol/ids.ts';
import { sealEvent, sealGrant, type Grantee, type Place, type SealedEntry } from './seal.ts';
import { atOnce, type Work } from './turns.ts';

export interface Answer {
  readonly decision: Decision;
  readonly summary: string; // as approved; empty: none, and only with a yes
}

// Why a proposal is not answered so.
export type AnswerProblem =
  | 'no proposal' // none under this number, or another one than was answered
  | 'not open' // answered, taken back or lapsed
  | 'day passed' // the last day that it names
  | 'summary without yes'
  | 'not yours'; // a part that would be shared does not open

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
  const { readers } = record.proposal;
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

// Every epoch of these compartments that the owner holds, ascending as a grant lists them. Nothing when the newest of
// one is missing.
function keysFor({ access, keys }: OpenedCase, compartments: readonly Compartment[]): CompartmentEpoch[] | undefined {
  const found: CompartmentEpoch[] = [];
  for (const compartment of compartments) {
    const newest = access.newestEpoch(compartment)?.number ?? 0;
    if (keys.get(compartment, newest) === undefined) return undefined;
    for (let epoch = 1; epoch <= newest; ++epoch)
      if (keys.get(compartment, epoch) !== undefined) found.push({ compartment, epoch });
  }
  return found;
}

export interface AnswerWork {
  readonly owner: Identity;
  readonly place: Place;
  readonly opened: OpenedCase;
  readonly newcomers: readonly ProposedReader[];
  readonly certificates: readonly Certificate[]; // the newcomers', in the same order
  readonly random: Random;
  readonly work?: Work;
}

// Up to three entries, in this order: the summary as approved, one grant to all newcomers, the decision. Compartments
// are given with every epoch the owner holds of them: what is named is read whole.
export async function sealAnswer(
  { decision, summary }: Answer,
  { owner, place, opened, newcomers, certificates, random, work = atOnce }: AnswerWork,
): Promise<Expected<SealedEntry[], AnswerProblem>> {
  const grantees: Grantee[] = [];
  for (const [i, { compartments, lastDay, lead = false }] of newcomers.entries()) {
    const keys = keysFor(opened, compartments);
    if (keys === undefined) return bad('not yours');
    grantees.push({ certificate: certificates[i]!, keys, holder: lead, lastDay });
  }
  const entries: SealedEntry[] = [];
  const tell = async (compartment: Compartment, event: Event): Promise<boolean> => {
    const epoch = opened.access.newestEpoch(compartment)?.number ?? 0;
    const key = opened.keys.get(compartment, epoch);
    const { share } = opened;
    if (key === undefined || share === undefined) return false;
    entries.push(await work(() => sealEvent(owner, place, { compartment, epoch }, event, key, share, random)));
    return true;
  };
  const { proposalSeq } = decision;
  if (summary !== '' && !(await tell(Compartment.summary, { kind: 'summary', text: summary, proposalSeq })))
    return bad('not yours');
  if (grantees.length > 0)
    entries.push(await sealGrant(owner, place, grantees, undefined, opened.keys, random, work));
  return (await tell(Compartment.talk, decision)) ? good(entries) : bad('not yours');
}
