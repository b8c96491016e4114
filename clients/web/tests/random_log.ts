// Logs that nobody would write: the twin of tests/kit/random_log.h. Every draw stands in an order that is part of the
// vectors (tests/vectors/states.json).

import {
  bit,
  caseKindName,
  CaseState,
  caseStateName,
  causeName,
  choiceName,
  Compartment,
  EntryKind,
  EventKind,
  Role,
  rulingName,
  StepRole,
  type CaseKind,
  type Cause,
  type Choice,
  type Ruling,
} from '../generated/rules.ts';
import type { Folded } from '../core/case_state/fold.ts';
import type { Holding, Step } from '../core/case_state/steps.ts';
import { Digest } from '../core/crypto/hash.ts';
import type { Event, ProposedReader } from '../core/event.ts';
import { MemberId } from '../core/protocol/ids.ts';

// Marsaglia's xorshift with 32 bits (13, 17, 5). Seeds that follow each other are spread first.
export class Xorshift {
  private state: number;
  constructor(index: number) {
    this.state = Math.imul(index + 1, 2_654_435_761) >>> 0;
  }
  next(): number {
    let x = this.state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (this.state = x >>> 0);
  }
  below(bound: number): number {
    return this.next() % bound;
  }
}

const kFirstDay = 20_000;

type Pick = EventKind | 'access' | 'withdraw' | 'unread' | 'newer';
const K = EventKind;
const kPicks: readonly Pick[] = [
  K.message, K.message, K.message,
  K.status, K.status, K.status,
  K.status, K.proposal, K.proposal,
  K.proposal, K.decision, K.decision,
  K.decision, K.decision, K.retraction,
  K.summary, K.report, K.note,
  K.check_in, K.unconsented, K.identity_opened,
  K.outcome, K.opening, K.assessment,
  K.triage, K.stay, K.sensitive,
  K.consultation, K.consultation, K.outcome,
  'access', 'access', 'unread',
  'newer', 'withdraw',
];
const kOwnersAlone: readonly Pick[] = [K.opening, K.report, K.decision, K.summary, K.stay];
const kAnybodys: readonly Pick[] = [K.message, K.check_in];
const kAuthors = [0, 0, 0, 0, 1, 1, 2, 3, 4, 4];

const filled = <T extends Uint8Array>(kind: { from(bytes: Uint8Array): T | undefined }, size: number, byte: number): T =>
  kind.from(new Uint8Array(size).fill(byte))!;
const kMembers = [0, 1, 2, 3, 4].map((number) => filled(MemberId, 16, number));
const kHashes = Array.from({ length: 256 }, (_, byte) => filled(Digest, 32, byte));
const hashOf = (seq: number): Digest => kHashes[seq & 0xff]!;
const kOffices = [Role.adviser, Role.triage, Role.triage_chair, Role.coordinator];
// An investigation; and the two steps whose answers mean something of themselves.
const kSteps = ['investigation', 'stay', 'coordinator'];

// The log of this number: an opening entry and 4 to 23 steps more. Every fourth log (0, 4, 8, …) has events that can't
// be read. Members 1 and 4 hold `talk`, 2 is the holder, 3 a reader; each has an office of their own choosing.
export const randomLog = (index: number): Step[] => new Maker(index).make();

type Drawn = { -readonly [Part in keyof Step]: Step[Part] };

class Maker {
  private readonly random: Xorshift;
  private readonly unreadable: boolean;
  private holdings: Holding[];
  private readonly offices: readonly Role[]; // of members 1 to 4
  private day = kFirstDay;
  private readonly proposed: number[] = [];

  constructor(index: number) {
    this.random = new Xorshift(index);
    this.unreadable = index % 4 === 0;
    this.offices = [1, 2, 3, 4].map(() => kOffices[this.random.below(kOffices.length)]!);
    const story = bit(Compartment.story) | bit(Compartment.people);
    const talk = story | bit(Compartment.talk) | bit(Compartment.notes);
    this.holdings = [
      this.held(1, talk),
      this.held(2, talk | bit(Compartment.identity)),
      this.held(3, bit(Compartment.summary)),
      this.held(4, talk),
    ];
  }

