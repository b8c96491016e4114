// The inbox as a list: order, filters, search.
import { expect, test } from 'vitest';
import { CaseState, Compartment } from '../../generated/rules.ts';
import type { Papers } from '../../core/desk/papers.ts';
import { fold } from '../../core/case_state.ts';
import { Digest } from '../../core/crypto/hash.ts';
import { Handle } from '../../core/protocol/ids.ts';
import type { InboxItem } from '../../core/protocol/operations.ts';
import { begin_of, brief_of, comes_first, count_of, due_of, folded, is_due, is_urgent, row_of, shows_less, talks_in, unread_of, wanted, type Brief, type Row } from '../../desk/inbox.ts';
import { LeadTest } from '../lead/fixture.ts';
import { fixed } from '../support.ts';

const kToday = 20_000;
const kTerms = { acknowledgeDays: 7, feedbackMonths: 3, retentionDays: 730, silenceDays: 60, furtherDays: 14 };

function item(number: number, change: Partial<InboxItem> = {}): InboxItem {
  return {
    handle: fixed(Handle, number.toString(16).padStart(8, '0').padEnd(64, '0')),
    headSeq: 4, headHash: Digest.zeros(), openedDay: kToday - 1, headDay: kToday, acknowledgedDay: 0, feedbackDay: 0, outcomeDay: 0,
    urgent: false, lastByOwner: true, unclocked: false, dormant: false, acknowledgeDueDay: 0, feedbackDueDay: 0, holder: true, standsInFor: undefined,
    ...change,
  };
}
const row = (number: number, change: Partial<InboxItem> = {}, brief: Partial<Brief> = {}): Row => ({
  ...row_of(item(number, change), kTerms, kToday),
  brief: Object.keys(brief).length === 0 ? null : { ...kBrief, ...brief },
});
const kBrief: Brief = {
  head_seq: 4, kind: undefined, state: CaseState.active, waiting_for: 'adviser', urgent: false, others: [], questions: 0, alarms: 0, text: '', first_line: '',
};
const kNoPapers: Papers = new Map();
const kAll = { filter: 'open', query: '', label: '' } as const;

test('urgent comes first, then what is due, then whose turn it is, and what is over last', () => {
  const over = row(1, { openedDay: kToday - 90, outcomeDay: kToday - 2, urgent: true });
  const late = row(2, { openedDay: kToday - 20 });
  const soon = row(3, { openedDay: kToday - 3 });
  const urgent = row(4, { urgent: true });
  const feedback = row(5, { openedDay: kToday - 60, acknowledgedDay: kToday - 59 });
  const theirs = row(6, { openedDay: kToday - 3, lastByOwner: false });
  const order = [over, theirs, feedback, soon, urgent, late].sort(comes_first);
  expect(order).toEqual([urgent, late, soon, theirs, feedback, over]);
});

test('what was urgent and answered stands where it is due, and says so no more', () => {
  const answered = row(1, { openedDay: kToday - 90, acknowledgedDay: kToday - 89, urgent: true, lastByOwner: false });
  const lapsed = row(2, { openedDay: kToday - 120, acknowledgedDay: kToday - 119 });
  const tonight = row(3, { urgent: true });
  expect([answered, lapsed, tonight].sort(comes_first)).toEqual([tonight, lapsed, answered]);
  expect([answered, lapsed, tonight].map(is_urgent)).toEqual([false, false, true]);
});

test('a word that was not urgent, after one that was and was answered, is not urgent: opening the case tells', () => {
  const thanks = { openedDay: kToday - 90, acknowledgedDay: kToday - 89, urgent: true };
  expect(is_urgent(row(1, thanks)), 'as the headers have it').toBe(true);
  expect(is_urgent(row(1, thanks, { urgent: false }))).toBe(false);
  expect(is_urgent(row(1, { ...thanks, headSeq: 5 }, { urgent: false, head_seq: 4 })), 'not opened since').toBe(true);
  expect(is_urgent(row(1, { ...thanks, headSeq: 5, lastByOwner: false }, { urgent: true, head_seq: 4 }))).toBe(false);
  expect(is_urgent(row(1, thanks, { urgent: true, state: CaseState.withdrawn }))).toBe(false);
});

test('a case that is not right is found under a filter of its own, open or closed', () => {
  const fine = row(1);
  const alarms = row(2, { outcomeDay: kToday - 5 }, { alarms: 1, state: CaseState.closed });
  const broken: Row = { ...row(3), trouble: 'verification' };
  const less = row(4);
  const papers: Papers = new Map([[less.key, { labels: [], belongsWith: [], readSeq: 5 }]]);
  const rows = [fine, alarms, broken, less];
  expect(wanted(rows, papers, { ...kAll, filter: 'wrong' })).toEqual([alarms, broken, less]);
  expect(count_of(rows, papers, 'wrong')).toBe(3);
  expect(count_of([fine], papers, 'wrong')).toBe(0);
});

