// An answer to a proposal, as it is made on the page's one thread.
import { expect, test, vi } from 'vitest';

import { Choice } from '../../generated/rules.ts';
import { fold } from '../../core/case_state.ts';
import { SigningKey } from '../../core/crypto/signing.ts';
import type { Decision } from '../../core/event.ts';
import { Addition } from '../../core/lead/addition.ts';
import { sealAnswer } from '../../core/seal_answer.ts';
import type { Work } from '../../core/turns.ts';
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