  make(): Step[] {
    const open = { seq: 0, day: kFirstDay, hash: hashOf(0), entry: EntryKind.open, role: StepRole.owner };
    const steps: Step[] = [{ ...open, author: undefined, holdings: [...this.holdings] }];
    const count = 4 + this.random.below(20);
    for (let seq = 1; seq <= count; ++seq) steps.push(this.step(seq));
    return steps;
  }

  private step(seq: number): Step {
    const { random } = this;
    if (random.below(4) === 0) this.day += random.below(40);
    let who = kAuthors[random.below(kAuthors.length)]!;
    const begins = seq === 1 && random.below(16) !== 0;
    let pick: Pick = begins ? K.opening : kPicks[random.below(kPicks.length)]!;
    if (pick === 'unread' && !this.unreadable) pick = K.message;
    if (begins || pick === 'withdraw' || pick === 'access') who = 0;
    if (typeof pick === 'number' && !kAnybodys.includes(pick) && random.below(4) !== 0)
      who = kOwnersAlone.includes(pick) ? 0 : Math.max(who, 1);
    const role =
      who === 0 ? StepRole.owner : who === 2 ? StepRole.holder : who === 3 ? StepRole.reader : StepRole.member;
    const author = who === 0 ? undefined : kMembers[who]!;
    const office = who === 0 ? undefined : this.offices[who - 1]!;
    const step: Drawn = { seq, day: this.day, hash: hashOf(seq), entry: EntryKind.event, role, author, office };
    this.fill(step, pick);
    return step;
  }

  private fill(step: Drawn, pick: Pick): void {
    const { random } = this;
    switch (pick) {
      case 'access':
        step.entry = EntryKind.grant;
        this.changeAccess();
        step.holdings = [...this.holdings];
        return;
      case 'withdraw': // rare: what follows is all forbidden
        step.entry = random.below(4) === 0 ? EntryKind.withdraw : EntryKind.grant;
        return;
      case 'unread':
        step.compartment = random.below(2) === 0 ? Compartment.talk : ((1 + random.below(7)) as Compartment);
        break;
      case 'newer':
        step.compartment = Compartment.talk;
        step.event = { kind: 'unknown', number: 99 };
        break;
      default:
        step.compartment = this.placeOf(pick);
        step.event = this.event(pick, step.seq);
    }
    const byOwner = step.role === StepRole.owner;
    if (byOwner && random.below(16) === 0) step.urgent = true;
  }

  // Where the event belongs, nearly always.
  private placeOf(event: EventKind): Compartment {
    if (this.random.below(32) === 0) return (1 + this.random.below(7)) as Compartment;
    switch (event) {
      case K.report: return Compartment.story;
      case K.summary: return Compartment.summary;
      case K.note: return Compartment.notes;
      case K.assessment:
      case K.triage: return Compartment.summary;
      case K.consultation: return this.random.below(2) === 0 ? Compartment.talk : Compartment.summary;
      default: return Compartment.talk;
    }
  }

  private changeAccess(): void {
    const { random } = this;
    const member = 1 + random.below(4);
    const compartments = random.below(128) << 1;
    const lastDay = random.below(4) === 0 ? this.day + random.below(30) : 0;
    this.holdings[member - 1] = this.held(member, compartments, lastDay);
  }
  private held(member: number, compartments: number, lastDay = 0): Holding {
    return { memberId: kMembers[member]!, compartments, lastDay, office: this.offices[member - 1]! };
  }

