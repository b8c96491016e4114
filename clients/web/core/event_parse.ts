// What an opened plaintext says. Whatever event.ts promises of an event holds, or it is none.


import {
  causeOf,
  choiceOf,
  Choice,
  Compartment,
  EventKind,
  kFileBytesMax,
  kFileNameBytesMax,
  kFilesPerEventMax,
  kMediaTypeBytesMax,
  kMembersPerGrantMax,
  type CaseKind,
  type CaseState,
  type Lead,
  type Ruling,
  type Want,
} from '../generated/rules.ts';
import {
  AssessmentSchema,
  AttachmentSchema,
  CheckInSchema,
  ConsultationSchema,
  DecisionSchema,
  EventSchema,
  IdentityOpenedSchema,
  MessageSchema,
  NoteSchema,
  OpeningSchema,
  OutcomeSchema,
  ProposalSchema,
  ReportSchema,
  RetractionSchema,
  SensitiveSchema,
  StatusChangeSchema,
  StaySchema,
  SummarySchema,
  TriageDecisionSchema,
  UnconsentedSchema,
  type AttachedFile as WireFile,
  type ProposedReaderSchema,
} from '../generated/wire.ts';
import { asBytes, compare } from './crypto/bytes.ts';
import { Digest } from './crypto/hash.ts';
import { wipe } from './crypto/secret.ts';
import { FileKey, streamChunks } from './crypto/stream.ts';
import {
  type AttachedFile,
  type Attachment,
  type Decision,
  type Event,
  type Opening,
  type Outcome,
  type Proposal,
  type ProposedReader,
  type Report,
  type Retraction,
  type StatusChange,
  type Stay,
  type Summary,
  type TriageDecision,
  type Unconsented,
} from './event.ts';
import { goodKey } from './protocol/directory.ts';
import { MemberId, UploadId } from './protocol/ids.ts';
import { countOf, parse, type MessageShape } from './protocol/strict.ts';

// Nothing: not an event. Text is valid UTF-8 or the event is none.
export function parseEvent(plaintext: Uint8Array): Event | undefined {
  const message = parse(EventSchema, plaintext);
  if (message === undefined) return undefined;
  const { body } = message;
  switch (message.kind as EventKind) {
    case EventKind.opening: return takeOpening(body);
    case EventKind.report: return takeReport(body);
    case EventKind.message: return takeText('message', parse(MessageSchema, body));
    case EventKind.status: return takeStatus(body);
    case EventKind.outcome: return takeOutcome(body);
    case EventKind.attachment: return takeAttachment(body);
    case EventKind.proposal: return takeProposal(body);
    case EventKind.decision: return takeDecision(body);
    case EventKind.retraction: return takeRetraction(body);
    case EventKind.summary: return takeSummary(body);
    case EventKind.unconsented: return takeUnconsented(body);
    case EventKind.identity_opened: return parse(IdentityOpenedSchema, body) && { kind: 'identity_opened' };
    case EventKind.note: return takeTold('note', parse(NoteSchema, body));
    case EventKind.check_in: return takeText('check_in', parse(CheckInSchema, body));
    case EventKind.assessment: return takeTold('assessment', parse(AssessmentSchema, body));
    case EventKind.triage: return takeTriage(body);
    case EventKind.stay: return takeStay(body);
    case EventKind.sensitive: return takeTold('sensitive', parse(SensitiveSchema, body));
    case EventKind.consultation: return takeTold('consultation', parse(ConsultationSchema, body));
    default: return { kind: 'unknown', number: message.kind };
  }
}

function takeText(kind: 'message' | 'check_in', message: { text: string } | undefined): Event | undefined {
  return message && { kind, text: message.text };
}

// An event of one text that must say something.
type Told = 'note' | 'assessment' | 'sensitive' | 'consultation';
function takeTold(kind: Told, message: { text: string } | undefined): Event | undefined {
  return message?.text ? { kind, text: message.text } : undefined;
}

function takeTriage(body: Uint8Array): TriageDecision | undefined {
  const message = parse(TriageDecisionSchema, body);
  if (message === undefined || message.ruling === 0 || message.text === '' || message.reason === '') return undefined;
  return { kind: 'triage', ruling: message.ruling as Ruling, text: message.text, reason: message.reason };
}

function takeStay(body: Uint8Array): Stay | undefined {
  const message = parse(StaySchema, body);
  return message && { kind: 'stay', ended: message.ended, text: message.text };
}

function takeOpening(body: Uint8Array): Opening | undefined {
  const message = parse(OpeningSchema, body);
  return message && {
    kind: 'opening',
    caseKind: message.caseKind as CaseKind,
    wants: message.wants as Want[],
    lead: message.lead as Lead,
    language: message.language,
  };
}

