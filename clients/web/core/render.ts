// A case as plain data, in the shape the command line prints (`omzien case show --json`): what a reporter takes along,
// and what tests compare between the languages.

import {
  caseKindName,
  caseStateName,
  causeName,
  choiceName,
  compartmentName,
  entryKindName,
  leadName,
  Milestone,
  milestoneName,
  rulingName,
  wantName,
} from '../generated/rules.ts';
import { shownName } from './attached_files.ts';
import { toHex } from './crypto/bytes.ts';
import type { OpenedCase, OpenedEntry } from './case_log.ts';
import type { AccessRow, CaseState, DecisionRecord, ProposalRecord } from './case_state.ts';
import { kindName, type Event, type ProposedReader } from './event.ts';
import { handleWords, headWords } from './names.ts';
import { isoDate, type Clock } from './protocol/calendar.ts';
import type { Day, MemberId } from './protocol/ids.ts';

const dayOrNull = (day: Day): string | null => (day === 0 ? null : isoDate(day));

export function renderCase(opened: OpenedCase, state: CaseState): Record<string, unknown> {
  const { handle, headHash } = opened.chain;
  return {
    handle: toHex(handle),
    handle_words: handleWords(handle),
    kind: state.kind === undefined ? null : caseKindName(state.kind),
    state: state.state === undefined ? null : caseStateName(state.state),
    day_opened: isoDate(state.dayOpened),
    urgent: state.urgent,
    waiting_for: state.waitingFor,
    // What was done without consent first, what waits for an answer second.
    unconsented: state.unconsented.map(({ seq, day, author, cause, text }) => ({
      seq,
      day: isoDate(day),
      author: nameOf(author, state),
      cause: causeName(cause),
      text,
    })),
    open_questions: state.proposals.filter(({ standing }) => standing === 'open').map((one) => proposalRow(one, state)),
    proposals: state.proposals.map((record) => proposalRow(record, state)),
    identity_opened: state.identityOpened.map(({ seq, day, author }) => ({
      seq,
      day: isoDate(day),
      author: nameOf(author, state),
    })),
    entries: opened.entries.map((entry) => entryRow(entry, state)),
    access: state.access.map(accessRow),
    clocks: {
      acknowledge: clockRow(state.clocks.acknowledge, state.clocked),
      feedback: clockRow(state.clocks.feedback, state.clocked),
    },
    alarms: state.alarms.map(({ seq, kind, text }) => ({ seq, kind, text })),
    head_words: headWords(headHash),
  };
}

const nameOf = (member: MemberId, { names }: CaseState): string => names.get(toHex(member)) ?? 'unknown';

function entryRow(
  { entry: { header }, counts, event, author }: OpenedEntry,
  state: CaseState,
): Record<string, unknown> {
  const { fields } = header;
  return {
    seq: header.seq,
    kind: entryKindName(header.kind),
    event: null,
    author,
    day: isoDate(header.day),
    ...(!counts && { counts: false }),
    ...(fields.kind === 'event' && {
      compartment: compartmentName(fields.compartment),
      ...(fields.milestone !== Milestone.none && { milestone: milestoneName(fields.milestone) }),
      ...(fields.urgent && { urgent: true }),
    }),
    ...(event && { event: kindName(event), ...eventRow(event, state) }),
  };
}

function eventRow(event: Event, state: CaseState): Record<string, unknown> {
  switch (event.kind) {
    case 'opening':
      return { case_kind: caseKindName(event.caseKind), lead: leadName(event.lead), wants: event.wants.map(wantName) };
    case 'report': {
      const answers = event.answers.map(({ prompt, text }) => ({ prompt, text }));
      return { text: event.text, ...(answers.length > 0 && { answers }) };
    }
    case 'message':
    case 'note':
    case 'check_in':
    case 'assessment':
    case 'sensitive':
    case 'consultation':
      return { text: event.text };
    case 'triage':
      return { ruling: rulingName(event.ruling), text: event.text, reason: event.reason };
    case 'stay':
      return { ended: event.ended, text: event.text };
    case 'status':
      return { state: caseStateName(event.state), text: event.text };
    case 'outcome':
      return { text: event.text, reason: event.reason };
    case 'attachment':
      return { files: event.files.map((file) => ({ name: shownName(file), media_type: file.mediaType, size: file.size })) };
    case 'proposal': {
      const { step, text, readers, summary, sensitive } = event;
      const rows = readers.map((reader) => readerRow(reader, state));
      return { step, text, readers: rows, summary, ...(sensitive && { sensitive }) };
    }
    case 'decision':
      return { proposal_seq: event.proposalSeq, choice: choiceName(event.choice), text: event.text };
    case 'retraction':
      return { proposal_seq: event.proposalSeq };
    case 'summary':
      return { text: event.text, proposal_seq: event.proposalSeq };
    case 'unconsented':
      return { cause: causeName(event.cause), text: event.text };
    case 'identity_opened':
    case 'unknown':
      return {};
  }
}

function readerRow({ memberId, compartments, lastDay, lead }: ProposedReader, state: CaseState): Record<string, unknown> {
  return {
    member: toHex(memberId),
    name: nameOf(memberId, state),
    compartments: compartments.map(compartmentName),
    last_day: dayOrNull(lastDay),
    ...(lead && { lead }),
  };
}

function proposalRow(record: ProposalRecord, state: CaseState): Record<string, unknown> {
  const { seq, author, sinceDay, standing, decision, proposal } = record;
  return {
    seq,
    author: nameOf(author, state),
    since_day: isoDate(sinceDay),
    standing,
    decision: decision === undefined ? null : decisionRow(decision),
    event: kindName(proposal),
    ...eventRow(proposal, state),
  };
}

function decisionRow({ seq, day, choice, text, carriedOut }: DecisionRecord): Record<string, unknown> {
  return { seq, day: isoDate(day), choice: choiceName(choice), text, carried_out: carriedOut };
}

function accessRow({ memberId, name, compartments, sinceDay, dormant, holder }: AccessRow): Record<string, unknown> {
  return {
    member: toHex(memberId),
    name,
    compartments: compartments.map(compartmentName),
    since_day: isoDate(sinceDay),
    dormant,
    holder,
  };
}

function clockRow(clock: Clock, clocked: boolean): Record<string, unknown> {
  return clocked
    ? { due_day: isoDate(clock.dueDay), met_day: dayOrNull(clock.metDay) }
    : { due_day: null, met_day: null };
}
