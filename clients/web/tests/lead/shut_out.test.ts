// Somebody who is in seals the next epoch's key wrongly, by mistake or to shut another out. Everybody who got no key
// sees it; and nobody stays shut out, the reporter least of all.
import { expect, test } from 'vitest';

import { Choice, Milestone } from '../../generated/rules.ts';
import { fold } from '../../core/case_state.ts';
import type { Decision } from '../../core/event.ts';
import type { Identity } from '../../core/identity.ts';
import { dispute, letIn, releaseSelf } from '../../core/lead/moves.ts';
import { renew, type Renewed } from '../../core/lead/renewal.ts';
import { replace } from '../../core/lead/replace.ts';
import { sealAnswer } from '../../core/seal_answer.ts';
import { LeadTest, notes, story, summary, talk } from './fixture.ts';
import { startWrongly } from './wrong_epoch.ts';

const alarms = async (it: LeadTest, who: Identity) => (await it.opened(who)).alarms.map(({ kind }) => kind);

test('the reporter’s next word begins the epoch that shut them out anew, and is read', async () => {
  const it = await LeadTest.open();
  await startWrongly(it, [story, talk]);
  const before = it.entries.length;
  await it.say(it.owner, 'Still mine.');
  expect(it.entries.length).toBe(before + 2); // the epoch, the word
  for (const compartment of [story, talk])
    expect(it.access().newestEpoch(compartment)).toMatchObject({ number: 3, byOwner: true });
  for (const name of ['mieke', 'youssef']) expect(await it.texts(it.member(name), talk)).toEqual(['Still mine.']);
  for (const name of ['mieke', 'youssef']) expect(await alarms(it, it.member(name))).toEqual([]);
  expect(await alarms(it, it.owner)).toEqual(['other_key']);
  await it.say(it.member('youssef'), 'I read it.');
  await it.say(it.owner, 'And again.'); // which needs no other epoch
  expect(it.entries.length).toBe(before + 4);
  expect(await it.texts(it.owner, talk)).toEqual(['Still mine.', 'I read it.', 'And again.']);
});

test('however often it is done, a word costs one epoch more, and only where it is needed', async () => {
  const it = await LeadTest.open();
  for (let i = 0; i < 3; ++i) await startWrongly(it, [talk]);
  const before = it.entries.length;
  await it.did(it.owner, (addition) => addition.tell(story, { kind: 'report', text: 'More of it.', answers: [] }));
  expect(it.entries.length).toBe(before + 1);
  await it.say(it.owner, 'Here.');
  expect(it.entries.length).toBe(before + 3);
});

test('an answer to a proposal lets in whom it names, in parts that were shut', async () => {
  const it = await LeadTest.open();
  const readers = [{ memberId: it.id('ilse'), compartments: [summary], lastDay: 0 }];
  await it.did(it.member('mieke'), (addition) =>
    addition.tell(talk, { kind: 'proposal', step: 'share_triage', text: '', readers, summary: 'A draft.' }),
  );
  const { seq, hash } = fold(await it.opened(it.owner), it.directory).proposals[0]!;
  await startWrongly(it, [talk, summary]);
  const decision: Decision = { kind: 'decision', proposalSeq: seq, proposalHash: hash, choice: Choice.yes, text: 'Good.' };
  const before = it.entries.length;
  await it.did(it.owner, (addition) => sealAnswer(addition, { decision, summary: 'As I would have it.' }));
  expect(it.entries.length).toBe(before + 4); // the epochs, the summary, the grant, the decision
  const seen = fold(await it.opened(it.member('youssef')), it.directory);
  expect(seen.proposals[0]!.standing).toBe('answered');
  expect(await it.texts(it.member('ilse'), summary)).toEqual(['As I would have it.']);
});

test('a milestone is disputed all the same', async () => {
  const it = await LeadTest.open();
  const milestone = Milestone.acknowledged;
  await it.did(it.member('mieke'), (addition) => addition.tell(talk, { kind: 'message', text: 'Yes, yes.' }, { milestone }));
  const disputed = it.entries.length - 1;
  await startWrongly(it, [talk]);
  await it.did(it.owner, (addition) => dispute(addition, disputed, 'That was none.'));
  expect(await it.texts(it.member('youssef'), talk)).toEqual(['Yes, yes.', 'That was none.']);
  expect(fold(await it.opened(it.owner), it.directory).clocks.acknowledge.metDay).toBe(0);
});

test('another adviser is let in, to what was before, too', async () => {
  const it = await LeadTest.open();
  await startWrongly(it, [story, talk]);
  await it.did(it.owner, (addition, certificates) =>
    letIn(addition, { people: [it.id('bram')], compartments: [story, talk] }, certificates),
  );
  await it.say(it.owner, 'Welcome.');
  expect(await it.texts(it.member('bram'), story)).toEqual(['The story.']);
  expect(await it.texts(it.member('bram'), talk)).toEqual(['Welcome.']);
});

test('and when all who carried it on have left', async () => {
  const it = await LeadTest.open();
  await startWrongly(it, [story, talk]);
  for (const name of ['mieke', 'youssef']) await it.did(it.member(name), releaseSelf);
  expect(await it.act(it.owner, (addition) => addition.tell(talk, { kind: 'message', text: 'Anybody?' }))).toMatchObject({
    ok: false, error: { kind: 'refused', code: 'not shared' },
  });
  await it.did(it.owner, (addition, certificates) =>
    letIn(addition, { people: [it.id('bram')], compartments: [story, talk], holder: true }, certificates),
  );
  await it.say(it.owner, 'Welcome.');
  expect(it.holder()).toBe('bram');
  expect(await it.texts(it.member('bram'), story)).toEqual(['The story.']);
  expect(await it.texts(it.member('bram'), talk)).toEqual(['Welcome.']);
});

test('whoever did it is replaced, and hears nothing after', async () => {
  const it = await LeadTest.open();
  await startWrongly(it, [talk]);
  await it.did(it.owner, (addition, certificates) => replace(addition, it.id('mieke'), it.id('bram'), certificates));
  await it.say(it.owner, 'To you.');
  expect(await it.texts(it.member('bram'), talk)).toEqual(['To you.']);
});

test('a colleague who was shut out begins the next one; notes are nobody’s but the holder’s', async () => {
  const it = await LeadTest.open();
  await startWrongly(it, [talk], 'youssef');
  const youssef = it.member('youssef');
  expect(await alarms(it, youssef)).toEqual(['other_key']);
  const says = (text: string) => it.act(youssef, (addition) => addition.tell(talk, { kind: 'message', text }));
  expect(await says('Hear me.')).toMatchObject({ ok: false, error: { kind: 'refused', code: 'not shared' } });
  let renewed: Renewed | undefined;
  const renewal = () =>
    it.did(youssef, async (addition, certificates) => {
      const done = await renew(addition, certificates);
      if (done.ok) renewed = done.value;
      return done;
    });
  await renewal();
  expect(renewed!.epochs).toEqual([talk]);
  expect(await says('Hear me.')).toMatchObject({ ok: true });
  expect(await it.texts(it.owner, talk)).toEqual(['Hear me.']);
  await renewal();
  expect(renewed!.epochs).toEqual([]);
  expect((await it.opened(it.owner)).access.newestEpoch(notes)).toBeUndefined();
});
