// Work between the slots: one piece at a time, and none that would delay the frame that leaves next.
import { expect, test, vi } from 'vitest';

import { kAfterSendMs, kReserveMs, Turns } from '../../core/turns.ts';
import { in_steps } from '../../reporter/steps.ts';
import { FakeTimer } from '../kit/fake_timer.ts';

const kGapMs = 1500;

// Slots every 1.5 s, and pieces that say when they ran.
class Bench {
  readonly timer = new FakeTimer();
  readonly turns = new Turns(this.timer);
  readonly ran: { name: string; from: number; to: number }[] = [];
  readonly lateBy: number[] = [];

  constructor() {
    this.slot(0);
  }
  piece(name: string, ms: number): Promise<void> {
    return this.turns.work(() => this.busy(name, ms));
  }
  busy(name: string, ms: number): void {
    const from = this.timer.now();
    this.timer.spend(ms);
    this.ran.push({ name, from, to: this.timer.now() });
  }
  private slot(planned: number): void {
    this.lateBy.push(this.timer.now() - planned);
    this.turns.sent(planned + kGapMs);
    this.timer.at(planned + kGapMs, () => this.slot(planned + kGapMs));
  }
  get shifted(): boolean {
    return this.lateBy.some((ms) => ms > 0);
  }
}

test('pieces follow each other, and stop in time for the slot', async () => {
  const bench = new Bench();
  for (let i = 0; i < 20; ++i) void bench.piece(`${i}`, 300);
  await bench.timer.run(20 * kGapMs);
  expect(bench.ran.map(({ name }) => name)).toEqual(Array.from({ length: 20 }, (_, i) => `${i}`));
  for (const [i, { from }] of bench.ran.entries()) if (i > 0) expect(from).toBeGreaterThanOrEqual(bench.ran[i - 1]!.to);
  expect(bench.shifted).toBe(false);
  expect(bench.ran.filter(({ from }) => from < kGapMs).length).toBeGreaterThan(2);
});

test('after a long piece the next waits for the next send', async () => {
  const bench = new Bench();
  void bench.piece('long', 1200);
  void bench.piece('after it', 200);
  await bench.timer.run(3 * kGapMs);
  expect(bench.ran).toEqual([
    { name: 'long', from: kAfterSendMs, to: kAfterSendMs + 1200 },
    { name: 'after it', from: kGapMs + kAfterSendMs, to: kGapMs + kAfterSendMs + 200 },
  ]);
  expect(bench.shifted).toBe(false);
});

test('two jobs whose pieces are long never have two of them in one gap', async () => {
  const bench = new Bench();
  const job = async (name: string): Promise<void> => {
    for (let i = 0; i < 6; ++i) await bench.piece(`${name}${i}`, 800);
  };
  void job('a');
  void job('b');
  await bench.timer.run(20 * kGapMs);
  expect(bench.ran.length).toBe(12);
  const gaps = bench.ran.map(({ from }) => Math.floor(from / kGapMs));
  expect(new Set(gaps).size).toBe(gaps.length);
  expect(bench.shifted).toBe(false);
});

test('a phone on which every piece takes most of a gap gets on, one piece a gap', async () => {
  const bench = new Bench();
  for (let i = 0; i < 5; ++i) void bench.piece(`${i}`, 1400);
  await bench.timer.run(6 * kGapMs);
  expect(bench.ran.length).toBe(5);
  expect(bench.shifted).toBe(false);
});

test('no piece begins near a slot, and none in the moment after a send', async () => {
  const bench = new Bench();
  await bench.timer.run(kGapMs - kReserveMs + 1);
  const near = bench.piece('near', 1);
  await bench.timer.run(kGapMs);
  const justAfter = bench.piece('just after', 1);
  await bench.timer.run(2 * kGapMs);
  await Promise.all([near, justAfter]);
  expect(bench.ran.map(({ from }) => from)).toEqual([kGapMs + kAfterSendMs, kGapMs + kAfterSendMs + 1]);
});

test('while a piece waits for the browser, no other begins', async () => {
  const bench = new Bench();
  await bench.timer.run(100);
  const waits = bench.turns.work(() => new Promise<void>((resolve) => bench.timer.at(500, resolve)));
  const other = bench.piece('other', 10);
  await bench.timer.run(499);
  expect(bench.ran).toEqual([]);
  await bench.timer.run(600);
  await Promise.all([waits, other]);
  expect(bench.ran.length).toBe(1);
});

test('answers and signatures go before other work', async () => {
  const bench = new Bench();
  const all = [bench.piece('first', 300), bench.piece('second', 300), bench.turns.soon(() => bench.busy('answer', 5))];
  await bench.timer.run(2 * kGapMs);
  await Promise.all(all);
  expect(bench.ran[0]!.name).toBe('answer');
});

test('a piece that fails tells its own asker, and the next goes on', async () => {
  const bench = new Bench();
  const fails = bench.turns.work(() => {
    throw new Error('no');
  });
  const told = expect(fails).rejects.toThrow('no');
  const next = bench.piece('next', 1);
  await bench.timer.run(kGapMs);
  await told;
  await next;
});

test('when there are no slots any more, whatever waits is done at once', async () => {
  const bench = new Bench();
  await bench.timer.run(kGapMs - 10);
  const waits = bench.piece('waits', 5);
  bench.turns.free();
  await bench.timer.run(kGapMs - 5);
  await waits;
  expect(bench.ran[0]!.from).toBe(kGapMs - 10);
});

test('work of many seconds that rests shifts no slot, where the same in one piece does', async () => {
  const long = async (steps: number): Promise<[done: boolean, shifted: boolean]> => {
    const bench = new Bench();
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => bench.timer.now());
    let done = false;
    void in_steps(bench.turns.work, async (rest) => {
      for (let step = 0; step < steps; ++step) {
        bench.timer.spend(6000 / steps);
        await rest();
      }
      done = true;
    });
    await bench.timer.run(12 * kGapMs);
    clock.mockRestore();
    return [done, bench.shifted];
  };
  expect(await long(300)).toEqual([true, false]);
  expect(await long(1)).toEqual([true, true]);
});
