// A desk that nobody touches locks, whatever the clock does meanwhile.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { kIdleMs, on_idle } from '../../desk/idle.ts';

let touch: () => void;
let signs: string[];
let lock: ReturnType<typeof vi.fn<() => void>>;
beforeEach(() => {
  vi.useFakeTimers();
  signs = [];
  vi.stubGlobal('addEventListener', (sign: string, heard: () => void) => (signs.push(sign), (touch = heard)));
  vi.stubGlobal('document', { addEventListener: () => {} });
  lock = vi.fn<() => void>();
  on_idle(lock);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('untouched it locks, touched it does not', () => {
  vi.advanceTimersByTime(kIdleMs - 10_000);
  touch();
  vi.advanceTimersByTime(kIdleMs - 10_000);
  expect(lock).not.toHaveBeenCalled();
  vi.advanceTimersByTime(20_000);
  expect(lock).toHaveBeenCalledOnce();
});

test('a touch after a sleep does not keep it open', () => {
  vi.setSystemTime(Date.now() + kIdleMs);
  touch();
  vi.advanceTimersByTime(10_000);
  expect(lock).toHaveBeenCalledOnce();
});

test('a clock that is put back does not keep it open for hours', () => {
  vi.setSystemTime(Date.now() - 3 * 60 * 60_000);
  vi.advanceTimersByTime(kIdleMs);
  expect(lock).toHaveBeenCalled();
});

test('what is dictated keeps it open, too', () => {
  expect(signs).toContain('input');
});
