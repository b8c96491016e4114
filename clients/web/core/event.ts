// What stands inside an event's ciphertext (proto/omzien/event.proto).

import {
  eventKindName,
  EventKind,
  type CaseKind,
  type CaseState,
  type Cause,
  type Choice,
  type Compartment,
  type Lead,
  type Ruling,
  type Want,
} from '../generated/rules.ts';
import type { Digest } from './crypto/hash.ts';
import type { FileKey } from './crypto/stream.ts';
import type { Day, MemberId, UploadId } from './protocol/ids.ts';

export { encodeEvent } from './event_encode.ts';
export { parseEvent } from './event_parse.ts';

export interface Opening {
  readonly kind: 'opening';
  readonly caseKind: CaseKind;
  readonly wants: readonly Want[];
  readonly lead: Lead;
  readonly language: string;
}
export interface Answer {
  readonly prompt: string;
  readonly text: string;
}
export interface Report {
  readonly kind: 'report';
  readonly text: string;
  readonly answers: readonly Answer[];
}
export interface Message {
  readonly kind: 'message';
  readonly text: string;
}
export interface StatusChange {
  readonly kind: 'status';
  readonly state: CaseState;
  readonly text: string;
}
export interface Outcome {
  readonly kind: 'outcome';
  readonly text: string;
  readonly reason: string;
}
// Somebody who would be let in by a yes.
export interface ProposedReader {
  readonly memberId: MemberId;
  readonly compartments: readonly Compartment[]; // story to summary; ascending, at least one
  readonly lastDay: Day; // 0: until revoked
  readonly lead?: boolean; // leads the case from then on; one at most
}
// `step` or `text` is there. Nothing happens until the reporter answers.
export interface Proposal {
  readonly kind: 'proposal';
  readonly step: string; // goodKey(), or empty: in own words
  readonly text: string; // what it means
  readonly readers: readonly ProposedReader[]; // ascending by member id, at most kMembersPerGrantMax
  readonly summary: string; // a draft of what they would read; may be empty
  readonly sensitive?: boolean; // a yes makes the case sensitive (Directory.sensitive)
}
export interface Decision {
  readonly kind: 'decision';
  readonly proposalSeq: number;
  readonly proposalHash: Digest; // of that entry: what was answered can't be swapped
  readonly choice: Choice;
  readonly text: string; // conditions; not empty for yes_if
}
export interface Retraction {
  readonly kind: 'retraction';
  readonly proposalSeq: number;
}
export interface Summary {
  readonly kind: 'summary';
  readonly text: string; // not empty
  readonly proposalSeq: number; // whose draft it comes from; 0: none
}
export interface Unconsented {
  readonly kind: 'unconsented';
  readonly cause: Cause;
  readonly text: string; // not empty
}
export interface IdentityOpened {
  readonly kind: 'identity_opened';
}
// Of the triage committee: what one of its members thinks, and what its chair recorded as decided.
export interface Assessment {
  readonly kind: 'assessment';
  readonly text: string; // not empty
}
export interface TriageDecision {
  readonly kind: 'triage';
  readonly ruling: Ruling;
  readonly text: string; // not empty
  readonly reason: string; // not empty
}
// The owner wants to stay with the adviser, without the committee; or not any more.
export interface Stay {
  readonly kind: 'stay';
  readonly ended: boolean;
  readonly text: string;
}
// A member: not without the coordinator's advice. And the advice.
export interface Sensitive {
  readonly kind: 'sensitive';
  readonly text: string; // not empty
}
export interface Consultation {
  readonly kind: 'consultation';
  readonly text: string; // not empty
}
export interface Note {
  readonly kind: 'note';
  readonly text: string; // not empty
}
export interface CheckIn {
  readonly kind: 'check_in';
  readonly text: string;
}
// A file as its sender says it is. Its name is theirs: never a path here, and shown by `shownName` (attachment.ts).
export interface AttachedFile {
  readonly name: string; // at most file_name_bytes_max
  readonly mediaType: string; // at most media_type_bytes_max
  readonly size: number; // bytes
  readonly sha256: Digest;
  readonly uploadId: UploadId;
  readonly chunks: number; // streamChunks(size)
  readonly key: FileKey;
}
// At least one file; the header names their uploads in the same order.
export interface Attachment {
  readonly kind: 'attachment';
  readonly files: readonly AttachedFile[];
}
// An event of a kind this program does not know: made with a newer version.
export interface UnknownEvent {
  readonly kind: 'unknown';
  readonly number: number;
}

export type Event =
  | Opening
  | Report
  | Message
  | StatusChange
  | Outcome
  | Attachment
  | Proposal
  | Decision
  | Retraction
  | Summary
  | Unconsented
  | IdentityOpened
  | Note
  | CheckIn
  | Assessment
  | TriageDecision
  | Stay
  | Sensitive
  | Consultation
  | UnknownEvent;

// The number of its kind; events are named as the rules name them.
export const kindOf = (event: Event): EventKind =>
  event.kind === 'unknown' ? (event.number as EventKind) : EventKind[event.kind];


// The rules' name, 'unknown' for UnknownEvent.
export function kindName(event: Event): string {
  return event.kind === 'unknown' ? eventKindName(event.number as EventKind) : event.kind;
}

// Text as UTF-8 can carry it. Half of a surrogate pair, which some keyboards leave behind, has no bytes there and
// becomes U+FFFD; everything else stays as typed.
export function wellFormed(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, '\uFFFD');
}
