// A case's keys are wiped as soon as it is closed, but never under work that may still seal with them.
import { expect, test, vi } from 'vitest';
import { Compartment, EventKind, kTextBytesMax, Ruling } from '../../generated/rules.ts';
import { fold } from '../../core/case_state.ts';
import { toHex } from '../../core/crypto/bytes.ts';
import { kNoPapers } from '../../core/desk/papers.ts';
import type { FetchedCase } from '../../core/fetch.ts';
import type { Identity } from '../../core/identity.ts';
import { CaseWork } from '../../desk/case_work.ts';
import type { Controller } from '../../desk/controller.ts';
import type { Row } from '../../desk/inbox.ts';
import type { DeskSession } from '../../desk/session.ts';
import { SessionError } from '../../page/session_error.ts';
import { letIn } from '../../core/lead/moves.ts';
import { identity, LeadTest, story, talk } from '../lead/fixture.ts';

// As much of a controller as the work on a case asks for, and one case that is open at it.
async function at_a_case(): Promise<{ cases: CaseWork; fetched: FetchedCase; app: { state: Record<string, unknown> } }> {
  const it = await LeadTest.open();
  const self = it.member('mieke');
  const fetched = await served_to(self, it);
  const app = {
    state: { open_case: { row: { key: 'x' } as Row, fetched, state: {}, identity_shown: false }, work: {} } as Record<string, unknown>,
    set(change: object) {
      app.state = { ...app.state, ...change };
    },
  };
  return { cases: new CaseWork({} as DeskSession, app as unknown as Controller), fetched, app };
}
const key_of = ({ opened }: FetchedCase): Uint8Array => opened.keys.get(Compartment.talk, 1)!;

test('closing wipes at once when nothing is under way', async () => {
  const { cases, fetched } = await at_a_case();
  const key = key_of(fetched);
  cases.close();
  expect(key.every((byte) => byte === 0)).toBe(true);
});

test('closing waits for work that holds the case, and wipes when it ends, well or badly', async () => {
  for (const ends of [true, false]) {
    const { cases, fetched } = await at_a_case();
    const key = key_of(fetched);
    let end!: () => void;
    const held = cases.hold(() => new Promise<void>((done, fail) => (end = ends ? done : () => fail(new Error('badly')))));
    cases.close();
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
    const cases = new CaseWork(session as unknown as DeskSession, app as unknown as Controller);
    await cases.open({ key: 'x', item: { handle: it.owner.handle } } as unknown as Row);
    expect(fetched.opened.entries.length - 1).toBe(5);
    expect(told).toEqual([{ readSeq: kept }]);
  }
});

test('what was accepted is done, also when the look at it fails', async () => {
  const { fetched, app } = await at_a_case();
  const written: unknown[] = [];
  const session = {
    write: async (draft: unknown) => void written.push(draft),
    fetch: async () => Promise.reject(new Error('the line was cut')),
  };
  const announced: unknown[] = [];
  Object.assign(app, {
    run: (_: string, doing: () => Promise<void>) => doing().then(() => true, () => false),
    sent: () => {},
    announce: (words: unknown) => announced.push(words),
  });
  const item = { handle: fetched.opened.chain.handle };
  const open_case = { row: { key: 'x', item }, fetched, state: { clocked: false }, identity_shown: false };
  app.state = { ...app.state, open_case, words: { done: { say: 'sent' } } };
  const cases = new CaseWork(session as unknown as DeskSession, app as unknown as Controller);
  expect(await cases.say('We meet on Monday.', false)).toBe(true);
  expect([written.length, announced]).toEqual([1, ['sent']]);
});

// The case as it stands now, as somebody fetches it.
async function served_to(self: Identity, it: LeadTest): Promise<FetchedCase> {
  const log = it.served(self);
  return { log, opened: await it.opened(self, log) };
}

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
  const cases = new CaseWork(session as unknown as DeskSession, app as unknown as Controller);
  const looks = [cases.refresh(), cases.hold(() => (cases as unknown as { look(): Promise<void> }).look())];
  await Promise.resolve();
  comes[1]!(fast);
  await new Promise((done) => setTimeout(done));
  comes[0]!(slow);
  await Promise.all(looks);
  expect(cases.now.fetched).toBe(fast);
  expect([slow, fast].map((one) => key_of(one)?.some((byte) => byte !== 0) ?? false), 'and its keys are wiped').toEqual([false, true]);
});