  private event(kind: EventKind, seq: number): Event {
    const { random } = this;
    switch (kind) {
      case K.opening:
        return { kind: 'opening', caseKind: (1 + random.below(4)) as CaseKind, wants: [], lead: 1, language: '' };
      case K.message: return { kind: 'message', text: 'x' };
      case K.status: return { kind: 'status', state: (1 + random.below(8)) as CaseState, text: '' };
      case K.proposal: return this.proposal(seq);
      case K.decision: {
        const proposalSeq = this.drawProposal(seq);
        const proposalHash = hashOf(proposalSeq + (random.below(16) === 0 ? 1 : 0));
        return { kind: 'decision', proposalSeq, proposalHash, choice: (1 + random.below(4)) as Choice, text: '' };
      }
      case K.retraction: return { kind: 'retraction', proposalSeq: this.drawProposal(seq) };
      case K.summary:
        return { kind: 'summary', text: 'x', proposalSeq: random.below(2) === 0 ? 0 : this.drawProposal(seq) };
      case K.report: return { kind: 'report', text: 'x', answers: [] };
      case K.note: return { kind: 'note', text: 'x' };
      case K.check_in: return { kind: 'check_in', text: '' };
      case K.unconsented: return { kind: 'unconsented', cause: (1 + random.below(2)) as Cause, text: 'x' };
      case K.identity_opened: return { kind: 'identity_opened' };
      case K.assessment: return { kind: 'assessment', text: 'x' };
      case K.triage: return { kind: 'triage', ruling: (1 + random.below(5)) as Ruling, text: 'x', reason: 'x' };
      case K.stay: return { kind: 'stay', ended: random.below(4) === 0, text: '' };
      case K.sensitive: return { kind: 'sensitive', text: 'x' };
      case K.consultation: return { kind: 'consultation', text: 'x' };
      default: return { kind: 'outcome', text: 'x', reason: 'x' };
    }
  }

  private proposal(seq: number): Event {
    const step = kSteps[this.random.below(kSteps.length)]!;
    const sensitive = this.random.below(4) === 0;
    const count = this.random.below(3);
    const readers: ProposedReader[] = [];
    for (let i = 0; i < count; ++i) {
      const story = this.random.below(2) === 0 ? [Compartment.story] : [];
      readers.push({ memberId: kMembers[3 + i]!, compartments: [...story, Compartment.summary], lastDay: 0 });
    }
    this.proposed.push(seq);
    return { kind: 'proposal', step, text: 'x', readers, summary: '', sensitive };
  }

  // One that was made, nearly always.
  private drawProposal(seq: number): number {
    if (this.proposed.length === 0 || this.random.below(8) === 0) return this.random.below(seq + 1);
    return this.proposed[this.random.below(this.proposed.length)]!;
  }
}

const kStandings = ['open', 'put_off', 'answered', 'retracted', 'lapsed'];
const kWaiting = ['nobody', 'adviser', 'reporter'];

// All of a state that follows from the steps, as one line.
export function lineOf(state: Folded): string {
  const parts: (string | number)[] = [
    state.kind === undefined ? '-' : caseKindName(state.kind),
    state.state === undefined ? '-' : caseStateName(state.state),
    state.dayOpened,
    Number(state.urgent),
    kWaiting.indexOf(state.waitingFor),
    state.silentSinceDay,
    state.mayPauseDay,
  ];
  for (const { seq, standing, sinceDay, decision } of state.proposals) {
    const row = [`p${seq}`, kStandings.indexOf(standing), sinceDay];
    if (decision !== undefined)
      row.push(decision.seq, choiceName(decision.choice), decision.carriedOut ? 'done' : 'due');
    parts.push(row.join(':'));
  }
  for (const { seq, cause } of state.unconsented) parts.push(`u${seq}:${causeName(cause)}`);
  for (const { seq } of state.identityOpened) parts.push(`i${seq}`);
  const { assessments, decision, stay, sensitive, consultations, decided, consulted, consultedDay } = state.triage;
  parts.push(...assessments.map(({ seq }) => `a${seq}`));
  if (decision !== undefined) parts.push(`t${decision.seq}:${rulingName(decision.ruling)}`);
  if (stay !== undefined) parts.push(`y${stay.seq}`);
  parts.push(...sensitive.map(({ seq }) => `s${seq}`), ...consultations.map(({ seq }) => `c${seq}`));
  if (decided) parts.push('decided');
  parts.push(consulted ? 'consulted' : consultedDay);
  for (const { seq, kind } of state.alarms) parts.push((kind === 'rule_broken' ? 'broken' : 'newer') + seq);
  return parts.join(' ');
}
