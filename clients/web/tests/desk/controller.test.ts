// What arrives late finds the adviser where they are by then.
import { expect, test, vi } from 'vitest';
import { toHex } from '../../core/crypto/bytes.ts';
import { LocalKey } from '../../core/crypto/local_seal.ts';
import type { Person } from '../../core/protocol/directory.ts';
import { Handle } from '../../core/protocol/ids.ts';
import type { InboxItem } from '../../core/protocol/operations.ts';
import type { OpenCase } from '../../desk/open_case.ts';
import { Controller } from '../../desk/controller.ts';
import { OpenRefused, type DeskSession } from '../../desk/session.ts';
import { words } from '../../desk/words/nl.ts';

const settle = (): Promise<void> => new Promise((done) => setTimeout(done));
const item_of = (byte: number): InboxItem =>
  ({ handle: Handle.from(new Uint8Array(32).fill(byte))!, unclocked: true, openedDay: byte, headSeq: 0 }) as unknown as InboxItem;
const kItems = [item_of(1), item_of(2)];
const [one, two] = kItems.map(({ handle }) => toHex(handle)) as [string, string];

// A desk that was locked at case `one` and opens again: its inbox comes at once, what this person is told of missed
// terms when the test lets it. `opened`: the cases that were asked for, in order.
async function unlocks() {
  let tell!: () => void;
  const session = {
    directory: { told: () => [0], content: { terms: {} } },
    today: 0,
    unanswered: { take_back: () => {}, put_away: () => [] },
    inbox: async () => ({ cases: kItems, toTakeOver: [] }),
    alerts: () => new Promise((come) => (tell = () => come([]))),
    papers: async () => new Map(),
    handbook: async () => undefined,
    fetch: () => new Promise(() => {}),
  } as unknown as DeskSession;
  const app = new Controller(session, words);
  const opened: string[] = [];
  vi.spyOn(app.view, 'open').mockImplementation(async ({ key }) => {
    opened.push(key);
    void app.run('case', () => new Promise(() => {}));
  });
  app.set({ me: { role: 0 } as unknown as Person, screen: 'inbox' });
  void app.unlocked({ drafts: {}, papers: [], at: one, base: null, unanswered: [] });
  await settle();
  const comes = async (): Promise<void> => {
    tell();
    await settle();
  };
  return { app, opened, comes };
}

test('an unlocked desk goes back to the case that was open', async () => {
  const { app, opened, comes } = await unlocks();
  await comes();
  expect(opened).toEqual([one]);
  app.put_away();
});

test('whoever chooses another case before that gets the other', async () => {
  const { app, opened, comes } = await unlocks();
  app.go(two);
  await comes();
  expect(opened).toEqual([two]);
  app.put_away();
});

test('a desk that was locked again meanwhile opens nothing', async () => {
  const { app, opened, comes } = await unlocks();
  const { rows } = app.state;
  app.put_away();
  app.set({ me: { role: 0 } as unknown as Person, screen: 'inbox', rows }); // somebody else, who reads the same cases
  await comes();
  expect(opened).toEqual([]);
  app.put_away();
});

test('the same thing said twice is heard twice', () => {
  const app = new Controller({} as DeskSession, words);
  app.announce('Verstuurd.');
  const before = app.state.announcement;
  app.announce('Verstuurd.');
  expect(app.state.announcement.trim()).toBe('Verstuurd.');
  expect(app.state.announcement).not.toBe(before);
});

test('what came to the open case is said aloud', async () => {
  const { app, comes } = await unlocks();
  await comes();
  const open_case = (entries: number) =>
    ({ row: { key: one }, fetched: { opened: { entries: Array(entries) } } }) as unknown as OpenCase;
  app.set({ screen: 'case', open_case: open_case(3) });
  vi.spyOn(app.view, 'refresh').mockImplementation(async () => app.set({ open_case: open_case(5) }));
  const looked = app.look();
  await settle();
  await comes();
  expect(await looked).toBe(true);
  expect(app.state.announcement).toBe(words.inbox.unread(2));
  app.set({ open_case: null });
  app.put_away();
});

test('from one case to another: until it is open, the desk shows the inbox and no case that is closed', async () => {
  const { app } = await unlocks();
  vi.mocked(app.view.open).mockRestore();
  app.set({ screen: 'case', open_case: null });
  app.go(two);
  expect(app.state.screen).toBe('inbox');
  app.put_away();
});

// A desk whose inbox is being looked at as somebody takes over case `two`; `come()` lets every answer come.
async function takes_over() {
  const waiting: (() => void)[] = [];
  let here = kItems.slice(0, 1);
  const session = {
    directory: { told: () => [], content: { terms: {} } },
    today: 0,
    unanswered: { put_away: () => [] },
    inbox: () => {
      const cases = here;
      return new Promise((come) => waiting.push(() => come({ cases, toTakeOver: [] })));
    },
    take_over: async () => void (here = kItems),
    papers: async () => new Map(),
    fetch: () => new Promise(() => {}),
  } as unknown as DeskSession;
  const app = new Controller(session, words);
  const opened: string[] = [];
  vi.spyOn(app.view, 'open').mockImplementation(async ({ key }) => void opened.push(key));
  app.set({ me: { role: 0 } as unknown as Person, screen: 'inbox' });
  void app.look();
  const taken = app.take_over(kItems[1]!);
  const come = async (): Promise<void> => {
    await settle();
    for (const one of waiting.splice(0)) one();
    await settle();
  };
  return { app, opened, taken, come };
}

test('a case that was taken over is opened, though a look was under way that did not know of it', async () => {
  const { app, opened, taken, come } = await takes_over();
  await come();
  await come();
  await taken;
  expect(opened).toEqual([two]);
  app.put_away();
});

test('whoever opened another case meanwhile stays there', async () => {
  const { app, opened, taken, come } = await takes_over();
  await come();
  app.set({ screen: 'case' });
  await come();
  await taken;
  expect(opened).toEqual([]);
  app.put_away();
});

test('whom the directory shows with another key meanwhile stands before the door, and hears why', async () => {
  let closed = 0;
  const session = {
    member: { memberId: new Uint8Array(16), localKey: LocalKey.zeros() },
    close: () => (closed += 1),
    unanswered: { put_away: () => [] },
    papers: async () => new Map(),
    inbox: async () => Promise.reject(new OpenRefused('other key in directory')),
  } as unknown as DeskSession;
  const app = new Controller(session, words);
  app.set({ me: { role: 0 } as unknown as Person, screen: 'inbox', drafts: { 'x/say': 'Nog niet af.' } });
  expect(await app.look()).toBe(false);
  const { screen, me, opening, drafts, waits } = app.state;
  expect([screen, me, opening.trouble, drafts, waits, closed]).toEqual(['open', null, 'other key in directory', {}, true, 1]);
});