test('a text that is longer than one may be is found by its field, in its own form and case', async () => {
  const { cases, app } = await at_a_case();
  const fits = 'é'.repeat(kTextBytesMax / 2);
  const drafts = { 'x/say': fits, 'x/ruling-text': 'a', 'x/ruling-reason': `${fits}a`, 'y/note': `${fits}a` };
  app.state = { ...app.state, drafts };
  expect(['say', 'triage', 'note', 'ruling'].map((form) => cases.too_long(form))).toEqual([undefined, 'ruling-reason', undefined, 'ruling-reason']);
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
    const cases = new CaseWork(session as unknown as DeskSession, app as unknown as Controller);
    await cases.open({ key: 'x', item: { handle: it.owner.handle } } as unknown as Row);
    expect(went).toEqual([went_well]);
  }
});

// A case at which mieke is about to write the outcome, `meanwhile` the last look.
async function about_to_close(meanwhile: (it: LeadTest) => Promise<void>, fetch?: () => Promise<FetchedCase>) {
  const it = await LeadTest.open();
  const self = it.member('mieke');
  await it.did(it.owner, (addition) => addition.tell(talk, { kind: 'stay', ended: false, text: '' })); // so that it may close
  const seen = (): Promise<FetchedCase> => served_to(self, it);
  const at_first = await seen();
  await meanwhile(it);
  const written: { kind: string }[] = [];
  const state = { open_case: null as unknown, papers: new Map(), words: { done: {} }, me: { role: 0 } };
  const app = {
    state: { ...state, open_case: { row: { key: 'x', item: { handle: it.owner.handle } }, fetched: at_first, state: fold(at_first.opened, it.directory), identity_shown: false } } as object,
    set: (change: object) => (app.state = { ...app.state, ...change }),
    run: (_: string, doing: () => Promise<void>) => doing().then(() => true, () => false),
    paper: () => {},
    sent: () => {},
    announce: () => {},
  };
  const session = {
    directory: it.directory, today: it.day, member: self,
    fetch: fetch ?? (async (_: unknown, before: FetchedCase) => ((await seen()).opened.entries.length > before.opened.entries.length ? seen() : before)),
    write: async ({ event }: { event: { kind: string } }) => void written.push(event),
    unanswered: { arrived: () => [] },
  };
  return { cases: new CaseWork(session as unknown as DeskSession, app as unknown as Controller), written };
}

test('nobody closes a case over what they have not read; once it is shown they may', async () => {
  const { cases, written } = await about_to_close((it) => it.say(it.owner, 'Wait, there is more.'));
  vi.spyOn(cases, 'may_close').mockReturnValue(true);
  expect([await cases.conclude('Done.', 'So.'), written]).toEqual(['news', []]);
  expect(await cases.conclude('Done.', 'So.')).toBe('done');
  expect(written).toEqual([{ kind: 'outcome', text: 'Done.', reason: 'So.' }]);
});

test('an outcome that stands there already is not written twice, nor held up by one’s own words', async () => {
  const own = await about_to_close((it) => it.say(it.member('mieke'), 'Nearly done.'));
  vi.spyOn(own.cases, 'may_close').mockReturnValue(true);
  expect([await own.cases.conclude('Done.', 'So.'), own.written.length]).toEqual(['done', 1]);
  const stands = { kind: 'outcome', text: 'Done.', reason: 'So.' } as const;
  const lost = await about_to_close((it) => it.did(it.member('mieke'), (addition) => addition.tell(talk, stands)));
  expect([await lost.cases.conclude('Done.', 'So.'), lost.written.length]).toEqual(['done', 0]);
});

test('where something else was decided meanwhile, it is not shown as done', async () => {
  const other = await about_to_close((it) => it.did(it.member('mieke'), (addition) => addition.tell(talk, { kind: 'outcome', text: 'Otherwise.', reason: 'So.' })));
  vi.spyOn(other.cases, 'may_close').mockReturnValue(false);
  expect([await other.cases.conclude('Done.', 'So.'), other.written.length]).toEqual(['failed', 0]);
});

