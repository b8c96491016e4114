// The inbox as a list: what is due first, what is urgent and not answered on top. Pure: everything here follows from
// what it is given.
import { bit, CaseState as State, Compartment } from '../generated/rules.ts';
import type { OpenedCase } from '../core/case_log.ts';
import { kOver, type CaseState, type WaitingFor } from '../core/case_state.ts';
import { equal, toHex } from '../core/crypto/bytes.ts';
import { urgentWaits } from '../core/desk/last_word.ts';
import type { CasePapers, Papers } from '../core/desk/papers.ts';
import type { Event } from '../core/event.ts';
import { handleWords } from '../core/names.ts';
import { clocks, overdue } from '../core/protocol/calendar.ts';
import type { Terms } from '../core/protocol/directory.ts';
import type { Day, MemberId } from '../core/protocol/ids.ts';
import type { InboxItem } from '../core/protocol/operations.ts';
import type { SigningPublicKey } from '../core/crypto/signature.ts';
import type { ErrorKind } from '../page/session_error.ts';

// The next legal term of a case, as the headers show it.
export interface Due {
  readonly clock: 'acknowledge' | 'feedback';
  readonly day: Day;
  readonly late: boolean;
}

// 'others': the advisers in the conversation, of whom this person is none.
export type Waits = WaitingFor | 'others';

// What opening a case told; the case itself is not kept.
export interface Brief {
  readonly head_seq: number;
  readonly kind: CaseState['kind'];
  readonly state: CaseState['state'];
  readonly waiting_for: Waits;
  readonly urgent: boolean; // and not answered
  readonly others: readonly number[]; // entries of somebody else's since this person wrote last, by number
  readonly questions: number; // proposals that wait for an answer
  readonly alarms: number;
  readonly text: string; // everything readable, folded for the search
  readonly first_line: string; // how the story begins
}

export interface Row {
  readonly key: string; // the handle in hexadecimal
  readonly name: string; // the handle in words
  readonly item: InboxItem;
  readonly due: Due | null;
  readonly brief: Brief | null; // nothing: not opened yet
  readonly trouble: ErrorKind | null; // it did not open
}

// As the gateway counts it, disputes included; from the days of the headers where it does not say.
export function due_of(item: InboxItem, terms: Terms, today: Day): Due | null {
  if (item.unclocked || item.outcomeDay !== 0) return null;
  const { acknowledgeDueDay, feedbackDueDay } = item;
  if (acknowledgeDueDay !== 0) return { clock: 'acknowledge', day: acknowledgeDueDay, late: today > acknowledgeDueDay };
  if (feedbackDueDay !== 0) return { clock: 'feedback', day: feedbackDueDay, late: today > feedbackDueDay };
  const { acknowledge, feedback } = clocks(terms, item.openedDay, item.acknowledgedDay, item.feedbackDay);
  if (acknowledge.metDay === 0) return { clock: 'acknowledge', day: acknowledge.dueDay, late: overdue(acknowledge, today) };
  if (feedback.metDay === 0) return { clock: 'feedback', day: feedback.dueDay, late: overdue(feedback, today) };
  return null;
}

export function row_of(item: InboxItem, terms: Terms, today: Day, before?: Row): Row {
  const key = toHex(item.handle);
  const name = before?.name ?? handleWords(item.handle);
  return { key, name, item, due: due_of(item, terms, today), brief: before?.brief ?? null, trouble: null };
}

// A case that was withdrawn has no term, though the gateway goes on counting; only opening it tells.
export const is_due = ({ due, brief }: Row): Due | null => (brief?.state === State.withdrawn ? null : due);

const is_over = (row: Row): boolean => is_closed(row) && is_due(row) === null;

// Only while the reporter's word waits for an answer: a case stays marked as urgent for good. Which word that was, only
// opening the case tells.
export function is_urgent(row: Row): boolean {
  const { item, brief } = row;
  const urgent = brief?.head_seq === item.headSeq ? brief.urgent : item.urgent && item.lastByOwner;
  return urgent && !is_over(row);
}

// Urgent and not answered, what is due, whose turn it is, what is oldest: in that order.
export function comes_first(a: Row, b: Row): number {
  const over = (row: Row): number => Number(is_over(row));
  const hot = (row: Row): number => Number(!is_urgent(row));
  const due = (row: Row): number => is_due(row)?.day ?? Infinity;
  const mine = ({ item }: Row): number => (item.lastByOwner ? 0 : 1);
  return (
    over(a) - over(b) ||
    hot(a) - hot(b) ||
    compare(due(a), due(b)) ||
    mine(a) - mine(b) ||
    a.item.openedDay - b.item.openedDay ||
    compare(a.key, b.key)
  );
}
const compare = <T>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

export const kFilters = ['open', 'mine', 'unread', 'reporter', 'late', 'closed', 'wrong'] as const;
export type Filter = (typeof kFilters)[number];

export const is_closed = ({ item, brief }: Row): boolean =>
  brief?.state === undefined ? item.outcomeDay !== 0 : (bit(brief.state) & kOver) !== 0;
