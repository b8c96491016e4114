// From an opened log to what people see: a pure function, written once per language, with shared vectors
// (tests/vectors/states.json). case_state/ holds its parts.

import { EntryKind } from '../generated/rules.ts';
import type { OpenedCase } from './case_log.ts';
import { accessRows, type AccessRow } from './case_state/access_rows.ts';
import { foldSteps, type Folded } from './case_state/fold.ts';
import { stepsOf } from './case_state/steps.ts';
import { toHex } from './crypto/bytes.ts';
import type { Clocks } from './protocol/calendar.ts';
import type { Directory } from './protocol/directory.ts';
import type { MemberId } from './protocol/ids.ts';

export type { AccessRow } from './case_state/access_rows.ts';
export type { IdentityRecord, UnconsentedRecord, WaitingFor } from './case_state/fold.ts';
export {
  findProposal,
  mayAnswer,
  mayClose,
  mayJudge,
  mayOpenIdentity,
  mayRetract,
  maySet,
  mayTake,
  missingToClose,
} from './case_state/may.ts';
export { kOver } from './case_state/table.ts';
export type { RulingRecord, SaidRecord, TriageState } from './case_state/triage.ts';
export { isYes, type DecisionRecord, type ProposalRecord, type ProposalStanding } from './case_state/proposals.ts';

export interface CaseState extends Folded {
  readonly clocks: Clocks; // as the gateway counts them, too
  readonly clocked: boolean;
  readonly access: readonly AccessRow[];
  readonly names: ReadonlyMap<string, string>; // by id in hexadecimal: everybody whom the case names
}

// With every event that the table of states forbids as one that does not count, and as an alarm of the log: nothing of
// it is shown as said. The last thing that is done to a log as it is opened.
export function judged(opened: OpenedCase, directory: Directory): OpenedCase {
  const broken = foldSteps(stepsOf(opened, directory), directory.content.terms).alarms.filter(
    ({ kind, seq }) => kind === 'rule_broken' && opened.entries[seq]!.entry.header.kind === EntryKind.event,
  );
  const entries = [...opened.entries];
  for (const { seq } of broken) entries[seq] = { ...entries[seq]!, counts: false };
  return { ...opened, entries, alarms: [...opened.alarms, ...broken] };
}

// Entries that do not count are skipped; an event this keyholder can't read changes only what its header shows.
export function fold(opened: OpenedCase, directory: Directory): CaseState {
  const { terms } = directory.content;
  const folded = foldSteps(stepsOf(opened, directory), terms);
  const access = accessRows(opened.access, directory);
  return {
    ...folded,
    alarms: [...opened.alarms, ...folded.alarms],
    clocks: opened.access.milestones.clocks(terms),
    clocked: !opened.access.opening.unclocked,
    access,
    names: namesIn(folded, access, directory),
  };
}

function namesIn(folded: Folded, access: readonly AccessRow[], directory: Directory): Map<string, string> {
  const { assessments, sensitive, consultations, decision } = folded.triage;
  const said = [...assessments, ...sensitive, ...consultations, ...(decision ? [decision] : [])];
  const members: MemberId[] = [
    ...said.map((record) => record.author!),
    ...access.map((row) => row.memberId),
    ...folded.unconsented.map((record) => record.author),
    ...folded.identityOpened.map((record) => record.author),
    ...folded.proposals.flatMap(({ author, proposal }) => [author, ...proposal.readers.map((reader) => reader.memberId)]),
  ];
  return new Map(members.map((member) => [toHex(member), directory.person(member)?.name ?? 'unknown']));
}
