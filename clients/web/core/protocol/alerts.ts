// The deadline that acts (decisions/0023): what follows from a term that was missed. Computed from public headers
// alone, so that the gateway tells whom the directory names, and the reporter sees the same; nobody in the unit has a
// say in it.

import { LegalClock } from '../../generated/rules.ts';
import type { Access } from './access.ts';
import { daysAfter, type Clock } from './calendar.ts';
import { daysUntilFurther, type Directory, type Terms } from './directory.ts';
import type { Day } from './ids.ts';

// One legal term that passed before it was met.
export interface Alert {
  readonly clock: LegalClock;
  readonly dueDay: Day; // told from the day after
  readonly furtherDay: Day; // the first day on which it goes further
  readonly metDay: Day; // met late; 0: still open
}

// Whether it went further: by today, or before it was met.
export const further = ({ metDay, furtherDay }: Alert, today: Day): boolean => (metDay || today) >= furtherDay;

// Acknowledgement first. Nothing where nobody waits for an answer, or once the case is withdrawn. A dispute starts a
// term anew, and its alert with it.
export function alertsOf(access: Access, terms: Terms, today: Day): Alert[] {
  if (access.withdrawn !== undefined || access.milestones.unclocked) return [];
  const { acknowledge, feedback } = access.milestones.clocks(terms);
  const alertOf = (clock: LegalClock, { dueDay, metDay }: Clock): Alert[] =>
    (metDay || today) <= dueDay
      ? []
      : [{ clock, dueDay, furtherDay: daysAfter(dueDay, daysUntilFurther(terms) + 1), metDay }];
  return [...alertOf(LegalClock.acknowledge, acknowledge), ...alertOf(LegalClock.feedback, feedback)];
}

// Whose unit a missed term is told of: that of whoever leads the case, or led it last, or was let in first; 0: nobody
// ever was.
export function unitOf(access: Access, directory: Directory, today: Day): number {
  const given = [...access.grants, ...access.endedGrants.map(({ grant }) => grant)].filter(({ dormant }) => !dormant);
  const first = given.reduce<number>((seq, grant) => Math.min(seq, grant.seq), Infinity);
  // Past its last day a grant stands as it was, its mark with it.
  const led = [
    ...access.endedGrants.map(({ grant, endedDay }) => ({ grant, until: endedDay })),
    ...access.grants.map((grant) => ({ grant, until: grant.lastDay })),
  ]
    .filter(({ grant }) => grant.holder && !grant.dormant)
    .sort((a, b) => a.until - b.until)
    .at(-1)?.grant.memberId;
  const member = access.holder(today) ?? led ?? given.find(({ seq }) => seq === first)?.memberId;
  return (member && directory.person(member)?.unitId) ?? 0;
}
