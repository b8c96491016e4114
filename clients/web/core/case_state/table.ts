// The table of states × events × roles, per kind of case (proto/rules/case.toml), as a function.
//
// States and kinds are sets (masks of bit()): a keyholder who can't read all of `talk` knows only where a case may
// stand. For one who reads everything each set has one member.

import {
  bit,
  caseKindOf,
  CaseState as State,
  caseStateOf,
  compartmentOf,
  EntryKind,
  kEventRules,
  kTransitions,
  Need,
  type CaseKind,
  type Compartment,
  type EventKind,
  type EventRule,
  type StepRole,
  type Transition,
} from '../../generated/rules.ts';

// One step, as far as the table tells steps apart.
export interface Move {
  readonly entry: EntryKind;
  readonly event: EventKind | 0; // of an event
  readonly role: StepRole;
  readonly wanted?: State | undefined; // the state that a status names
}

// States in which a case waits for nobody any more.
export const kOver = bit(State.closed) | bit(State.withdrawn);

export const kEveryNeed = -1;

// Where one row leads from these states; 0 when it does not apply.
function landOn(row: Transition, { wanted }: Move, from: number): number {
  const hit = row.from & from;
  if (hit === 0 || row.to === 0) return hit;
  if (wanted === undefined) return row.to;
  return caseStateOf(wanted) === undefined ? 0 : row.to & bit(wanted);
}

// Where the case may stand after the move; 0 when no row lets it. `needsMet`: a mask of Need (`none` is always met).
export function land(move: Move, kinds: number, from: number, needsMet: number): number {
  const met = needsMet | bit(Need.none);
  let states = 0;
  for (const row of kTransitions)
    if (
      row.entry === move.entry && row.event === move.event && (row.by & bit(move.role)) !== 0 &&
      (row.kinds & kinds) !== 0 && (row.needs & ~met) === 0
    )
      states |= landOn(row, move, from);
  return states;
}

// The same for an event that can't be read: any that may stand in this compartment. Where none may, `from`.
export function landUnread(compartment: Compartment, role: StepRole, kinds: number, from: number, needsMet: number): number {
  if (compartmentOf(compartment) === undefined) return from;
  let states = 0;
  for (const { event, compartments } of kEventRules)
    if ((compartments & bit(compartment)) !== 0)
      states |= land({ entry: EntryKind.event, event, role }, kinds, from, needsMet);
  return states === 0 ? from : states;
}

// Nothing for an event of a newer version.
export const ruleOf = (event: EventKind): EventRule | undefined => kRules.get(event);
const kRules = new Map(kEventRules.map((rule) => [rule.event, rule]));

// Whether entries of this kind stand in the table by themselves.
export const movesACase = (entry: EntryKind): boolean => kMoving.has(entry);
const kMoving: ReadonlySet<EntryKind> = new Set(
  kTransitions.map((row) => row.entry).filter((entry) => entry !== EntryKind.event),
);

// The one member of a set; nothing when there are more, or none at all.
function only(set: number): number | undefined {
  return set !== 0 && (set & (set - 1)) === 0 ? 31 - Math.clz32(set) : undefined;
}
export function onlyState(states: number): State | undefined {
  const state = only(states);
  return state === undefined ? undefined : caseStateOf(state);
}
export function onlyKind(kinds: number): CaseKind | undefined {
  const kind = only(kinds);
  return kind === undefined ? undefined : caseKindOf(kind);
}
