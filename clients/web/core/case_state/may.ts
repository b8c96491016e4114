// What may be done next, asked before it is sent: so that the person hears it first.

import { bit, CaseKind, CaseState, EntryKind, EventKind, Need, Role, StepRole } from '../../generated/rules.ts';
import { equal } from '../crypto/bytes.ts';
import type { Day, MemberId } from '../protocol/ids.ts';
import type { Folded } from './fold.ts';
import { stands, type ProposalRecord } from './proposals.ts';
import { kEveryNeed, land } from './table.ts';

function lands({ kind, state }: Folded, event: EventKind, role: StepRole, needs: number, wanted?: CaseState): boolean {
  return (
    kind !== undefined && state !== undefined &&
    land({ entry: EntryKind.event, event, role, wanted }, bit(kind), bit(state), needs) !== 0
  );
}

// The same for whoever does not know all of where the case stands, as somebody who was let in to what comes from now
// on, or to the summary alone: in any kind it may be of, and any state it may be in. So it is for whatever nobody may
// be kept from by a text that does not open to them: the owner's answer, and the word that somebody read who the
// reporter is.
function mayLand({ kind, state }: Folded, event: EventKind, role: StepRole, needs: number): boolean {
  const every = (table: Readonly<Record<string, number>>): number =>
    Object.values(table).reduce((set, number) => set | bit(number), 0);
  const kinds = kind === undefined ? every(CaseKind) : bit(kind);
  const states = state === undefined ? every(CaseState) : bit(state);
  return land({ entry: EntryKind.event, event, role }, kinds, states, needs) !== 0;
}

// Any event that names no proposal and no state.
export const mayTake = (state: Folded, event: EventKind, role: StepRole): boolean => mayLand(state, event, role, 0);

// What a case still lacks before it may be closed today: need `triaged`, need `consulted`.
export function missingToClose(state: Folded, today: Day): Need[] {
  const { decided, consulted, consultedDay } = state.triage;
  const silent = consultedDay !== 0 && today >= consultedDay;
  const missing: Need[] = [];
  const closes = (needs: number): boolean => lands(state, EventKind.outcome, StepRole.member, needs);
  if (!decided && !closes(kEveryNeed & ~bit(Need.triaged))) missing.push(Need.triaged);
  if (!consulted && !silent) missing.push(Need.consulted);
  return missing;
}
// Whether a member may write an outcome today.
export const mayClose = (state: Folded, today: Day): boolean =>
  lands(state, EventKind.outcome, StepRole.member, kEveryNeed) && missingToClose(state, today).length === 0;

// Whether somebody of this office may write an assessment, a triage decision, a consultation. `chairIsIn`: the
// committee's chair is let in to this case.
export function mayJudge(state: Folded, event: EventKind, role: StepRole, office: Role, chairIsIn: boolean): boolean {
  const sits = office === Role.triage || office === Role.triage_chair;
  let met = 0;
  if (sits) met |= bit(Need.committee);
  if (office === Role.triage_chair || (sits && !chairIsIn)) met |= bit(Need.chair);
  if (office === Role.coordinator) met |= bit(Need.coordinator);
  return mayLand(state, event, role, met);
}

// Whether a member may set this state today: a pause waits for the term of silence.
export function maySet(state: Folded, wanted: CaseState, today: Day): boolean {
  const silent = state.mayPauseDay !== 0 && today >= state.mayPauseDay;
  return lands(state, EventKind.status, StepRole.member, silent ? bit(Need.silence) : 0, wanted);
}

// Whether a member who holds `identity` may say now that they opened it: none may who is not in the talk, where it
// would stand.
export const mayOpenIdentity = (state: Folded, role: StepRole): boolean =>
  mayLand(state, EventKind.identity_opened, role, bit(Need.identity_access));

export const findProposal = (state: Folded, seq: number): ProposalRecord | undefined =>
  state.proposals.find((record) => record.seq === seq);

// Whether the owner may answer it now: it stands open, or was put off.
export const mayAnswer = (state: Folded, record: ProposalRecord): boolean =>
  stands(record) && mayLand(state, EventKind.decision, StepRole.owner, bit(Need.open_proposal));

export const mayRetract = (state: Folded, record: ProposalRecord, author: MemberId): boolean =>
  stands(record) && equal(record.author, author) &&
  mayLand(state, EventKind.retraction, StepRole.member, bit(Need.own_proposal));
