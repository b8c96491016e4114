// The steps of the reporter's lead: from what a screen asks for to a move of the core.
import { Choice, Compartment } from '../generated/rules.ts';
import { fold, findProposal } from '../core/case_state.ts';
import type { OpenedCase } from '../core/case_log.ts';
import type { Connection } from '../core/connection.ts';
import { compare, fromHex } from '../core/crypto/bytes.ts';
import { systemRandom } from '../core/crypto/random.ts';
import { done } from '../core/expected.ts';
import type { Result } from '../core/errors.ts';
import type { FetchedCase } from '../core/fetch.ts';
import type { Reporter } from '../core/identity.ts';
import { act, type Act, type Actor } from '../core/lead/act.ts';
import type { Addition, Certificates } from '../core/lead/addition.ts';
import { delegate, dispute, letIn, revoke, sayWhoIAm, takeBack, withdraw } from '../core/lead/moves.ts';
import { replace } from '../core/lead/replace.ts';
import { withdrawalProof } from '../core/lead/withdrawal_proof.ts';
import type { AnswerDraft } from '../core/outbox.ts';
import { MemberId } from '../core/protocol/ids.ts';
import type { Move } from './lead.ts';
import type { Pace } from './pace.ts';
import type { OnProgress } from '../page/work.ts';
import { SessionError, value_of } from '../page/session_error.ts';

// An answer waits in the outbox, so that the same bytes can be sent again; every other step is done at once or not at
// all.
export type Step = Exclude<Move, { kind: 'answer' }>;

export function member_of(id: string): MemberId {
  const bytes = fromHex(id);
  const found = bytes && MemberId.from(bytes);
  if (!found) throw new SessionError('defect', 'no member id');
  return found;
}
const members = (ids: readonly string[]): MemberId[] => ids.map(member_of).sort(compare);
const parts = (names: readonly (keyof typeof Compartment)[]): Compartment[] =>
  names.map((name) => Compartment[name]).sort((a, b) => a - b);

function change_for(move: Step): Act {
  return async (addition: Addition, certificates: Certificates): Promise<Result<unknown>> => {
    switch (move.kind) {
      case 'let_in': {
        const { people, last_day, stands_in_for } = move;
        const who = { people: members(people), compartments: parts(move.parts), lastDay: last_day ?? 0 };
        const waits = stands_in_for === null ? {} : { standsInFor: member_of(stands_in_for), holder: true };
        return letIn(addition, { ...who, ...waits }, certificates);
      }
      case 'take_back':
        return revoke(addition, members([move.person]), certificates);
      case 'replace': {
        const replaced = await replace(addition, member_of(move.from), member_of(move.to), certificates);
        if (!replaced.ok || move.text === '') return replaced;
        return addition.tell(Compartment.talk, { kind: 'message', text: move.text });
      }
      case 'delegate': {
        const made = { people: members(move.people), compartments: parts(move.parts), lastDay: move.last_day };
        return delegate(addition, { delegateId: member_of(move.to), ...made, ended: false, mayMoveHolder: false });
      }
      case 'end_delegation':
        return takeBack(addition, member_of(move.from));
      case 'identify':
        return sayWhoIAm(addition, member_of(move.to), move.text, certificates);
      case 'stay':
        return addition.tell(Compartment.talk, { kind: 'stay', ended: move.ended, text: move.text });
      case 'dispute':
        return dispute(addition, move.seq, move.text);
    }
  };
}

export function answer_draft(
  { seq, choice, text, summary }: Extract<Move, { kind: 'answer' }>,
  opened: OpenedCase,
  { directory }: Connection,
): AnswerDraft {
  const record = findProposal(fold(opened, directory), seq);
  if (!record) throw new SessionError('refused', 'no such proposal');
  const asked = { proposalSeq: seq, proposalHash: record.hash };
  const decision = { kind: 'decision', ...asked, choice: Choice[choice], text } as const;
  return { kind: 'answer', handle: opened.chain.handle, decision, summary };
}

export class LeadSteps {
  private readonly connection_: Connection;
  private readonly pace_: Pace;

  constructor(connection: Connection, pace: Pace) {
    this.connection_ = connection;
    this.pace_ = pace;
  }

  async take(move: Step, self: Reporter, known: FetchedCase, on_progress: OnProgress): Promise<void> {
    value_of(await act(this.actor(self, known, on_progress), self.handle, change_for(move)));
  }

  async withdraw(
    self: Reporter,
    known: FetchedCase,
    on_proof: (json: string) => void,
    on_progress: OnProgress,
  ): Promise<void> {
    const change: Act = async (addition) => {
      const withdrawn = await withdraw(addition);
      if (!withdrawn.ok) return withdrawn;
      on_proof(`${JSON.stringify(withdrawalProof(addition), null, 1)}\n`);
      return done;
    };
    value_of(await act(this.actor(self, known, on_progress), self.handle, change));
  }

  private actor(self: Reporter, known: FetchedCase, on_progress: OnProgress): Actor {
    on_progress(this.pace_.of_exchanges(0, 2));
    const staged = (sent: number, total: number): void => on_progress(this.pace_.of_exchanges(1 + sent, 2 + total));
    return { connection: this.connection_, self, random: systemRandom, known, staged };
  }
}
