// From what the core knows to what the screens show: directory and case, without keys and bytes.
import { filesOf, shownName, type FoundFile } from '../core/attached_files.ts';
import {
  CaseState as State,
  caseKindName,
  caseStateName,
  compartmentName,
  leadName,
  Role,
  wantName,
} from '../generated/rules.ts';
import { fold } from '../core/case_state.ts';
import type { OpenedCase, OpenedEntry } from '../core/case_log.ts';
import { toHex } from '../core/crypto/bytes.ts';
import { handleWords } from '../core/names.ts';
import type { Directory, Person as CorePerson } from '../core/protocol/directory.ts';
import { isGone } from '../core/protocol/directory.ts';
import type { Clock as CoreClock } from '../core/protocol/calendar.ts';
import type { Day } from '../core/protocol/ids.ts';
import { mayBeChosen, readsSignals } from '../core/readers.ts';
import type {
  CaseKind,
  CaseState,
  CaseView,
  Clock,
  Compartment,
  Lead,
  Organisation,
  Person,
  RowContent,
  TimelineRow,
  Want,
} from './session.ts';

function person_of(person: CorePerson, directory: Directory): Person {
  const { memberId, name, unitId, languages, line, role, signingKeys } = person;
  const newest = signingKeys.at(-1)!;
  const changed = signingKeys.length > 1 && newest.signedByPrevious === undefined;
  return {
    id: toHex(memberId),
    name,
    unit_id: unitId,
    unit: directory.unit(unitId)?.name ?? '',
    languages,
    line,
    stand_in: role === Role.stand_in,
    key_changed_day: changed ? newest.fromDay : null,
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
    acknowledge_days: terms.acknowledgeDays,
    feedback_months: terms.feedbackMonths,
    review_overdue: today > reviewDay,
    text: (key, language) => directory.text(key, language),
  };
}

function content_of({ entry, event }: OpenedEntry, directory: Directory, found: readonly FoundFile[]): RowContent | null {
  const { fields } = entry.header;
  if (fields.kind === 'open') return { kind: 'open' };
  if (fields.kind === 'grant') {
    const names = fields.members.map(({ memberId }) => directory.person(memberId)?.name ?? '?');
    return { kind: 'grant', names, dormant: fields.dormant };
  }
  if (fields.kind === 'purge') return { kind: 'purged', days: fields.days };
  if (fields.kind !== 'event') return { kind: 'unknown' };
  switch (event?.kind) {
    case undefined:
      return null; // not the reporter's to read, or an alarm says what is wrong with it
    case 'opening':
      return {
        kind: 'opening',
        case_kind: caseKindName(event.caseKind) as CaseKind,
        wants: event.wants.map((want) => wantName(want) as Want),
        lead: leadName(event.lead) as Lead,
      };
    case 'report': {
      const answers = event.answers.map((answer) => answer.text);
      const compartment = compartmentName(fields.compartment) as Compartment;
      return { kind: 'report', compartment, text: [event.text, ...answers].join('\n\n') };
    }
    case 'message':
      return { kind: 'message', text: event.text, urgent: fields.urgent };
    case 'status':
      return { kind: 'status', state: caseStateName(event.state) as CaseState, text: event.text };
    case 'outcome':
      return { kind: 'outcome', text: event.text, reason: event.reason };
    case 'attachment': {
      const here = found.filter((one) => one.entry.entry.header.seq === entry.header.seq);
      return {
        kind: 'files',
        files: here.map(({ number, file }) => ({
          number,
          name: shownName(file),
          media_type: file.mediaType,
          size: file.size,
        })),
      };
    }
    default:
      return { kind: 'unknown' }; // what this app has no words for yet
  }
}

function row_of(opened: OpenedEntry, directory: Directory, found: readonly FoundFile[]): TimelineRow | null {
  const content = content_of(opened, directory, found);
  if (!content) return null;
  const { seq, day } = opened.entry.header;
  const mine = opened.author === 'reporter';
  return { seq: Number(seq), day, mine, author: mine ? '' : opened.author, counts: opened.counts, content };
}

const clock_of = ({ dueDay, metDay }: CoreClock): Clock => ({
  due_day: dueDay,
  met_day: metDay === 0 ? null : metDay,
});

export function case_view(opened: OpenedCase, directory: Directory, today: Day): CaseView {
  const state = fold(opened, directory);
  const found = filesOf(opened);
  const { acknowledge, feedback } = state.clocks;
  return {
    handle_words: handleWords(opened.chain.handle),
    kind: state.kind === undefined ? null : (caseKindName(state.kind) as CaseKind),
    state: caseStateName(state.state ?? State.opened) as CaseState,
    day_opened: state.dayOpened,
    today,
    urgent: state.urgent,
    waiting_for: state.waitingFor,
    clocks: state.clocked ? { acknowledge: clock_of(acknowledge), feedback: clock_of(feedback) } : null,
    rows: opened.entries.map((entry) => row_of(entry, directory, found)).filter((row) => row !== null),
    access: state.access.map((row) => ({
      name: row.name,
      compartments: row.compartments.map((one) => compartmentName(one) as Compartment),
      since_day: row.sinceDay,
      dormant: row.dormant,
      holder: row.holder,
    })),
    alarms: state.alarms.map(({ seq, kind }) => ({ seq: Number(seq), kind })),
  };
}
