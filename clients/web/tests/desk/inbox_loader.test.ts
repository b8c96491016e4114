// One look at the inbox: everything that waits for this person, asked for once.
import { expect, test } from 'vitest';
import type { FetchedInbox } from '../../core/fetch.ts';
import type { InboxItem } from '../../core/protocol/operations.ts';
import type { Row } from '../../desk/inbox.ts';
import { InboxLoader } from '../../desk/inbox_loader.ts';
import type { DeskSession } from '../../desk/session.ts';

const late = { standsInFor: new Uint8Array(16) } as unknown as InboxItem;

// A gateway's answers, in turn, to whoever asks for an inbox.
function at_a_desk(...answers: readonly (() => Promise<FetchedInbox>)[]) {
  let asked = 0;
  const session = {
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
  return { loader, seen, asked: () => asked };
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
