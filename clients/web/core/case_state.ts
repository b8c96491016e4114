// From an opened log to what people see: a pure function, written once per language, with shared vectors.

import {
  CaseState as State,
  Compartment,
  EventKind,
  kTransitions,
  Milestone,
  type CaseKind,
  type Transition,
} from '../generated/rules.ts';
import { equal } from './crypto/bytes.ts';
import type { Alarm, OpenedCase, OpenedEntry } from './case_log.ts';
import type { Event } from './event.ts';
import type { LiveGrant } from './protocol/access.ts';
import { clocks, type Clocks } from './protocol/calendar.ts';
import type { Directory } from './protocol/directory.ts';
import type { Event as EventFields, Header } from './protocol/entry.ts';
import type { Day, MemberId } from './protocol/ids.ts';

// Who is let in, since when, to what.
export interface AccessRow {
  readonly memberId: MemberId;
  readonly name: string;
  readonly compartments: readonly Compartment[];
  readonly sinceDay: Day;
  readonly dormant: boolean;
  readonly holder: boolean;
}

export type WaitingFor = 'nobody' | 'adviser' | 'reporter';

export interface CaseState {
  readonly kind: CaseKind | undefined; // nothing when this keyholder can't read `talk`
  readonly state: State;
  readonly dayOpened: Day;
  readonly urgent: boolean;
  readonly waitingFor: WaitingFor;
  readonly clocks: Clocks;
  readonly clocked: boolean;
  readonly access: readonly AccessRow[];
  readonly alarms: readonly Alarm[]; // of the log, and of steps the table of states forbids
}

// Entries that do not count are skipped; an event this keyholder can't read changes only what its header shows.
export function fold(opened: OpenedCase, directory: Directory): CaseState {
  return new Folder(opened).fold(directory);
}

// Whether a member may take this step now: asked before it is sent, so that the person hears it first.
export function maySet(state: CaseState, wanted: State): boolean {
  return rowFor(EventKind.status, false, state)?.to.includes(wanted) ?? false;
}
export function mayClose(state: CaseState): boolean {
  return rowFor(EventKind.outcome, false, state) !== undefined;
}

// The table's row for this step, if it stands there (proto/rules/case.toml).
function rowFor(
  event: EventKind,
  byOwner: boolean,
  { state, kind }: Pick<CaseState, 'state' | 'kind'>,
): Transition | undefined {
  if (kind === undefined) return undefined;
  return kTransitions.find(
    (row) => row.event === event && row.byOwner === byOwner && row.from.includes(state) && row.kinds.includes(kind),
  );
}

class Folder {
  private kind: CaseKind | undefined;
  private state: State = State.opened;
  private dayOpened: Day = 0;
  private urgent = false;
  private waitingFor: WaitingFor = 'adviser';
  private acknowledged: Day = 0;
  private feedback: Day = 0;
  private readonly alarms: Alarm[];

  constructor(private readonly opened: OpenedCase) {
    this.alarms = [...opened.alarms];
  }

  fold(directory: Directory): CaseState {
    for (const entry of this.opened.entries) if (entry.counts) this.take(entry);
    const { kind, state, dayOpened, urgent, waitingFor, alarms } = this;
    return {
      kind,
      state,
      dayOpened,
      urgent,
      waitingFor,
      clocks: clocks(directory.content.terms, dayOpened, this.acknowledged, this.feedback),
      clocked: !this.opened.access.opening.unclocked,
      access: this.opened.access.grants.map((grant) => rowOf(grant, directory)),
      alarms,
    };
  }

  private take({ entry: { header }, event }: OpenedEntry): void {
    if (header.fields.kind === 'open') this.dayOpened = header.day;
    if (header.fields.kind !== 'event') return;
    const byOwner = equal(header.author, this.opened.access.owner);
    this.takeHeader(header.fields, header.day, byOwner);
    if (event && header.fields.compartment === Compartment.talk) this.takeEvent(header, event, byOwner);
  }

  // What the gateway sees too: milestones, urgency, whose turn it is.
  private takeHeader({ milestone, urgent, compartment }: EventFields, day: Day, byOwner: boolean): void {
    if (milestone !== Milestone.none && this.acknowledged === 0) this.acknowledged = day;
    if ((milestone === Milestone.feedback || milestone === Milestone.outcome) && this.feedback === 0)
      this.feedback = day;
    if (urgent) this.urgent = true;
    if (compartment === Compartment.talk) this.waitingFor = byOwner ? 'adviser' : 'reporter';
  }

  private takeEvent(header: Header, event: Event, byOwner: boolean): void {
    switch (event.kind) {
      case 'opening':
        if (this.kind !== undefined || !byOwner) this.forbidden(header);
        else this.kind = event.caseKind;
        return;
      case 'message': return this.step(header, EventKind.message, byOwner);
      case 'status': return this.step(header, EventKind.status, byOwner, event.state);
      case 'outcome': return this.step(header, EventKind.outcome, byOwner);
      default:
    }
  }

  // `wanted`: the state a status event names. A message that the table does not list changes no state; anything else
  // that it does not list is a breach.
  private step(header: Header, event: EventKind, byOwner: boolean, wanted?: State): void {
    if (this.kind === undefined) return this.forbidden(header);
    const row = rowFor(event, byOwner, { state: this.state, kind: this.kind });
    const next = row?.to.find((state) => wanted === undefined || state === wanted);
    if (next === undefined) {
      if (row !== undefined || event !== EventKind.message) this.forbidden(header);
      return;
    }
    this.state = next;
    if (next === State.closed) this.waitingFor = 'nobody';
  }

  private forbidden(header: Header): void {
    this.alarms.push({
      seq: header.seq,
      kind: 'rule_broken',
      text: 'a step that is not possible here; it changes nothing',
    });
  }
}

function rowOf(grant: LiveGrant, directory: Directory): AccessRow {
  const { memberId, sinceDay, dormant, holder } = grant;
  const name = directory.person(memberId)?.name ?? 'unknown';
  const compartments = [...new Set(grant.keys.map((key) => key.compartment))];
  return { memberId, name, compartments, sinceDay, dormant, holder };
}
