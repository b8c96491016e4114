// What happened in a case, entry by entry, as the timeline shows it.
import { filesOf, shownName, type FoundFile } from '../core/attached_files.ts';
import type { OpenedCase, OpenedEntry } from '../core/case_log.ts';
import type { Directory } from '../core/protocol/directory.ts';
import type { MemberId } from '../core/protocol/ids.ts';
import type { Event as EventFields } from '../core/protocol/kinds.ts';
import {
  caseKindName,
  caseStateName,
  choiceName,
  compartmentName,
  ReleaseCause,
  rulingName,
  wantName,
} from '../generated/rules.ts';
import type { Choice, Ruling } from './lead.ts';
import { is_renewal } from '../page/renewal.ts';
import type { CaseKind, CaseState, Compartment, EntryHead, RowContent, TimelineRow, Want } from './session.ts';

export function rows_of(opened: OpenedCase, directory: Directory, complaint: boolean): TimelineRow[] {
  const found = filesOf(opened).map((one) => (complaint ? { ...one, number: -one.number } : one));
  return opened.entries.map((_, at) => row_of(opened, at, directory, found)).filter((row) => row !== null);
}

export type Names = (id: MemberId) => string;
export const names_in = (directory: Directory): Names => (id) => directory.person(id)?.name ?? '?';

// What an entry says in public.
function entry_content(opened: OpenedCase, seq: number, directory: Directory): RowContent {
  const { fields } = opened.entries[seq]!.entry.header;
  const name = names_in(directory);
  switch (fields.kind) {
    case 'open':
      return { kind: 'open' };
    case 'grant':
      if (is_renewal(opened, seq, directory)) return { kind: 'renewed' };
      return { kind: 'grant', names: fields.members.map(({ memberId }) => name(memberId)), dormant: fields.dormant };
    case 'revoke':
      return { kind: 'revoke', names: fields.memberIds.map(name) };
    case 'delegate':
      return { kind: 'delegate', name: name(fields.delegateId), names: fields.people.map(name), ended: fields.ended };
    case 'release':
      return { kind: 'release', name: name(fields.memberId), own: fields.cause !== ReleaseCause.deadline };
    case 'purge':
      return { kind: 'purged', days: fields.days };
    default:
      return { kind: 'unknown' };
  }
}

function event_content(
  { entry, event }: OpenedEntry,
  fields: EventFields,
  step_of: (seq: number) => string,
  found: readonly FoundFile[],
): RowContent | null {
  switch (event?.kind) {
    case undefined:
      return null; // not the reporter's to read, or an alarm says what is wrong with it
    case 'opening':
      return {
        kind: 'opening',
        case_kind: caseKindName(event.caseKind) as CaseKind,
        wants: event.wants.map((want) => wantName(want) as Want),
      };
    case 'report': {
      const answers = event.answers.map((answer) => answer.text);
      const compartment = compartmentName(fields.compartment) as Compartment;
      return { kind: 'report', compartment, text: [event.text, ...answers].join('\n\n') };
    }
    case 'message':
    case 'check_in':
      return { kind: 'message', text: event.text, urgent: fields.urgent };
    case 'status':
      return { kind: 'status', state: caseStateName(event.state) as CaseState, text: event.text };
    case 'outcome':
      return { kind: 'outcome', text: event.text, reason: event.reason };
    case 'proposal':
      return { kind: 'proposal', seq: entry.header.seq, step: event.step, text: event.text };
    case 'decision': {
      const { choice, text, proposalSeq } = event;
      const about = { proposal: proposalSeq, step: step_of(proposalSeq) };
      return { kind: 'decision', ...about, choice: choiceName(choice) as Choice, text };
    }
    case 'retraction':
      return { kind: 'retraction', step: step_of(event.proposalSeq) };
    case 'summary':
    case 'unconsented':
      return { kind: event.kind, text: event.text };
    case 'identity_opened':
      return { kind: 'identity_opened' };
    case 'assessment':
    case 'sensitive':
    case 'consultation':
      return { kind: event.kind, text: event.text };
    case 'triage':
      return { kind: 'triage', ruling: rulingName(event.ruling) as Ruling, text: event.text, reason: event.reason };
    case 'stay':
      return { kind: 'stay', ended: event.ended, text: event.text };
    case 'attachment': {
      const here = found.filter((one) => one.entry.entry.header.seq === entry.header.seq);
      const files = here.map(({ number, file }) => ({
        number,
        name: shownName(file),
        media_type: file.mediaType,
        size: file.size,
      }));
      return { kind: 'files', files };
    }
    default:
      return { kind: 'unknown' }; // what this app has no words for yet
  }
}

// Which entry, of whom and when. Who wrote as the reporter its key says: anybody may be called so.
export function written_by({ entry: { header: { seq, day } }, byOwner, author }: OpenedEntry): EntryHead {
  return { seq, day, mine: byOwner, author: byOwner ? '' : author };
}

function row_of(opened: OpenedCase, at: number, directory: Directory, found: readonly FoundFile[]): TimelineRow | null {
  const one = opened.entries[at]!;
  const { fields } = one.entry.header;
  const step_of = (proposal: number): string => {
    const event = opened.entries[proposal]?.event;
    return event?.kind === 'proposal' ? event.step : '';
  };
  const content =
    fields.kind === 'event' ? event_content(one, fields, step_of, found) : entry_content(opened, at, directory);
  if (!content) return null;
  return { ...written_by(one), counts: one.counts, content };
}
