// An event's plaintext, to be sealed.

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
} from '../generated/wire.ts';
import { wipe } from './crypto/secret.ts';
import { kindOf, wellFormed, type Event } from './event.ts';
import { encode } from './protocol/strict.ts';

// The caller's to wipe.
export function encodeEvent(event: Event): Uint8Array {
  const body = encodeBody(event);
  const plaintext = encode(EventSchema, { kind: kindOf(event), body });
  wipe(body);
  return plaintext;
}

function encodeBody(event: Event): Uint8Array {
  switch (event.kind) {
    case 'opening': {
      const { caseKind, wants, lead, language } = event;
      return encode(OpeningSchema, { caseKind, wants: [...wants], lead, language });
    }
    case 'report': {
      const answers = event.answers.map(({ prompt, text }) => ({ prompt, text: wellFormed(text) }));
      return encode(ReportSchema, { text: wellFormed(event.text), answers });
    }
    case 'message':
      return encode(MessageSchema, { text: wellFormed(event.text) });
    case 'status':
      return encode(StatusChangeSchema, { state: event.state, text: wellFormed(event.text) });
    case 'outcome':
      return encode(OutcomeSchema, { text: wellFormed(event.text), reason: wellFormed(event.reason) });
    case 'attachment': {
      const files = event.files.map((file) => ({ ...file, name: wellFormed(file.name), size: BigInt(file.size) }));
      return encode(AttachmentSchema, { files });
    }
    case 'proposal': {
      const { step, text, summary, sensitive = false } = event;
      const readers = event.readers.map(({ memberId, compartments, lastDay, lead = false }) => ({
        memberId,
        compartments: [...compartments],
        lastDay,
        lead,
      }));
      return encode(ProposalSchema, { step, text: wellFormed(text), readers, summary: wellFormed(summary), sensitive });
    }
    case 'decision': {
      const { proposalSeq, proposalHash, choice, text } = event;
      return encode(DecisionSchema, { proposalSeq: BigInt(proposalSeq), proposalHash, choice, text: wellFormed(text) });
    }
    case 'retraction':
      return encode(RetractionSchema, { proposalSeq: BigInt(event.proposalSeq) });
    case 'summary':
      return encode(SummarySchema, { text: wellFormed(event.text), proposalSeq: BigInt(event.proposalSeq) });
    case 'unconsented':
      return encode(UnconsentedSchema, { cause: event.cause, text: wellFormed(event.text) });
    case 'identity_opened':
      return encode(IdentityOpenedSchema, {});
    case 'note':
      return encode(NoteSchema, { text: wellFormed(event.text) });
    case 'check_in':
      return encode(CheckInSchema, { text: wellFormed(event.text) });
    case 'assessment':
      return encode(AssessmentSchema, { text: wellFormed(event.text) });
    case 'triage': {
      const { ruling, text, reason } = event;
      return encode(TriageDecisionSchema, { ruling, text: wellFormed(text), reason: wellFormed(reason) });
    }
    case 'stay':
      return encode(StaySchema, { ended: event.ended, text: wellFormed(event.text) });
    case 'sensitive':
      return encode(SensitiveSchema, { text: wellFormed(event.text) });
    case 'consultation':
      return encode(ConsultationSchema, { text: wellFormed(event.text) });
    case 'unknown':
      throw new Error('an event that this program can only meet, not write');
  }
}
