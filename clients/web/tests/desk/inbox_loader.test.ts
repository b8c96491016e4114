// One look at the inbox: everything that waits for this person, asked for once.
import { expect, test } from 'vitest';
import type { FetchedInbox } from '../../core/fetch.ts';
import type { InboxItem } from '../../core/protocol/operations.ts';
import { Handle } from '../../core/protocol/ids.ts';
import { SessionError, type ErrorKind } from '../../page/session_error.ts';
import type { Row } from '../../desk/inbox.ts';
import { InboxLoader } from '../../desk/inbox_loader.ts';
import type { DeskSession } from '../../desk/session.ts';
import { fixed } from '../support.ts';

const late = { standsInFor: new Uint8Array(16) } as unknown as InboxItem;

// A gateway's answers, in turn, to whoever asks for an inbox.
function at_a_desk(...answers: readonly (() => Promise<FetchedInbox>)[]) {
  let asked = 0;
  let trouble: ErrorKind = 'defect';
  const session = {
    fetch: async () => Promise.reject(new SessionError(trouble, 'by the test')),
    inbox: () => answers[asked++]!(),
    directory: { content: { terms: {} } },
    today: 20_000,
  } as unknown as DeskSession;
  const seen: { overdue: readonly InboxItem[]; rows: readonly Row[] } = { overdue: [], rows: [] };
  const loader = new InboxLoader(session, {
    rows: () => seen.rows,
    set_rows: (rows) => (seen.rows = rows),
    set_overdue: (items) => (seen.overdue = items),
  });
  return { loader, seen, asked: () => asked, breaks: (now: ErrorKind) => void (trouble = now) };
}

test('what may be taken over comes with the same answer as the cases', async () => {
  const { loader, seen, asked } = at_a_desk(async () => ({ cases: [], toTakeOver: [late] }));
  await loader.refresh();
  expect(seen.overdue).toEqual([late]);
  expect(asked()).toBe(1);
});

test('an answer that comes after the lock shows nothing', async () => {
  let answer!: (inbox: FetchedInbox) => void;
  const { loader, seen } = at_a_desk(() => new Promise((done) => (answer = done)));
  const looked = loader.refresh();
  loader.stop();
  answer({ cases: [], toTakeOver: [late] });
  await looked;
  expect(seen.overdue).toEqual([]);
});

const kItem = { handle: fixed(Handle, '07'.repeat(32)), headSeq: 3, unclocked: true, outcomeDay: 0, openedDay: 19_999 } as unknown as InboxItem;
const soon = (): Promise<void> => new Promise((done) => setTimeout(done, 5));

test('a line that was cut says nothing about a case: it is opened at the next look', async () => {
  const inbox = async () => ({ cases: [kItem], toTakeOver: [] });
  const { loader, seen, breaks } = at_a_desk(inbox, inbox, inbox);
  breaks('unreachable');
  await loader.refresh();
  await soon();
  expect(seen.rows.map(({ brief, trouble }) => [brief, trouble])).toEqual([[null, null]]);
  breaks('verification');
  await loader.refresh();
  await soon();
  expect(seen.rows[0]!.trouble).toBe('verification');
  breaks('unreachable');
  await loader.refresh();
  expect(seen.rows[0]!.trouble, 'until it opens').toBe('verification');
});
