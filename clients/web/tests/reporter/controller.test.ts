// What arrives late finds the person where they are by then: it shows nothing elsewhere, takes nobody away, and costs
// nothing that was typed meanwhile.
import { expect, test } from 'vitest';
import { SessionError } from '../../page/session_error.ts';
import { Controller } from '../../reporter/controller.ts';
import type { CaseView, Organisation, Session } from '../../reporter/session.ts';
import { words } from '../../reporter/words/nl.ts';

const kView = { rows: [], access: [] } as unknown as CaseView;

// A session of which every answer waits until the test lets it come.
function started() {
  const waiting: { come: () => void; fail: (error: Error) => void }[] = [];
  const later = (): Promise<CaseView> =>
    new Promise((come, fail) => waiting.push({ come: () => come(kView), fail }));
  let made = 0;
  const new_words = (): string[] => [`eik${(made += 1)}`];
  const session = { open: later, refresh: later, say: later, move: later, new_words, forget: () => {} } as unknown as Session;
  const app = new Controller(session, words);
  const settle = (): Promise<void> => new Promise((done) => setTimeout(done));
  const comes = async (): Promise<void> => (waiting.shift()!.come(), settle());
  const fails = async (): Promise<void> => (waiting.shift()!.fail(new SessionError('refused', 'by the test')), settle());
  return { app, session, comes, fails };
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

test('looking twice and finding nothing new is heard twice', async () => {
  const { app, comes } = await at_a_case();
  const heard: string[] = [];
  for (let times = 0; times < 2; times += 1) {
    app.look_again();
    await comes();
    heard.push(app.state.announcement);
  }
  expect(heard[0]).not.toBe(heard[1]);
});

test('a message that failed, and stands in the case at a later look, is told to have arrived and not asked to be sent again', async () => {
  const { app, session, comes, fails } = await at_a_case();
  const { say } = session;
  let arrived = (): void => {};
  session.say = (text, urgent, progress, when_it_does) => ((arrived = when_it_does), say(text, urgent, progress, when_it_does));
  app.set({ message: 'ja' });
  void app.say('ja', false);
  await fails();
  expect([app.state.saying.status, app.state.message]).toEqual(['failed', 'ja']);
  app.look_again();
  arrived();
  await comes();
  expect([app.state.saying.status, app.state.message]).toEqual(['done', '']);

  app.set({ message: 'nee' });
  void app.say('nee', false);
  await fails();
  app.set({ message: 'nee, en nog iets' });
  arrived();
  expect(app.state.message, 'what was typed since stays').toBe('nee, en nog iets');
});

test('what was typed in a step while it was on its way stays', async () => {
  const { app, comes } = await at_a_case();
  app.step('stay');
  app.acting.write({ text: 'Zo wil ik het.' });
  const taken = app.acting.move({ kind: 'stay', ended: false, text: 'Zo wil ik het.' });
  app.acting.write({ text: 'Zo wil ik het. En ook dit.' });
  await comes();
  expect(await taken).toBe(true);
  expect(app.acting.form.text).toBe('Zo wil ik het. En ook dit.');
});

test('a summary that was changed would be lost, one as it was drafted would not', async () => {
  const { app } = await at_a_case();
  app.step('question', 3, { summary: 'Zoals de adviseur het schreef.' });
  expect(app.would_lose()).toBe(false);
  app.acting.write({ summary: 'Zoals ik het wil.' });
  expect(app.would_lose()).toBe(true);
});

test('the words of a beginning stay the same until everything is forgotten', () => {
  const { app } = started();
  const words = app.draft_words();
  app.go('help');
  app.back();
  expect(app.draft_words()).toEqual(words);
  app.close();
  expect(app.draft_words()).not.toEqual(words);
});

test('of a beginning that was saved, an adviser who is gone since is chosen anew', () => {
  const { app, session } = started();
  const saved = JSON.stringify({ ...app.state.draft, story: 'Er was eens.', adviser: '01', stand_in: '02' });
  Object.assign(session, { open_draft: () => saved });
  app.set({ organisation: { advisers: [{ id: '02' }] } as unknown as Organisation });
  app.open_draft(new Uint8Array(), []);
  expect(app.state.draft).toMatchObject({ story: 'Er was eens.', adviser: null, stand_in: '02' });
});

test('whoever leaves at once leaves no part of a screen at work, a microphone least of all', () => {
  const { app } = started();
  app.go('story');
  expect(() => app.quick_exit(), 'no page here').toThrow();
  expect(app.state.screen).toBe('closed');
});

test('what was not sent is asked about before a case is closed, whatever it is; what was sent is not', async () => {
  const unsent: [string, (app: Controller) => unknown][] = [
    ['a message', (app) => app.set({ message: 'Half' })],
    ['a step', (app) => (app.step('stay'), app.acting.write({ text: 'Half' }))],
    ['a story', (app) => app.write({ story: 'Half' })],
    ['a recording', (app) => (app.preparing.recording = true)],
    ['a voice that is being disguised', (app) => app.preparing.take_recording(new Promise(() => {}))],
  ];
  for (const [what, begin] of unsent) {
    const { app } = await at_a_case();
    expect(app.unsent(), what).toBe(false);
    void begin(app);
    expect(app.unsent(), what).toBe(true);
    app.close();
    expect([app.unsent(), app.state.screen]).toEqual([false, 'closed']);
  }
  const { app, comes } = await at_a_case();
  app.set({ message: 'Heel.' });
  void app.say('Heel.', false);
  await comes();
  expect(app.unsent()).toBe(false);
  app.set({ phrase: ['eik'], phrase_kept: false });
  expect([app.unsent(), app.would_lose()], 'words of a signal are offered, not pressed').toEqual([false, true]);
});

test('after a report that was refused the people are those who are here now: who is gone is chosen no more', async () => {
  const { app, session } = started();
  const people = (...ids: string[]) => ({ advisers: ids.map((id) => ({ id })) }) as unknown as Organisation;
  const asked: (readonly string[])[] = [];
  let now = people('02', '03');
  Object.assign(session, {
    greet: async () => now,
    attach: async () => null,
    file: async ({ advisers }: { advisers: readonly string[] }) => {
      asked.push(advisers);
      if (advisers.some((id) => !now.advisers.some((one) => one.id === id))) throw new SessionError('bad_input', 'somebody who is not in the directory');
    },
  });
  app.set({ organisation: people('01', '02', '03') });
  app.write({ story: 'Iets.', adviser: '01', stand_in: '02' });
  app.send();
  const settle = (): Promise<void> => new Promise((done) => setTimeout(done));
  await settle();
  expect(app.state.filing.status).toBe('failed');
  expect(app.state.organisation).toBe(now);
  expect([app.state.draft.adviser, app.state.draft.stand_in, app.state.draft.story]).toEqual([null, '02', 'Iets.']);
  app.change_filing();
  app.write({ adviser: '03' });
  app.send();
  await settle();
  expect([app.state.filing.status, asked]).toEqual(['done', [['01'], ['03']]]);
});

test('back from a report that is changed after a refusal leads to no words that are gone', async () => {
  for (const kind of ['report', 'signal'] as const) {
    const { app, session } = started();
    const refuse = (): Promise<never> => Promise.reject(new SessionError('bad_input', 'by the test'));
    Object.assign(session, { file: refuse, greet: refuse });
    app.begin(kind);
    app.write({ story: 'Iets.' });
    app.send();
    await new Promise((done) => setTimeout(done));
    if (kind === 'report') app.go('check');
    app.change_filing();
    app.back();
    expect([app.state.screen, app.state.draft.story]).toEqual(['welcome', 'Iets.']);
  }
});

test('whose key was replaced meanwhile is chosen anew, and who always had that key is not', async () => {
  const { app, session } = started();
  const people = (...days: (number | null)[]) =>
    ({ advisers: days.map((key_changed_day, at) => ({ id: `0${at}`, key_changed_day })) }) as unknown as Organisation;
  const now = people(20_000, 19_000, null);
  Object.assign(session, { greet: async () => now, file: () => Promise.reject(new SessionError('refused', 'by the test')) });
  app.set({ organisation: people(null, 19_000, null) });
  app.write({ story: 'Iets.', adviser: '00', stand_in: '01' });
  app.send();
  await new Promise((done) => setTimeout(done));
  expect([app.state.draft.adviser, app.state.draft.stand_in]).toEqual([null, '01']);
});

test('whoever sends twice, or closes while it is on its way, has nobody looked for: nothing was refused', async () => {
  const { app, session } = started();
  let greeted = 0;
  let fails!: (error: Error) => void;
  Object.assign(session, { greet: async () => (greeted += 1), file: () => new Promise((_, fail) => (fails = fail)) });
  app.send();
  app.send();
  const settle = (): Promise<void> => new Promise((done) => setTimeout(done));
  await settle();
  expect(greeted).toBe(0);
  app.close();
  fails(new SessionError('refused', 'by the test'));
  await settle();
  expect([greeted, app.state.screen]).toEqual([0, 'closed']);
});
