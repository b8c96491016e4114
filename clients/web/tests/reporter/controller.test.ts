// What arrives late finds the person where they are by then: it shows nothing elsewhere, takes nobody away, and costs
// nothing that was typed meanwhile.
import { expect, test } from 'vitest';
import { SessionError } from '../../page/session_error.ts';
import { Controller } from '../../reporter/controller.ts';
import type { CaseView, Session } from '../../reporter/session.ts';
import { words } from '../../reporter/words/nl.ts';

const kView = { rows: [], access: [] } as unknown as CaseView;

// A session of which every answer waits until the test lets it come.
function started() {
  const waiting: { come: () => void; fail: (error: Error) => void }[] = [];
  const later = (): Promise<CaseView> =>
    new Promise((come, fail) => waiting.push({ come: () => come(kView), fail }));
  const session = { open: later, refresh: later, say: later, forget: () => {} } as unknown as Session;
  const app = new Controller(session, words);
  const settle = (): Promise<void> => new Promise((done) => setTimeout(done));
  const comes = async (): Promise<void> => (waiting.shift()!.come(), settle());
  const fails = async (): Promise<void> => (waiting.shift()!.fail(new SessionError('refused', 'by the test')), settle());
  return { app, comes, fails };
}
// At an open case, with nothing under way.
async function at_a_case() {
  const made = started();
  made.app.go('back');
  made.app.open(['eik']);
  await made.comes();
  expect(made.app.state.screen).toBe('case');
  return made;
}

test('a case that opens while the person reads something else waits where they come back to', async () => {
  const { app, comes } = started();
  app.go('back');
  app.open(['eik']);
  app.go('help');
  await comes();
  expect(app.state.screen).toBe('help');
  app.back();
  expect(app.state.screen).toBe('case');
});

test('a case that opens after the person turned back takes them nowhere', async () => {
  const { app, comes } = started();
  app.go('back');
  app.open(['eik']);
  app.back();
  app.begin('report');
  await comes();
  expect(app.state.screen).toBe('before');
});

test('what was typed while a message was on its way stays', async () => {
  const { app, comes } = await at_a_case();
  app.set({ message: 'Eerst dit.' });
  const said = app.say('Eerst dit.', false);
  app.set({ message: 'Eerst dit. En nog iets.' });
  await comes();
  expect(await said).toBe(true);
  expect(app.state.message).toBe('Eerst dit. En nog iets.');
  const again = app.say(app.state.message, false);
  await comes();
  await again;
  expect(app.state.message).toBe('');
});

test('pressed twice it is sent once', async () => {
  const { app, comes } = await at_a_case();
  const first = app.say('Eén keer.', false);
  expect(await app.say('Eén keer.', false)).toBe(false);
  await comes();
  expect(await first).toBe(true);
});

test('that one message arrived is not said on the screen of another', async () => {
  const { app, comes } = await at_a_case();
  void app.say('Gewoon.', false);
  await comes();
  expect(app.state.saying.status).toBe('done');
  app.go('urgent');
  expect(app.state.saying.status).toBe('idle');
});

test('what is still on its way is shown with the next screen too', async () => {
  const { app, comes } = await at_a_case();
  void app.say('Gewoon.', false);
  app.go('urgent');
  expect(app.state.saying.status).toBe('going');
  await comes();
});

test('help that is asked for twice is left by one way back', () => {
  const { app } = started();
  app.go('help');
  app.go('help');
  app.back();
  expect(app.state.screen).toBe('welcome');
});

test('words that opened nothing say so once, and not when one comes back to try others', async () => {
  const { app, fails } = started();
  app.go('back');
  app.open(['eik']);
  await fails();
  expect(app.state.opening.status).toBe('failed');
  app.back();
  app.go('back');
  expect(app.state.opening.status).toBe('idle');
});

test('the same thing said twice is heard twice', async () => {
  const { app, comes } = await at_a_case();
  const heard: string[] = [];
  for (const text of ['Een.', 'Twee.']) {
    void app.say(text, false);
    await comes();
    heard.push(app.state.announcement);
  }
  expect(heard.map((said) => said.trim())).toEqual([words.case.said, words.case.said]);
  expect(heard[0]).not.toBe(heard[1]);
});
