// A case's keys are wiped as soon as it is closed, but never under work that may still seal with them.
import { expect, test } from 'vitest';
import { Compartment } from '../../generated/rules.ts';
import { kNoPapers } from '../../core/desk/papers.ts';
import type { FetchedCase } from '../../core/fetch.ts';
import type { Row } from '../../desk/inbox.ts';
import type { CaseView } from '../../desk/open_case.ts';
import { SessionError } from '../../page/session_error.ts';
import { LeadTest } from '../lead/fixture.ts';
import { desk_of, served_to } from './case_fixture.ts';

// As much of a controller as the work on a case asks for, and one case that is open at it.
async function at_a_case(): Promise<{ view: CaseView; fetched: FetchedCase }> {
  const it = await LeadTest.open();
  const self = it.member('mieke');
  const fetched = await served_to(self, it);
  const app = {
    state: { open_case: { row: { key: 'x' } as Row, fetched, state: {}, identity_shown: false }, work: {} } as Record<string, unknown>,
    set(change: object) {
      app.state = { ...app.state, ...change };
    },
  };
  return { ...desk_of({}, app), fetched };
}
const key_of = ({ opened }: FetchedCase): Uint8Array => opened.keys.get(Compartment.talk, 1)!;

test('closing wipes at once when nothing is under way', async () => {
  const { view, fetched } = await at_a_case();
  const key = key_of(fetched);
  view.close();
  expect(key.every((byte) => byte === 0)).toBe(true);
});

test('closing waits for work that holds the case, and wipes when it ends, well or badly', async () => {
  for (const ends of [true, false]) {
    const { view, fetched } = await at_a_case();
    const key = key_of(fetched);
    let end!: () => void;
    const held = view.hold(() => new Promise<void>((done, fail) => (end = ends ? done : () => fail(new Error('badly')))));
    view.close();
    expect(key.some((byte) => byte !== 0), 'still to be sealed with').toBe(true);
    end();
    await held.catch(() => undefined);
    expect(key.every((byte) => byte === 0)).toBe(true);
  }
});

test('how far was read is not forgotten over a log that shows less', async () => {
  for (const [read, kept] of [[1, 5], [9, 9]] as const) {
    const it = await LeadTest.open({ standIn: 'ruud' });
    const self = it.member('mieke');
    const fetched = await served_to(self, it);
    const told: unknown[] = [];
    const app = {
      state: { open_case: null, papers: new Map([['x', { ...kNoPapers, readSeq: read }]]) } as object,
      set: (change: object) => (app.state = { ...app.state, ...change }),
      run: async (_: string, doing: () => Promise<void>) => (await doing(), true),
      paper: (_: string, change: unknown) => told.push(change),
    };
    const session = { directory: it.directory, fetch: async () => fetched, act: async () => {}, unanswered: { arrived: () => [] } };
    const { view } = desk_of(session, app);
    await view.open({ key: 'x', item: { handle: it.owner.handle } } as unknown as Row);
    expect(fetched.opened.entries.length - 1).toBe(5);
    expect(told).toEqual([{ readSeq: kept }]);
  }
});

test('a look that was slower than another does not take back what that one showed', async () => {
  const it = await LeadTest.open();
  const self = it.member('mieke');
  const seen = (): Promise<FetchedCase> => served_to(self, it);
  const at_first = await seen();
  await it.say(it.owner, 'One.');
  const slow = await seen();
  await it.say(it.owner, 'Two.');
  const fast = await seen();
  const comes: ((fetched: FetchedCase) => void)[] = [];
  const row = { key: 'x', item: { handle: it.owner.handle } } as unknown as Row;
  const app = {
    state: { open_case: { row, fetched: at_first, state: {}, identity_shown: false }, papers: new Map() } as Record<string, unknown>,
    set: (change: object) => (app.state = { ...app.state, ...change }),
    run: async (_: string, doing: () => Promise<void>) => (await doing(), true),
    paper: () => {},
  };
  const session = { directory: it.directory, fetch: () => new Promise((come) => comes.push(come)), unanswered: { arrived: () => [] } };
  const { view } = desk_of(session, app);
  const looks = [view.refresh(), view.hold(() => view.look())];
  await Promise.resolve();
  comes[1]!(fast);
  await new Promise((done) => setTimeout(done));
  comes[0]!(slow);
  await Promise.all(looks);
  expect(view.now.fetched).toBe(fast);
  expect([slow, fast].map((one) => key_of(one)?.some((byte) => byte !== 0) ?? false), 'and its keys are wiped').toEqual([false, true]);
});

test('a key that is none of theirs is told as a case opens; a line that was cut is not', async () => {
  for (const [kind, went_well] of [['verification', false], ['unreachable', true]] as const) {
    const it = await LeadTest.open();
    const self = it.member('mieke');
    const fetched = await served_to(self, it);
    const went: boolean[] = [];
    const app = {
      state: { open_case: null, papers: new Map() } as object,
      set: (change: object) => (app.state = { ...app.state, ...change }),
      run: (_: string, doing: () => Promise<void>) => doing().then(() => went.push(true), () => went.push(false)),
      paper: () => {},
    };
    const act = async () => Promise.reject(new SessionError(kind, 'by the test'));
    const session = { directory: it.directory, fetch: async () => fetched, act, unanswered: { arrived: () => [] } };
    const { view } = desk_of(session, app);
    await view.open({ key: 'x', item: { handle: it.owner.handle } } as unknown as Row);
    expect(went).toEqual([went_well]);
  }
});
