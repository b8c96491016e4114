// What may be done next, asked before it is sent: so that the person hears it first.

import { bit, CaseState, EntryKind, EventKind, Need, StepRole } from '../../generated/rules.ts';
import { equal } from '../crypto/bytes.ts';
import type { Day, MemberId } from '../protocol/ids.ts';
import type { Folded } from './fold.ts';
import { stands, type ProposalRecord } from './proposals.ts';
import { land } from './table.ts';

function lands({ kind, state }: Folded, event: EventKind, role: StepRole, needs: number, wanted?: CaseState): boolean {
  return (
    kind !== undefined && state !== undefined &&
    land({ entry: EntryKind.event, event, role, wanted }, bit(kind), bit(state), needs) !== 0
  );
}

// Any event that names no proposal and no state.
export const mayTake = (state: Folded, event: EventKind, role: StepRole): boolean => lands(state, event, role, 0);

// Whether a member may set this state today: a pause waits for the term of silence.
export function maySet(state: Folded, wanted: CaseState, today: Day): boolean {
  const silent = state.mayPauseDay !== 0 && today >= state.mayPauseDay;
  return lands(state, EventKind.status, StepRole.member, silent ? bit(Need.silence) : 0, wanted);
}

// Whether a member who holds `identity` may say now that they opened it.
export const mayOpenIdentity = (state: Folded): boolean =>
  lands(state, EventKind.identity_opened, StepRole.member, bit(Need.identity_access));

export const findProposal = (state: Folded, seq: number): ProposalRecord | undefined =>
  state.proposals.find((record) => record.seq === seq);

// Whether the owner may answer it now: it stands open, or was put off.
export const mayAnswer = (state: Folded, record: ProposalRecord): boolean =>
  stands(record) && lands(state, EventKind.decision, StepRole.owner, bit(Need.open_proposal));

export const mayRetract = (state: Folded, record: ProposalRecord, author: MemberId): boolean =>
  stands(record) && equal(record.author, author) &&
  lands(state, EventKind.retraction, StepRole.member, bit(Need.own_proposal));
