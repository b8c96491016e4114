// What an adviser writes: done once it is accepted, sent once, and never over what they have not read.
import { expect, test, vi } from 'vitest';
import { Choice, Ruling } from '../../generated/rules.ts';
import { fold } from '../../core/case_state.ts';
import { equal } from '../../core/crypto/bytes.ts';
import { noSince } from '../../core/desk/last_word.ts';
import type { FetchedCase } from '../../core/fetch.ts';
import type { Act } from '../../core/lead/act.ts';
import { delegate } from '../../core/lead/moves.ts';
import type { EventDraft } from '../../core/outbox.ts';
import { sealAnswer } from '../../core/seal_answer.ts';
import { SessionError, value_of } from '../../page/session_error.ts';
import { identity, LeadTest, story, talk } from '../lead/fixture.ts';
import { desk_of, served_to } from './case_fixture.ts';

test('what was accepted is done, also when the look at it fails', async () => {
  const it = await LeadTest.open();
  const fetched = await served_to(it.member('mieke'), it);
  const written: unknown[] = [];
  const announced: unknown[] = [];
  const session = {
    write: async (draft: unknown) => void written.push(draft),
    fetch: async () => Promise.reject(new Error('the line was cut')),
    unanswered: { otherwise: () => [] },
  };
  const open_case = { row: { key: 'x', item: { handle: it.owner.handle } }, fetched, state: { clocked: false }, identity_shown: false };
  const app = {
    state: { open_case, words: { done: { say: 'sent' } } },
    run: (_: string, doing: () => Promise<void>) => doing().then(() => true, () => false),
    sent: () => {},
    announce: (words: unknown) => announced.push(words),
  };
  const { cases } = desk_of(session, app);
  expect(await cases.say('We meet on Monday.', false)).toBe(true);
  expect([written.length, announced]).toEqual([1, ['sent']]);
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
    act: async (_: unknown, change: Act) => value_of(await it.act(self, change)),
    unanswered: { arrived: () => [], otherwise: () => [] },
  };
  return { ...desk_of(session, app), written, session, it };
}

test('nobody closes a case over what they have not read; once it is shown they may', async () => {
  const { cases, rights, written } = await about_to_close((it) => it.say(it.owner, 'Wait, there is more.'));
  vi.spyOn(rights, 'may_close').mockReturnValue(true);
  expect([await cases.conclude('Done.', 'So.'), written]).toEqual(['news', []]);
  expect(await cases.conclude('Done.', 'So.')).toBe('done');
  expect(written).toEqual([{ kind: 'outcome', text: 'Done.', reason: 'So.' }]);
});

test('what the reporter writes while an outcome is on its way is read first, too', async () => {
  const { cases, rights, written, session, it } = await about_to_close(async () => {});
  vi.spyOn(rights, 'may_close').mockReturnValue(true);
  const { write } = session;
  session.write = async (draft: { event: { kind: string }; unless?: EventDraft['unless'] }) => {
    await it.say(it.owner, 'He is at my door.');
    const refused = draft.unless!((await it.opened(it.member('mieke'))).entries);
    if (refused) value_of(refused);
    return write(draft);
  };
  expect([await cases.conclude('Done.', 'So.'), written]).toEqual(['news', []]);
});

