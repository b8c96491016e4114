// The fold: from a plain list of steps to where a case stands. Knows no keys, no gateway and no clock.

import {
  bit,
  CaseKind,
  CaseState as State,
  caseKindOf,
  Compartment,
  compartmentOf,
  EntryKind,
  kSilenceDays,
  Need,
  Role,
  StepRole,
  type Cause,
} from '../../generated/rules.ts';
import type { Alarm, AlarmKind } from '../alarm.ts';
import { kindOf, type Event, type Opening } from '../event.ts';
import { daysAfter } from '../protocol/calendar.ts';
import { daysOfSilence, type Terms } from '../protocol/directory.ts';
import type { Day, MemberId } from '../protocol/ids.ts';
import { Proposals, type ProposalRecord } from './proposals.ts';
import { heldBy, type Holding, type Step } from './steps.ts';
import { Triage, type TriageState } from './triage.ts';
import { Unread } from './unread.ts';
import { kOver, land, landUnread, movesACase, onlyKind, onlyState, ruleOf, type Move } from './table.ts';

export type WaitingFor = 'nobody' | 'adviser' | 'reporter';

// A member read who the reporter is.
export interface IdentityRecord {
  readonly seq: number;
  readonly day: Day;
  readonly author: MemberId;
}

// A member acted without the reporter's consent: the first thing the reporter is to see.
export interface UnconsentedRecord extends IdentityRecord {
  readonly cause: Cause;
  readonly text: string;
}

// What follows from the steps alone.
export interface Folded {
  readonly unconsented: readonly UnconsentedRecord[];
  readonly kind: CaseKind | undefined; // nothing when this keyholder can't read how it began
  readonly state: State | undefined; // nothing when it does not follow from what this keyholder may read
  readonly dayOpened: Day;
  readonly urgent: boolean;
  readonly waitingFor: WaitingFor;
  readonly proposals: readonly ProposalRecord[];
  readonly identityOpened: readonly IdentityRecord[];
  readonly triage: TriageState;
  // A question stands open, and the reporter has written nothing since that day; 0: no question.
  readonly silentSinceDay: Day;
  readonly mayPauseDay: Day; // from this day the adviser may pause; 0: no question
  readonly alarms: readonly Alarm[]; // of steps the table of states forbids
}

const kEveryKind = Object.values(CaseKind).reduce((kinds, kind) => kinds | bit(kind), 0);

const sits = (office: Role | undefined): boolean => office === Role.triage || office === Role.triage_chair;

// A step that the table forbids changes nothing and is an alarm.
export function foldSteps(steps: readonly Step[], terms: Terms): Folded {
  const folder = new Folder(terms);
  for (const step of steps) folder.take(step);
  return folder.finish();
}

class Folder {
  private kinds = 0; // the kinds of case it may be; 0 before it began
  private states = bit(State.opened); // where it may stand
  private readonly unread = new Unread();
  private readonly proposals = new Proposals();
  private readonly triage = new Triage();
  private holdings: readonly Holding[] = [];
  private dayOpened: Day = 0;
  private urgent = false;
  private waitingFor: WaitingFor = 'adviser';
  private waitingDay: Day = 0; // since when it waits, when it does
  private ownerDay: Day = 0; // the reporter's last
  private readonly unconsented: UnconsentedRecord[] = [];
  private readonly identityOpened: IdentityRecord[] = [];
  private readonly alarms: Alarm[] = [];

  constructor(private readonly terms: Terms) {}

  take(step: Step): void {
    const { entry, role, day, holdings } = step;
    if (entry === EntryKind.open) this.dayOpened = day;
    if (entry === EntryKind.event) this.takeEvent(step);
    if (movesACase(entry) && !this.move(step, { entry, event: 0, role }, 0)) this.forbidden(step);
    if (holdings === undefined) return;
    this.holdings = holdings;
    this.proposals.takeAccess(holdings, day);
  }

