// A case as plain data, in the shape the command line prints (`omzien case show --json`): what a reporter takes along,
// and what tests compare between the languages.

import { caseKindName, caseStateName, compartmentName, entryKindName, leadName, Milestone, milestoneName, wantName } from '../generated/rules.ts';
import { toHex } from './crypto/bytes.ts';
import { shownName } from './attached_files.ts';
import type { OpenedCase, OpenedEntry } from './case_log.ts';
import type { AccessRow, CaseState } from './case_state.ts';
import { kindName, type Event } from './event.ts';
import { handleWords, headWords } from './names.ts';
import { isoDate, type Clock } from './protocol/calendar.ts';
import type { Day } from './protocol/ids.ts';

const dayOrNull = (day: Day): string | null => (day === 0 ? null : isoDate(day));

export function renderCase(opened: OpenedCase, state: CaseState): Record<string, unknown> {
  const { handle, headHash } = opened.chain;
  return {
    handle: toHex(handle),
    handle_words: handleWords(handle),
    kind: state.kind === undefined ? null : caseKindName(state.kind),
    state: caseStateName(state.state),
    day_opened: isoDate(state.dayOpened),
    urgent: state.urgent,
    waiting_for: state.waitingFor,
    entries: opened.entries.map(entryRow),
    open_questions: [],
    access: state.access.map(accessRow),
    clocks: {
      acknowledge: clockRow(state.clocks.acknowledge, state.clocked),
      feedback: clockRow(state.clocks.feedback, state.clocked),
    },
    alarms: state.alarms.map(({ seq, kind, text }) => ({ seq, kind, text })),
    head_words: headWords(headHash),
  };
}

function entryRow({ entry: { header }, counts, event, author }: OpenedEntry): Record<string, unknown> {
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
    ...(event && { event: kindName(event), ...eventRow(event) }),
  };
}

function eventRow(event: Event): Record<string, unknown> {
  switch (event.kind) {
    case 'opening':
      return { case_kind: caseKindName(event.caseKind), lead: leadName(event.lead), wants: event.wants.map(wantName) };
    case 'report':
    case 'message':
      return { text: event.text };
    case 'status':
      return { state: caseStateName(event.state), text: event.text };
    case 'outcome':
      return { text: event.text, reason: event.reason };
    case 'attachment':
      return { files: event.files.map((file) => ({ name: shownName(file), media_type: file.mediaType, size: file.size })) };
    case 'unknown':
      return {};
  }
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