test('the day a term ends is not late, the day after is', () => {
  expect(due_of(item(1, { openedDay: kToday - 7 }), kTerms, kToday)).toEqual({ clock: 'acknowledge', day: kToday, late: false });
  expect(due_of(item(1, { openedDay: kToday - 8 }), kTerms, kToday)?.late).toBe(true);
  expect(due_of(item(1, { unclocked: true }), kTerms, kToday)).toBeNull();
  const disputed = item(1, { acknowledgedDay: kToday - 9, acknowledgeDueDay: kToday - 1 });
  expect(due_of(disputed, kTerms, kToday), 'a dispute starts a term anew').toEqual({ clock: 'acknowledge', day: kToday - 1, late: true });
});

test('what opening a case told goes before what its headers show', () => {
  const reopened = row(1, { outcomeDay: kToday - 5 }, { state: CaseState.active });
  expect(wanted([reopened], kNoPapers, kAll)).toEqual([reopened]);
  expect(count_of([reopened], kNoPapers, 'closed')).toBe(0);
});

test('a search finds folded words in every case, and all of them must be there', () => {
  const rows = [row(1, { outcomeDay: kToday }, { text: folded('Een Mêlée bij de briefing'), state: CaseState.closed }), row(2, {}, { text: 'briefing' })];
  const find = (query: string): readonly Row[] => wanted(rows, kNoPapers, { ...kAll, query });
  expect(find('MELEE')).toEqual([rows[0]]);
  expect(find('briefing')).toEqual(rows);
  expect(find('briefing melee')).toEqual([rows[0]]);
  expect(find('nergens')).toEqual([]);
  expect(find(rows[1]!.name)).toEqual([rows[1]]);
});

test('a story’s beginning is cut between words, and never through a letter', () => {
  expect(begin_of('Kort.')).toBe('Kort.');
  expect(begin_of('woord '.repeat(40))).toMatch(/^(woord )+woord…$/);
  expect(begin_of('😀'.repeat(200))).toBe(`${'😀'.repeat(90)}…`);
});

test('a gateway that shows less than was read before is noticed', () => {
  expect([shows_less(row(1)), shows_less(row(1), 4), shows_less(row(1), 5)]).toEqual([false, false, true]);
});

test('a label narrows what is shown, and is found by its own words', () => {
  const rows = [row(1), row(2)];
  const papers: Papers = new Map([[rows[0]!.key, { labels: ['Team Zuid'], belongsWith: [], readSeq: 0 }]]);
  expect(wanted(rows, papers, { ...kAll, label: 'Team Zuid' })).toEqual([rows[0]]);
  expect(wanted(rows, papers, { ...kAll, query: 'zuid' })).toEqual([rows[0]]);
});

test('unread is what came from somebody else after what was read', () => {
  const rows = [row(1, { lastByOwner: true }), row(2, { lastByOwner: false })];
  expect(count_of(rows, kNoPapers, 'unread')).toBe(1);
  const read: Papers = new Map([[rows[0]!.key, { labels: [], belongsWith: [], readSeq: 4 }]]);
  expect(count_of(rows, read, 'unread')).toBe(0);
  const opened = row(3, {}, { others: [2, 5, 9] });
  expect([unread_of(opened), unread_of(opened, 5), unread_of(opened, 9)]).toEqual([3, 1, 0]);
});

test('a case that was opened again stands where it is due, and an urgent one on top', () => {
  const reopened = { outcomeDay: kToday - 5, acknowledgedDay: kToday - 40, feedbackDay: kToday - 5 };
  const over = row(1, reopened, { state: CaseState.closed });
  const again = row(2, reopened, { state: CaseState.active });
  const hot = row(3, { ...reopened, urgent: true }, { state: CaseState.active, urgent: true });
  const due = row(4, { openedDay: kToday - 3 });
  expect([over, again, due, hot].sort(comes_first)).toEqual([hot, due, again, over]);
  const disputed = row(5, { acknowledgeDueDay: kToday - 1 }, { state: CaseState.closed });
  expect([over, due, disputed].sort(comes_first), 'a term that runs again is no end').toEqual([disputed, due, over]);
});

test('a case that was withdrawn has no term, is not overdue, and stands last', () => {
  const withdrawn = row(1, { openedDay: kToday - 30 }, { state: CaseState.withdrawn, waiting_for: 'nobody' });
  const open = row(2, { openedDay: kToday - 2 });
  expect(withdrawn.due?.late).toBe(true); // as the headers alone would have it
  expect(is_due(withdrawn)).toBeNull();
  expect(count_of([withdrawn, open], kNoPapers, 'late')).toBe(0);
  expect([withdrawn, open].sort(comes_first)).toEqual([open, withdrawn]);
});

test('what waits for the adviser waits for nobody who is not in the conversation', async () => {
  const it = await LeadTest.open();
  const opened = await it.opened(it.member('mieke'));
  const state = fold(opened, it.directory);
  const me = it.member('mieke').signingKey.publicKey;
  const waits = (talks: boolean) => brief_of(opened, state, me, talks, Compartment.identity).waiting_for;
  expect([waits(true), waits(false)]).toEqual(['adviser', 'others']);
  const committee = row(1, {}, { waiting_for: 'others' });
  expect([count_of([committee], kNoPapers, 'mine'), count_of([committee], kNoPapers, 'open')]).toEqual([0, 1]);
  expect(talks_in(opened, it.id('mieke'), it.day)).toBe(true);
  expect(talks_in(opened, it.id('ilse'), it.day)).toBe(false);
});
