// From what the core knows to what the screens show: directory and case, without keys and bytes.
import { caseKindName, caseStateName, Role } from '../generated/rules.ts';
import { fold } from '../core/case_state.ts';
import type { OpenedCase } from '../core/case_log.ts';
import { keyChangedDay } from '../core/changed_key.ts';
import { toHex } from '../core/crypto/bytes.ts';
import { handleWords } from '../core/names.ts';
import type { Directory, Person as CorePerson } from '../core/protocol/directory.ts';
import { isGone } from '../core/protocol/directory.ts';
import type { Clock as CoreClock } from '../core/protocol/calendar.ts';
import type { Met } from '../core/protocol/milestones.ts';
import type { Presence } from '../core/protocol/availability.ts';
import type { Day, MemberId } from '../core/protocol/ids.ts';
import { mayBeChosen, readsSignals } from '../core/readers.ts';
import { compartments_of, or_null, lead_view } from './lead_view.ts';
import type { AtWork, CaseKind, CaseState, CaseView, Clock, Colleague, Organisation, Person, Seat } from './session.ts';
import { names_in, rows_of, written_by } from './timeline_view.ts';

const kSeats: Readonly<Partial<Record<Role, Seat>>> = {
  [Role.adviser]: 'adviser',
  [Role.stand_in]: 'adviser',
  [Role.triage]: 'triage',
  [Role.triage_chair]: 'triage',
  [Role.coordinator]: 'coordinator',
};

function colleague_of(person: CorePerson, directory: Directory): Colleague {
  const { memberId, name, unitId, role } = person;
  const unit = directory.unit(unitId)?.name ?? '';
  const key_changed_day = or_null(keyChangedDay(person));
  return { id: toHex(memberId), name, unit_id: unitId, unit, seat: kSeats[role] ?? 'other', key_changed_day };
}

function person_of(person: CorePerson, directory: Directory): Person {
  const { languages, line, role } = person;
  return {
    ...colleague_of(person, directory),
    languages,
    line,
    stand_in: role === Role.stand_in,
  };
}

export function organisation_of(directory: Directory, today: Day): Organisation {
  const { name, units, people, terms, reviewDay } = directory.content;
  const here = people.filter((person) => !isGone(person, today));
  const as_shown = (person: CorePerson): Person => person_of(person, directory);
  return {
    name,
    fingerprint: toHex(directory.service),
    units,
    advisers: here.filter((one) => mayBeChosen(one) && one.role !== Role.coordinator).map(as_shown),
    signal_readers: here.filter(readsSignals).map(as_shown),
    people: here.map((person) => colleague_of(person, directory)),
    acknowledge_days: terms.acknowledgeDays,
    review_overdue: today > reviewDay,
    text: (key, language) => directory.text(key, language),
  };
}

// Whoever may be chosen, or stand in.
export const may_read = (directory: Directory, today: Day): MemberId[] =>
  directory.content.people.filter((one) => !isGone(one, today) && mayBeChosen(one)).map(({ memberId }) => memberId);

export function at_work(presences: ReadonlyMap<string, Presence>, directory: Directory): Map<string, AtWork> {
  const name_of = (id: MemberId | undefined): string => (id && directory.person(id)?.name) ?? '';
  const shown = ({ workingDays, awayUntilDay, standIn }: Presence): AtWork =>
    ({ days: workingDays, away_until: awayUntilDay, stand_in: name_of(standIn) });
  return new Map([...presences].map(([id, presence]) => [id, shown(presence)]));
}

const clock_of = ({ dueDay, metDay }: CoreClock, { seq }: Met): Clock => ({
  due_day: dueDay,
  met_day: or_null(metDay),
  met_by: or_null(seq),
});

export function case_view(opened: OpenedCase, directory: Directory, today: Day, complaint: boolean): CaseView {
  const state = fold(opened, directory);
  const { milestones } = opened.access;
  const { acknowledge, feedback } = state.clocks;
  const clocks = {
    acknowledge: clock_of(acknowledge, milestones.acknowledged),
    feedback: clock_of(feedback, milestones.feedback),
  };
  return {
    handle_words: handleWords(opened.chain.handle),
    kind: state.kind === undefined ? null : (caseKindName(state.kind) as CaseKind),
    state: state.state === undefined ? null : (caseStateName(state.state) as CaseState),
    day_opened: state.dayOpened,
    today,
    urgent: state.urgent,
    waiting_for: state.waitingFor,
    clocks: state.clocked ? clocks : null,
    rows: rows_of(opened, directory, complaint),
    access: opened.access.grants.map((grant) => ({
      id: toHex(grant.memberId),
      name: names_in(directory)(grant.memberId),
      compartments: compartments_of([...new Set(grant.keys.map(({ compartment }) => compartment))]),
      since_day: grant.sinceDay,
      last_day: or_null(grant.lastDay),
      dormant: grant.dormant,
      stands_in_for: grant.dormant ? names_in(directory)(grant.standsInFor) : '',
      holder: grant.holder,
    })),
    ...lead_view(opened, state, directory, today),
    alarms: state.alarms
      .map(({ seq, kind }) => ({ ...written_by(opened.entries[seq]!), kind }))
      .sort((a, b) => b.seq - a.seq),
  };
}