export const waits_for = ({ item, brief }: Row): Waits =>
  brief?.waiting_for ?? (item.outcomeDay !== 0 ? 'nobody' : item.lastByOwner ? 'adviser' : 'reporter');
// How much is new to whoever read as far as `read_seq`; before a case was opened only that something may be.
export const unread_of = ({ item, brief }: Row, read_seq = -1): number =>
  brief ? brief.others.filter((seq) => seq > read_seq).length : Number(item.lastByOwner && item.headSeq > read_seq);

// What was read before and is not there any more: a case may be destroyed, but never gets shorter.
export const shows_less = ({ item }: Row, read_seq = 0): boolean => item.headSeq < read_seq;
// Open or closed: a case that does not check out is not left where nobody looks.
export const is_wrong = (row: Row, read_seq?: number): boolean =>
  (row.brief?.alarms ?? 0) > 0 || row.trouble !== null || shows_less(row, read_seq);

export interface Wish {
  readonly filter: Filter;
  readonly query: string;
  readonly label: string; // empty: any
}

const kFits: Readonly<Record<Filter, (row: Row, paper: CasePapers | undefined) => boolean>> = {
  open: (row) => !is_closed(row),
  mine: (row) => !is_closed(row) && waits_for(row) === 'adviser',
  unread: (row, paper) => unread_of(row, paper?.readSeq) > 0,
  reporter: (row) => !is_closed(row) && waits_for(row) === 'reporter',
  late: (row) => is_due(row)?.late === true,
  closed: is_closed,
  wrong: (row, paper) => is_wrong(row, paper?.readSeq),
};

export function count_of(rows: readonly Row[], papers: Papers, filter: Filter): number {
  return rows.reduce((count, row) => count + Number(kFits[filter](row, papers.get(row.key))), 0);
}

// A search goes over all cases, whatever the filter: somebody who looks for a word does not know where it is.
export function wanted(rows: readonly Row[], papers: Papers, wish: Wish): readonly Row[] {
  const words = folded(wish.query).split(' ').filter((word) => word !== '');
  return rows.filter((row) => {
    const paper = papers.get(row.key);
    if (wish.label !== '' && !paper?.labels.includes(wish.label)) return false;
    if (words.length === 0) return kFits[wish.filter](row, paper);
    const text = `${folded(row.name)} ${folded(paper?.labels.join(' ') ?? '')} ${row.brief?.text ?? ''}`;
    return words.every((word) => text.includes(word));
  });
}

// Small letters without accents: who searches for "melée" also finds "Melee".
export const folded = (text: string): string =>
  text.normalize('NFKD').replace(/\p{Mn}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();

// Everything of an event that somebody may look for.
export function texts_of(event: Event): readonly string[] {
  switch (event.kind) {
    case 'report':
      return [event.text, ...event.answers.map(({ text }) => text)];
    case 'outcome':
    case 'triage':
      return [event.text, event.reason];
    case 'proposal':
      return [event.text, event.summary];
    case 'attachment':
      return event.files.map(({ name }) => name);
    case 'opening':
    case 'retraction':
    case 'identity_opened':
    case 'unknown':
      return [];
    default:
      return [event.text];
  }
}

const kLineLetters = 90;

// As much of a text as one line takes, cut between words where there are some.
export function begin_of(text: string): string {
  const letters = [...text.slice(0, 4 * kLineLetters)];
  if (letters.length <= kLineLetters) return letters.join('');
  const cut = letters.slice(0, kLineLetters).join('');
  return `${cut.slice(0, cut.lastIndexOf(' ') > kLineLetters / 2 ? cut.lastIndexOf(' ') : undefined)}…`;
}

// Whether somebody is in the conversation today; a committee is beside the summary alone.
export const talks_in = ({ access }: OpenedCase, member: MemberId, today: Day): boolean =>
  access.live(member, today).some(({ keys }) => keys.some(({ compartment }) => compartment === Compartment.talk));

// `talks`: whether this person is in the conversation. `hidden`: who the reporter is, which is not searched before it
// was opened on purpose.
export function brief_of(opened: OpenedCase, state: CaseState, me: SigningPublicKey, talks: boolean, hidden: number): Brief {
  const readable = opened.entries.filter(({ entry: { header: { fields } }, event }) =>
    event !== undefined && !(fields.kind === 'event' && fields.compartment === hidden));
  const last_mine = opened.entries.findLast(({ entry }) => equal(entry.header.author, me))?.entry.header.seq ?? -1;
  const others = readable.map(({ entry: { header } }) => header).filter(({ author, seq }) => seq > last_mine && !equal(author, me));
  const story = readable.find(({ event }) => event?.kind === 'report' && event.text !== '')?.event;
  return {
    head_seq: opened.entries.length - 1,
    kind: state.kind,
    state: state.state,
    waiting_for: state.waitingFor === 'adviser' && !talks ? 'others' : state.waitingFor,
    others: others.map(({ seq }) => seq),
    urgent: urgentWaits(opened),
    questions: state.proposals.filter(({ standing }) => standing === 'open').length,
    alarms: state.alarms.length,
    text: folded(readable.flatMap(({ event }) => texts_of(event!)).join(' ')),
    first_line: story?.kind === 'report' ? begin_of(story.text) : '',
  };
}