  finish(): Folded {
    const { dayOpened, urgent, waitingFor, unconsented, identityOpened, alarms, terms } = this;
    const silent = this.silentSince;
    const { consulted } = this.triage;
    return {
      unconsented,
      kind: onlyKind(this.kinds),
      state: onlyState(this.states),
      dayOpened,
      urgent,
      waitingFor,
      proposals: this.proposals.records,
      identityOpened,
      triage: this.triage.state(consulted, consulted ? 0 : (this.silenceCountsFrom ?? 0)),
      silentSinceDay: silent ?? 0,
      mayPauseDay: silent === undefined ? 0 : daysAfter(silent, daysOfSilence(terms)),
      alarms,
    };
  }

  private takeEvent(step: Step): void {
    const { event, compartment } = step;
    if (event === undefined) return this.takeUnread(step);
    const kind = kindOf(event);
    const rule = ruleOf(kind);
    if (rule === undefined) {
      this.alarm(step, 'newer_version', 'made with a newer version of Omzien');
      return this.takeHeader(step, compartment === Compartment.talk);
    }
    if (compartmentOf(compartment!) === undefined || (rule.compartments & bit(compartment!)) === 0)
      return this.forbidden(step);
    if (event.kind === 'opening') {
      if (!this.begin(step, event)) return this.forbidden(step);
    } else {
      const wanted = event.kind === 'status' ? event.state : undefined;
      const made = { entry: EntryKind.event, event: kind, role: step.role, wanted };
      if (!this.move(step, made, this.needsMet(step, event))) return this.forbidden(step);
      this.takeContent(step, event);
    }
    this.takeHeader(step, rule.turn);
  }

  // What can't be read was some event that may stand there; where the case stands may then be open.
  private takeUnread(step: Step): void {
    const talk = step.compartment === Compartment.talk;
    if (this.kinds !== 0)
      this.states = landUnread(step.compartment!, step.role, this.kinds, this.states, this.needsMet(step, undefined));
    else if (talk) this.kinds = kEveryKind; // the opening
    this.unread.note(step);
    this.takeHeader(step, talk);
  }

  private begin(step: Step, { caseKind }: Opening): boolean {
    if (this.kinds !== 0 || step.role !== StepRole.owner) return false;
    const known = caseKindOf(caseKind);
    if (known === undefined) this.alarm(step, 'newer_version', 'a case of a kind that is newer than this');
    this.kinds = known === undefined ? kEveryKind : bit(known);
    return true;
  }

  private move(step: Step, made: Move, needs: number): boolean {
    // Withdrawn by an entry of its own: a case ends so for those too who never read how it began.
    const kinds = made.entry === EntryKind.event ? this.kinds : kEveryKind;
    const next = land(made, kinds, this.states, needs);
    if (next === 0) return false;
    const waiting = bit(State.waiting);
    if (next === waiting && this.states !== waiting) this.waitingDay = step.day;
    this.states = next;
    if ((next & ~kOver) === 0) {
      this.proposals.lapse();
      this.waitingFor = 'nobody';
    }
    return true;
  }

  // What can't be read can't be held against anybody, as far as it may have met a need; and no further, or whoever
  // writes what the others can't read would be let off everything.
  private needsMet(step: Step, event: Event | undefined): number {
    const { author, day, office } = step;
    const { unread, proposals } = this;
    let met = 0;
    const add = (need: Need, isMet: boolean): void => {
      if (isMet) met |= bit(need);
    };
    add(Need.silence, this.isSilent(step, this.askedAtMost));
    const unknown = event === undefined || ('proposalSeq' in event && unread.talk.has(event.proposalSeq));
    add(Need.open_proposal, unknown || (event.kind === 'decision' && proposals.isOpen(event)));
    add(Need.own_proposal, unknown || (event.kind === 'retraction' && proposals.isOwn(event, author)));
    add(Need.known_proposal, unknown || (event.kind === 'summary' && proposals.isKnown(event)));
    add(Need.identity_access, (heldBy(this.holdings, author, day) & bit(Compartment.identity)) !== 0);
    add(Need.triaged, this.triage.decided || unread.maySettle);
    add(Need.consulted, this.isConsulted(step) || unread.maySettle || unread.byCoordinator);
    add(Need.committee, sits(office));
    add(Need.chair, office === Role.triage_chair || (sits(office) && !this.hasChair(day)));
    add(Need.coordinator, office === Role.coordinator);
    return met;
  }

