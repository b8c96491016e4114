// When papers go to the gateway, and that no change of theirs is lost on the way or goes to somebody else's.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { kNoPapers, type Papers } from '../../core/desk/papers.ts';
import { PapersKeeper } from '../../desk/papers_keeper.ts';
import type { DeskSession } from '../../desk/session.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

// `answer` settles what is on its way: with an error, or as done, and with what stands at the gateway then.
function made() {
  let there: Papers = new Map();
  let papers: Papers = new Map();
  let answer: (error?: Error) => void = () => {};
  const asked: Papers[] = [];
  const change_papers = (change: (theirs: Papers) => Papers): Promise<Papers> => {
    asked.push(change(there));
    return new Promise((resolve, reject) => (answer = (error) => (error ? reject(error) : resolve((there = change(there))))));
  };
  const papers_now = (): Promise<Papers> => {
    const read = there;
    return new Promise((resolve) => (answer = () => resolve(read)));
  };
  const going = new Set<string>();
  const run = async (name: string, doing: () => Promise<void>): Promise<void> => {
    if (going.has(name)) return; // one of a name at a time, as the controller has it
    going.add(name);
    await doing().catch(() => undefined);
    going.delete(name);
  };
  const keeper = new PapersKeeper({ change_papers, papers: papers_now } as Partial<DeskSession> as DeskSession, {
    papers: () => papers,
    set_papers: (now) => (papers = now),
    run,
  });
  const label = (key: string, text: string): void => {
    papers = new Map(papers).set(key, { ...kNoPapers, labels: [text] });
    keeper.changed();
  };
  const shown = (): Papers => papers;
  const elsewhere = (key: string, text: string): void => void (there = new Map(there).set(key, { ...kNoPapers, labels: [text] }));
  const lock = (): Papers | null => {
    const base = keeper.stop();
    papers = new Map();
    return base;
  };
  return { keeper, label, asked, shown, elsewhere, lock, answer: async (error?: Error) => (answer(error), await vi.advanceTimersByTimeAsync(0)) };
}
const wait = (): Promise<unknown> => vi.advanceTimersByTimeAsync(2000);

test('changes go together, a little later', async () => {
  const { label, asked } = made();
  label('a', 'zuid');
  label('b', 'noord');
  expect(asked).toEqual([]);
  await wait();
  expect(asked.map((papers) => [...papers.keys()])).toEqual([['a', 'b']]);
});

test('what did not arrive goes along with the next change', async () => {
  const { label, asked, answer, keeper } = made();
  label('a', 'zuid');
  await wait();
  await answer(new Error('unreachable'));
  label('b', 'noord');
  await wait();
  await answer();
  expect(asked.map((papers) => [...papers.keys()])).toEqual([['a'], ['a', 'b']]);
  expect(keeper.stop()).toBeNull();
});

test('what did not arrive goes along with the next look, too', async () => {
  const { label, asked, answer, keeper } = made();
  label('a', 'zuid');
  await wait();
  await answer(new Error('unreachable'));
  void keeper.look();
  await answer();
  expect(asked).toHaveLength(2);
  expect(keeper.stop()).toBeNull();
});

test('whoever stops while it is on its way takes it along, and it is not the next one’s', async () => {
  const { label, answer, lock } = made();
  label('a', 'zuid');
  await wait();
  label('b', 'noord');
  expect(lock()).toEqual(new Map());
  await answer(new Error('stopped'));
  expect(lock()).toBeNull();
});

test('whoever goes on brings what was not there yet, beside what another browser changed meanwhile', async () => {
  const { keeper, label, elsewhere, lock, shown, answer } = made();
  elsewhere('a', 'there');
  void keeper.look();
  await answer();
  label('b', 'here');
  const mine = shown();
  const base = lock()!;
  elsewhere('a', 'changed there');
  for (const [key, { labels }] of mine) label(key, labels[0]!);
  keeper.go_on(base);
  void keeper.look();
  await answer();
  expect([...shown()].map(([key, { labels }]) => [key, labels])).toEqual([['a', ['changed there']], ['b', ['here']]]);
  expect(keeper.stop()).toBeNull();
});

test('a label that another browser gave is not lost over a case that was only opened here', async () => {
  const { keeper, label, elsewhere, shown, answer } = made();
  elsewhere('a', 'there');
  label('a', 'here'); // before what is kept was read
  void keeper.look();
  await answer();
  expect(shown().get('a')!.labels).toEqual(['here', 'there']);
});

test('what changes while something is on its way follows it', async () => {
  const { label, asked, answer, keeper } = made();
  label('a', 'zuid');
  await wait();
  label('b', 'noord');
  await wait(); // the line is slow
  await answer();
  await wait();
  await answer();
  expect(asked.map((papers) => [...papers.keys()])).toEqual([['a'], ['a', 'b']]);
  expect(keeper.stop()).toBeNull();
});

test('what changes while they are fetched follows, too', async () => {
  const { label, asked, answer, keeper } = made();
  void keeper.look();
  label('a', 'zuid');
  await wait();
  await answer();
  await wait();
  await answer();
  expect(asked.map((papers) => [...papers.keys()])).toEqual([['a']]);
  expect(keeper.stop()).toBeNull();
});
