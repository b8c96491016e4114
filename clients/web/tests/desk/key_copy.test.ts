// The copy of a key file in this browser: kept when it is written, and gone when it is gone.
import { afterEach, expect, test, vi } from 'vitest';
import { forget_copy, keep_copy } from '../../desk/key_copy.ts';
import { Controller } from '../../desk/controller.ts';
import type { DeskSession } from '../../desk/session.ts';
import { words } from '../../desk/words/nl.ts';

afterEach(() => vi.unstubAllGlobals());

type Asked = Record<'onsuccess' | 'onerror' | 'onblocked', (() => void) | undefined> & { result?: unknown };
// What a browser answers, in the turn after it was asked.
function answers(what: keyof Asked, result?: unknown): Asked {
  const asked = { result } as Asked;
  setTimeout(() => (asked[what] as (() => void) | undefined)?.());
  return asked;
}

const kCopy = { name: 'mieke.key', bytes: new Uint8Array([1]) };
function at_the_door() {
  const app = new Controller({} as DeskSession, words);
  app.set({ key_file: kCopy, kept: true });
  return app;
}

test.each(['onerror', 'onblocked'] as const)('a copy that could not be removed is not shown as gone (%s)', async (what) => {
  vi.stubGlobal('indexedDB', { deleteDatabase: () => answers(what) });
  expect(await forget_copy()).toBe(false);
  const app = at_the_door();
  await app.door.forget_file();
  expect([app.state.kept, app.state.key_file, app.state.opening.trouble]).toEqual([true, kCopy, 'not forgotten']);
});

test('a browser that keeps nothing for pages has none to forget, and says so', async () => {
  vi.stubGlobal('indexedDB', { deleteDatabase: () => { throw new Error('not here'); } });
  expect(await forget_copy()).toBe(false);
});

test('one that was removed is gone', async () => {
  vi.stubGlobal('indexedDB', { deleteDatabase: () => answers('onsuccess') });
  const app = at_the_door();
  await app.door.forget_file();
  expect([app.state.kept, app.state.key_file, app.state.opening.trouble]).toEqual([false, null, null]);
});

test.each([['oncomplete', true], ['onabort', false]] as const)('a copy is kept once it is written (%s)', async (ends, kept) => {
  const transaction: Record<string, unknown> & { error: Error } = {
    error: new Error('no room'),
    objectStore: () => ({ put: () => answers('onsuccess') }),
  };
  const database = { transaction: () => transaction, close: () => {} };
  vi.stubGlobal('indexedDB', { open: () => answers('onsuccess', database) });
  setTimeout(() => setTimeout(() => setTimeout(() => (transaction[ends] as () => void)(), 5)));
  expect(await keep_copy(kCopy)).toBe(kept);
});
