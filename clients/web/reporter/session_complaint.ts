// A complaint about how a case is handled: the second case that the words of the first one open. Whoever reads the
// first one neither sees nor hears of it.
import { CaseKind, Compartment, Lead } from '../generated/rules.ts';
import { toHex } from '../core/crypto/bytes.ts';
import type { FetchedCase } from '../core/fetch.ts';
import type { Reporter } from '../core/identity.ts';
import { handleWords } from '../core/names.ts';
import type { Draft } from '../core/outbox.ts';
import type { Handle, MemberId } from '../core/protocol/ids.ts';

export interface Complaint {
  readonly reporter: Reporter;
  fetched: FetchedCase | null; // nothing: there is none
}

// Names the first case, where only the complaint's readers see it. In the words of the command line's own.
export function complaint_draft(about: Handle, text: string, to: readonly MemberId[]): Draft {
  const opening = { caseKind: CaseKind.report, wants: [], lead: Lead.every_step, language: '' };
  const first = `A complaint about how case ${handleWords(about)} is handled (${toHex(about)}).`;
  const story = { opening, story: `${first}\n\n${text}`, people: '', identity: '' };
  return { kind: 'opening', story, to, standIn: undefined };
}

export const said_in = (handle: Handle, text: string): Draft => ({
  kind: 'event',
  handle,
  compartment: Compartment.talk,
  event: { kind: 'message', text },
});
