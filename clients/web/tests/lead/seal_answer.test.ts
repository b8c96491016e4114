// An answer to a proposal, as it is made on the page's one thread.
import { expect, test, vi } from 'vitest';

import { Choice, StepRole } from '../../generated/rules.ts';
import { fold, mayAnswer, mayOpenIdentity, mayRetract } from '../../core/case_state.ts';
import { SigningKey } from '../../core/crypto/signing.ts';
import type { Decision } from '../../core/event.ts';
import { Addition } from '../../core/lead/addition.ts';
import { Directory } from '../../core/protocol/directory.ts';
import { newcomersOf, sealAnswer } from '../../core/seal_answer.ts';
import type { Work } from '../../core/turns.ts';
import { case_view } from '../../reporter/case_view.ts';
import { LeadTest, summary, talk } from './fixture.ts';

test('all that takes time waits for its turn', async () => {
  const it = await LeadTest.open();
  const readers = [{ memberId: it.id('ilse'), compartments: [summary], lastDay: 0 }];
  await it.did(it.member('mieke'), (addition) =>
    addition.tell(talk, { kind: 'proposal', step: 'share_triage', text: '', readers, summary: 'A draft.' }),
  );
  const opened = await it.opened(it.owner);
  const { seq, hash } = fold(opened, it.directory).proposals[0]!;
  const decision: Decision = { kind: 'decision', proposalSeq: seq, proposalHash: hash, choice: Choice.yes, text: '' };
  const answer = { decision, summary: 'As I would have it.' };

  const theirs = await it.certificates([it.id('ilse')]); // made here, so signed here

  let turns = 0;
  const work: Work = async (piece) => {
    turns += 1;
    try {
      return await piece();
    } finally {
      turns -= 1;
    }
  };
  const { sign } = SigningKey.prototype;
  const inside: boolean[] = [];
  vi.spyOn(SigningKey.prototype, 'sign').mockImplementation(function (this: SigningKey, ...said) {
    inside.push(turns > 0);
    return sign.apply(this, said);
  });
  const addition = new Addition(opened, it.owner, it.directory, it.day, it.random, async () => theirs, work);
  const sealed = await sealAnswer(addition, answer);
  vi.restoreAllMocks();
  expect(sealed.ok && addition.entries.length).toBe(3); // the summary, the grant, the decision
  expect(inside).toEqual([true, true, true]);
});

test('a yes to a sensitive step is not given where its author left that out', async () => {
  const it = await LeadTest.open();
  await it.did(it.member('mieke'), (addition) =>
    addition.tell(talk, { kind: 'proposal', step: 'mediation', text: '', readers: [], summary: '' }),
  );
  const opened = await it.opened(it.owner);
  const { seq, hash } = fold(opened, it.directory).proposals[0]!;
  const content = { ...it.organisation.content(), version: 2, sensitiveSteps: ['mediation'] };
  const later = await Directory.parse(
    await it.organisation.sign({ ...content, previousHashes: [it.directory.hash] }), it.organisation.service,
  );
  if (!later.ok) throw new Error(later.error);
  const answered = (choice: Choice) => newcomersOf(
    opened, later.value, { decision: { kind: 'decision', proposalSeq: seq, proposalHash: hash, choice, text: '' }, summary: '' },
    it.day,
  );
  expect(answered(Choice.yes)).toEqual({ ok: false, error: 'sensitive' });
  expect(answered(Choice.no).ok).toBe(true);
});

test('a text that does not open keeps the reporter from no answer, and nobody from saying what they read', async () => {
  const it = await LeadTest.open();
  await it.did(it.member('mieke'), (addition) =>
    addition.tell(talk, { kind: 'proposal', step: 'mediation', text: '', readers: [], summary: '' }),
  );
  await it.did(it.member('youssef'), (addition) => addition.tell(talk, { kind: 'message', text: 'Kept back.' }));
  const opened = await it.opened(it.owner);
  const last = opened.entries.at(-1)!;
  const unread = { ...opened, entries: [...opened.entries.slice(0, -1), { ...last, event: undefined }] };
  const state = fold(unread, it.directory);
  expect(state.state).toBeUndefined();
  expect(mayAnswer(state, state.proposals[0]!)).toBe(true);
  expect(mayRetract(state, state.proposals[0]!, it.id('mieke'))).toBe(true);
  expect(mayOpenIdentity(state, StepRole.member)).toBe(true);
  expect(mayOpenIdentity(state, StepRole.reader)).toBe(false); // has no talk to say it in
  expect(case_view(unread, it.directory, it.day, false).state).toBeNull();
});
