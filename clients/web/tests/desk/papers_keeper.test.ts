// When papers go to the gateway, and that no change of theirs is lost on the way or goes to somebody else's.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { kNoPapers, type Papers } from '../../core/desk/papers.ts';
import { PapersKeeper } from '../../desk/papers_keeper.ts';
import type { DeskSession } from '../../desk/session.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

// `answer` settles what is on its way: with an error, or as done.
function made() {
  let papers: Papers = new Map();
  let answer: (error?: Error) => void = () => {};
  const asked: Papers[] = [];
  const change_papers = (change: (theirs: Papers) => Papers): Promise<Papers> => {
    const next = change(new Map());
    asked.push(next);
    return new Promise((resolve, reject) => (answer = (error) => (error ? reject(error) : resolve(next))));
  };
  const papers_now = (): Promise<Papers> => new Promise((resolve) => (answer = () => resolve(new Map())));
  let going = false;
  const run = async (doing: () => Promise<void>): Promise<void> => {
    if (going) return; // one at a time, as the controller has it
    going = true;
    await doing().catch(() => undefined);
    going = false;
  };
  const keeper = new PapersKeeper({ change_papers, papers: papers_now } as Partial<DeskSession> as DeskSession, {
    papers: () => papers,
    set_papers: (now) => (papers = now),
    run,
  });
  const label = (key: string, text: string): void => {
    papers = new Map(papers).set(key, { ...kNoPapers, labels: [text] });
    keeper.changed(key);
  };
  return { keeper, label, asked, run, answer: async (error?: Error) => (answer(error), await vi.advanceTimersByTimeAsync(0)) };
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
  expect(asked).toHaveLength(2);
  expect(keeper.stop()).toEqual([]);
});

test('whoever stops while it is on its way takes it along, and it is not the next one’s', async () => {
  const { label, answer, keeper } = made();
  label('a', 'zuid');
  await wait();
  label('b', 'noord');
  expect(keeper.stop()).toEqual(['a', 'b']);
  await answer(new Error('stopped'));
  expect(keeper.stop()).toEqual([]);
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
  expect(keeper.stop()).toEqual([]);
});

test('what changes while they are fetched follows, too', async () => {
  const { label, asked, answer, keeper, run } = made();
  void run(() => keeper.load());
  label('a', 'zuid');
  await wait();
  await answer();
  await wait();
  await answer();
  expect(asked.map((papers) => [...papers.keys()])).toEqual([['a']]);
  expect(keeper.stop()).toEqual([]);
});