function takeReport(body: Uint8Array): Report | undefined {
  const message = parse(ReportSchema, body);
  const answers = message?.answers.map(({ prompt, text }) => ({ prompt, text }));
  return message && answers && { kind: 'report', text: message.text, answers };
}

function takeStatus(body: Uint8Array): StatusChange | undefined {
  const message = parse(StatusChangeSchema, body);
  return message && { kind: 'status', state: message.state as CaseState, text: message.text };
}

function takeOutcome(body: Uint8Array): Outcome | undefined {
  const message = parse(OutcomeSchema, body);
  if (message === undefined || message.text === '' || message.reason === '') return undefined;
  return { kind: 'outcome', text: message.text, reason: message.reason };
}

// Notes and coded sheets are the members' own: no reporter can hand them out.
const canBeGranted = (compartment: number): boolean =>
  compartment >= Compartment.story && compartment <= Compartment.summary;

function takeReader(message: MessageShape<typeof ProposedReaderSchema>): ProposedReader | undefined {
  const memberId = MemberId.from(message.memberId);
  const { compartments, lastDay, lead } = message;
  const ascends = compartments.every((compartment, i) => i === 0 || compartments[i - 1]! < compartment);
  if (memberId === undefined || compartments.length === 0 || !ascends || !compartments.every(canBeGranted))
    return undefined;
  return { memberId, compartments: compartments as Compartment[], lastDay, lead };
}

function takeAttachment(body: Uint8Array): Attachment | undefined {
  const message = parse(AttachmentSchema, body);
  if (message === undefined || message.files.length === 0 || message.files.length > kFilesPerEventMax) return undefined;
  const files = message.files.map(takeFile);
  return files.includes(undefined) ? undefined : { kind: 'attachment', files: files as AttachedFile[] };
}

function takeFile({ name, mediaType, ...from }: WireFile): AttachedFile | undefined {
  const size = countOf(from.size);
  const sha256 = Digest.from(from.sha256);
  const uploadId = UploadId.from(from.uploadId);
  const key = FileKey.from(from.key);
  wipe(from.key);
  if (!sha256 || !uploadId || !key || size === undefined || size > kFileBytesMax) return undefined;
  const namesFit =
    name !== '' && asBytes(name).length <= kFileNameBytesMax &&
    mediaType !== '' && asBytes(mediaType).length <= kMediaTypeBytesMax;
  if (!namesFit || from.chunks !== streamChunks(size)) return undefined;
  return { name, mediaType, size, sha256, uploadId, chunks: from.chunks, key };
}

function takeProposal(body: Uint8Array): Proposal | undefined {
  const message = parse(ProposalSchema, body);
  if (message === undefined || message.readers.length > kMembersPerGrantMax) return undefined;
  const { step, text, summary, sensitive } = message;
  if (step === '' ? text === '' : !goodKey(step)) return undefined;
  const readers: ProposedReader[] = [];
  for (const from of message.readers) {
    const reader = takeReader(from);
    const last = readers.at(-1);
    if (reader === undefined || (last !== undefined && compare(last.memberId, reader.memberId) >= 0)) return undefined;
    readers.push(reader);
  }
  if (readers.filter(({ lead }) => lead).length > 1) return undefined;
  return { kind: 'proposal', step, text, readers, summary, sensitive };
}

function takeDecision(body: Uint8Array): Decision | undefined {
  const message = parse(DecisionSchema, body);
  if (message === undefined) return undefined;
  const proposalSeq = countOf(message.proposalSeq);
  const proposalHash = Digest.from(message.proposalHash);
  const choice = choiceOf(message.choice);
  if (proposalSeq === undefined || proposalHash === undefined || choice === undefined) return undefined;
  if (choice === Choice.yes_if && message.text === '') return undefined;
  return { kind: 'decision', proposalSeq, proposalHash, choice, text: message.text };
}

function takeRetraction(body: Uint8Array): Retraction | undefined {
  const message = parse(RetractionSchema, body);
  const proposalSeq = message && countOf(message.proposalSeq);
  return proposalSeq === undefined ? undefined : { kind: 'retraction', proposalSeq };
}

function takeSummary(body: Uint8Array): Summary | undefined {
  const message = parse(SummarySchema, body);
  const proposalSeq = message && countOf(message.proposalSeq);
  if (message === undefined || proposalSeq === undefined || message.text === '') return undefined;
  return { kind: 'summary', text: message.text, proposalSeq };
}

function takeUnconsented(body: Uint8Array): Unconsented | undefined {
  const message = parse(UnconsentedSchema, body);
  const cause = message && causeOf(message.cause);
  if (message === undefined || cause === undefined || message.text === '') return undefined;
  return { kind: 'unconsented', cause, text: message.text };
}