  private hasChair(day: Day): boolean {
    return this.holdings.some(
      ({ office, compartments, lastDay, leftDay = 0 }) =>
        office === Role.triage_chair && compartments !== 0 && (lastDay === 0 || day <= lastDay) && (leftDay === 0 || day < leftDay),
    );
  }

  // Whether the reporter wrote nothing for the term since it was asked. Under an earlier directory it is the law's own,
  // where the organisation's was lengthened since: what was right when it was written stays so.
  private isSilent({ day, earlier }: Step, asked: Day | undefined): boolean {
    const days = daysOfSilence(this.terms);
    const term = earlier ? Math.min(days, kSilenceDays) : days;
    return asked !== undefined && day >= daysAfter(Math.max(asked, this.ownerDay), term);
  }
  // From when on the reporter's silence about asking the coordinator counts as a no.
  private get silenceCountsFrom(): Day | undefined {
    const asked = this.triage.askedDay(this.proposals.records);
    return asked === undefined ? undefined : daysAfter(Math.max(asked, this.ownerDay), daysOfSilence(this.terms));
  }
  private isConsulted(step: Step): boolean {
    const { triage, unread } = this;
    return triage.consulted || this.isSilent(step, triage.askedDay(this.proposals.records)) || this.isSilent(step, unread.askedDay);
  }

  private takeContent(step: Step, event: Event): void {
    const { seq, day } = step;
    const author = step.author!; // of what only a member may do; elsewhere unused
    switch (event.kind) {
      case 'proposal': return this.proposals.propose(step, event);
      case 'decision': {
        const record = this.proposals.isOpen(event) ? this.proposals.find(event.proposalSeq) : undefined;
        if (record !== undefined) this.triage.takeAnswer(step, event, record);
        else this.unread.maySettle = true; // what was asked can't be read
        return this.proposals.decide(step, event, this.holdings);
      }
      case 'assessment': return this.triage.assess(step, event);
      case 'triage': return this.triage.rule(step, event);
      case 'stay': return this.triage.wish(step, event);
      case 'sensitive': return this.triage.mark(step, event);
      case 'consultation': return this.triage.advise(step, event);
      case 'retraction': return this.proposals.retract(step, event);
      case 'unconsented':
        this.unconsented.push({ seq, day, author, cause: event.cause, text: event.text });
        return;
      case 'identity_opened':
        this.identityOpened.push({ seq, day, author });
        return;
      default:
    }
  }

  // What the header shows: urgency, whose turn it is.
  private takeHeader({ day, role, urgent }: Step, turn: boolean): void {
    const byOwner = role === StepRole.owner;
    if (urgent) this.urgent = true;
    if (byOwner) this.ownerDay = day;
    if (turn && (this.states & ~kOver) !== 0) this.waitingFor = byOwner ? 'adviser' : 'reporter';
  }

  // From when on a question stands and the reporter wrote nothing.
  private get silentSince(): Day | undefined {
    let asked = this.proposals.oldestOpenDay;
    if (this.states === bit(State.waiting)) asked = Math.min(asked ?? this.waitingDay, this.waitingDay);
    return asked === undefined ? undefined : Math.max(asked, this.ownerDay);
  }

  // The earliest day since which a question may stand.
  private get askedAtMost(): Day | undefined {
    const waits = (this.states & bit(State.waiting)) !== 0 && this.waitingDay;
    const asked = Math.min(this.proposals.oldestOpenDay ?? Infinity, waits || Infinity, this.unread.askedDay ?? Infinity);
    return asked === Infinity ? undefined : asked;
  }

  private alarm({ seq }: Step, kind: AlarmKind, text: string): void {
    this.alarms.push({ seq, kind, text });
  }
  private forbidden(step: Step): void {
    this.alarm(step, 'rule_broken', 'a step that is not possible here; it changes nothing');
  }
}
