// A key file is opened once, and what is none is said to be none.
import { expect, test } from 'vitest';
import { LocalKey } from '../../core/crypto/local_seal.ts';
import type { Person } from '../../core/protocol/directory.ts';
import { Controller } from '../../desk/controller.ts';
import type { DeskSession } from '../../desk/session.ts';
import { words } from '../../desk/words/nl.ts';

const kFile = { name: 'mieke.key', bytes: new Uint8Array([1]) };
const file_of = (size: number): File => new File([new Uint8Array(size)], 'x.key');

function at_the_door() {
  let opened = 0;
  const session = { open: () => new Promise(() => (opened += 1)) } as unknown as DeskSession;
  const app = new Controller(session, words);
  app.set({ key_file: kFile });
  return { app, opened: () => opened };
}

test('what can be no key file is said to be none, and takes no place', async () => {
  const { app } = at_the_door();
  await app.door.choose_file(file_of(65_537));
  expect(app.state.opening.trouble).toBe('not a key file');
  const gone = file_of(1);
  gone.arrayBuffer = () => Promise.reject(new Error('gone'));
  await app.door.choose_file(gone);
  expect(app.state.opening.trouble).toBe('not a key file');
  expect(app.state.key_file).toBe(kFile);
  await app.door.choose_file(file_of(10));
  expect(app.state.opening.trouble).toBe(null);
  expect(app.state.key_file?.bytes.length).toBe(10);
});

test('while one opens no other is chosen, and nothing is opened twice', async () => {
  const { app, opened } = at_the_door();
  void app.door.open('a passphrase', false);
  await app.door.choose_file(file_of(10));
  await app.door.forget_file();
  void app.door.open('a passphrase', false);
  expect(opened()).toBe(1);
  expect(app.state.key_file).toBe(kFile);
});

test('what waits is what somebody typed, and not that they were at a case', () => {
  const lock = (drafts: Record<string, string>) => {
    const member = { memberId: new Uint8Array(16), localKey: LocalKey.zeros() };
    const session = { member, close: () => {}, unanswered: { put_away: () => [] } } as unknown as DeskSession;
    const app = new Controller(session, words);
    app.set({ me: {} as Person, screen: 'case', open_case: null, drafts });
    app.door.lock(true);
    return app.state.waits;
  };
  expect(lock({})).toBe(false);
  expect(lock({ 'x/status-choice': '2' })).toBe(false);
  expect(lock({ 'x/say': 'Nog niet af.' })).toBe(true);
});

test('a new key file is not taken for the older one that this browser keeps', () => {
  const { app } = at_the_door();
  app.set({ kept: true });
  app.door.joined({ key_file: new Uint8Array([2]), request: '', fingerprint: '' }, 'nora');
  expect([app.state.key_file?.name, app.state.kept]).toEqual(['nora.key', false]);
});