test('nothing is decided while nobody can say what is new', async () => {
  const cut = await about_to_close(async () => {}, async () => Promise.reject(new SessionError('unreachable', 'by the test')));
  vi.spyOn(cut.cases, 'may_close').mockReturnValue(true);
  expect([await cut.cases.conclude('Done.', 'So.'), cut.written.length]).toEqual(['failed', 0]);
});

test('a committee decides over nothing unread either; what is not for its eyes holds nobody up', async () => {
  for (const [said, ends] of [[story, 'news'], [identity, 'done']] as const) {
    const { cases, written } = await about_to_close((it) => it.did(it.owner, (addition) => addition.tell(said, { kind: 'report', text: 'More.', answers: [] })));
    vi.spyOn(cases, 'may_judge').mockReturnValue(true);
    expect(await cases.rule(Ruling.conversation, 'A talk.', 'So.')).toBe(ends);
    expect(written.length).toBe(ends === 'news' ? 0 : 1);
    expect(await cases.rule(Ruling.conversation, 'A talk.', 'So.')).toBe('done');
  }
});

test('a file that was chosen is asked about: nothing of it goes before the yes, nor after a no or another case', async () => {
  const it = await LeadTest.open({ standIn: 'ruud' });
  const self = it.member('mieke');
  const fetched = await served_to(self, it);
  const sent: string[] = [];
  const app = {
    state: { open_case: { row: { key: 'x', item: { handle: it.owner.handle } }, fetched, state: {}, identity_shown: false }, words: { done: {} } } as { offered?: File | null },
    set: (change: object) => (app.state = { ...app.state, ...change }),
    run: (_: string, doing: (work: object) => Promise<void>) => doing({}).then(() => true, () => false),
    type: () => {},
    announce: () => {},
  };
  const session = { directory: it.directory, today: it.day, member: self, attach: async ({ name }: File) => void sent.push(name), fetch: async () => fetched };
  const cases = new CaseWork(session as unknown as DeskSession, app as unknown as Controller);
  expect(cases.listeners(), 'who stands in reads nothing yet').toEqual([it.id('youssef')]);
  for (const leaves of [() => cases.offer(null), () => cases.offer(new File([], 'b'))]) {
    cases.offer(new File([], 'a'));
    leaves();
    expect(sent).toEqual([]);
  }
  expect([await cases.attach(), sent, app.state.offered]).toEqual([true, ['b'], null]);
  expect([await cases.attach(), sent]).toEqual([false, ['b']]);
  cases.offer(new File([], 'c'));
  cases.close();
  expect(app.state.offered).toBeNull();
});

test('who would read a file is who is in the conversation now, but oneself, each once', async () => {
  const it = await LeadTest.open();
  for (const [one, part] of [['anouk', talk], ['ruud', story]] as const)
    await it.did(it.owner, (addition, certificates) => letIn(addition, { people: [it.id(one)], compartments: [part] }, certificates));
  const self = it.member('mieke');
  const app = { state: { open_case: { fetched: await served_to(self, it) } } };
  const cases = new CaseWork({ today: it.day, member: self } as unknown as DeskSession, app as unknown as Controller);
  expect(new Set(cases.listeners().map(toHex))).toEqual(new Set(['anouk', 'youssef'].map((name) => toHex(it.id(name)))));
});

test('who reads a case from now on alone is offered no status, and the desk can say why', async () => {
  const it = await LeadTest.open();
  const mieke = it.member('mieke');
  const ruud = it.member('ruud');
  await it.did(it.owner, (addition, certificates) => letIn(addition, { people: [it.id('ruud')], compartments: [talk], fromNow: true }, certificates));
  for (const [self, follows] of [[mieke, true], [ruud, false]] as const) {
    const fetched = await served_to(self, it);
    const app = { state: { open_case: { fetched, state: fold(fetched.opened, it.directory) } } };
    const cases = new CaseWork({ today: it.day, member: self, directory: it.directory } as unknown as DeskSession, app as unknown as Controller);
    expect([cases.follows(), cases.states().length > 0, cases.may(EventKind.message)]).toEqual([follows, follows, true]);
  }
});