test('nobody is let in over a no that came since the screen was drawn; shown, it is the adviser’s to weigh', async () => {
  const it = await LeadTest.open();
  const [mieke, ilse] = [it.member('mieke'), it.id('ilse')];
  const allowed = { people: [ilse], compartments: [talk], lastDay: it.day + 7, ended: false, mayMoveHolder: false };
  await it.did(it.owner, (addition) => delegate(addition, { delegateId: mieke.memberId, ...allowed }));
  const readers = [{ memberId: ilse, compartments: [talk], lastDay: 0 }];
  await it.did(mieke, (addition) => addition.tell(talk, { kind: 'proposal', step: '', text: 'Ilse?', readers, summary: '' }));
  const { seq, hash } = fold(await it.opened(it.owner), it.directory).proposals[0]!;
  const decision = { kind: 'decision', proposalSeq: seq, proposalHash: hash, choice: Choice.no, text: '' } as const;
  await it.did(it.owner, (addition) => sealAnswer(addition, { decision, summary: '' }));
  const fetched = await served_to(mieke, it);
  const app = {
    state: { open_case: { row: { key: 'x', item: { handle: it.owner.handle } }, fetched, state: {}, identity_shown: false }, words: { done: {} } },
    run: (_: string, doing: (work: object) => Promise<void>) => doing({}).then(() => true, () => false),
    announce: () => {},
  };
  const session = { act: async (_: unknown, change: Act) => value_of(await it.act(mieke, change)), fetch: async () => fetched };
  const { cases } = desk_of(session, app);
  const is_in = (): boolean => it.access().grants.some(({ memberId }) => equal(memberId, ilse));
  expect([await cases.pass_on(ilse, [talk], false, 0), is_in()]).toEqual([false, false]);
  const no = noSince(fold(fetched.opened, it.directory), ilse, 0);
  expect([await cases.pass_on(ilse, [talk], false, 0, no), is_in()]).toEqual([true, true]);
});

test('an outcome that stands there already is not written twice, nor held up by one’s own words', async () => {
  const own = await about_to_close((it) => it.say(it.member('mieke'), 'Nearly done.'));
  vi.spyOn(own.rights, 'may_close').mockReturnValue(true);
  expect([await own.cases.conclude('Done.', 'So.'), own.written.length]).toEqual(['done', 1]);
  const stands = { kind: 'outcome', text: 'Done.', reason: 'So.' } as const;
  const lost = await about_to_close((it) => it.did(it.member('mieke'), (addition) => addition.tell(talk, stands)));
  expect([await lost.cases.conclude('Done.', 'So.'), lost.written.length]).toEqual(['done', 0]);
});

test('of what stands there already nobody is told that it does not, whatever was written behind it', async () => {
  const decided = { kind: 'outcome', text: 'Done.', reason: 'So.' } as const;
  const lost = await about_to_close(async (it) => {
    await it.did(it.member('mieke'), (addition) => addition.tell(talk, decided));
    await it.say(it.owner, 'Thank you.');
  });
  vi.spyOn(lost.rights, 'may_close').mockReturnValue(true);
  expect([await lost.cases.conclude(decided.text, decided.reason), lost.written.length]).toEqual(['done', 0]);
});

test('where something else was decided meanwhile, it is not shown as done', async () => {
  const other = await about_to_close((it) => it.did(it.member('mieke'), (addition) => addition.tell(talk, { kind: 'outcome', text: 'Otherwise.', reason: 'So.' })));
  vi.spyOn(other.rights, 'may_close').mockReturnValue(false);
  expect([await other.cases.conclude('Done.', 'So.'), other.written.length]).toEqual(['failed', 0]);
});

test('nothing is decided while nobody can say what is new', async () => {
  const cut = await about_to_close(async () => {}, async () => Promise.reject(new SessionError('unreachable', 'by the test')));
  vi.spyOn(cut.rights, 'may_close').mockReturnValue(true);
  expect([await cut.cases.conclude('Done.', 'So.'), cut.written.length]).toEqual(['failed', 0]);
});

test('a committee decides over nothing unread either; what is not for its eyes holds nobody up', async () => {
  for (const [said, ends] of [[story, 'news'], [identity, 'done']] as const) {
    const { cases, rights, written } = await about_to_close((it) => it.did(it.owner, (addition) => addition.tell(said, { kind: 'report', text: 'More.', answers: [] })));
    vi.spyOn(rights, 'may_judge').mockReturnValue(true);
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
  const { cases, rights, view } = desk_of(session, app);
  expect(rights.listeners(), 'who stands in reads nothing yet').toEqual([it.id('youssef')]);
  for (const leaves of [() => cases.offer(null), () => cases.offer(new File([], 'b'))]) {
    cases.offer(new File([], 'a'));
    leaves();
    expect(sent).toEqual([]);
  }
  expect([await cases.attach(), sent, app.state.offered]).toEqual([true, ['b'], null]);
  expect([await cases.attach(), sent]).toEqual([false, ['b']]);
  cases.offer(new File([], 'c'));
  view.close();
  expect(app.state.offered).toBeNull();
});
