// What a reporter is told about real cases: who was let in, who tried what, what somebody says is over, since when.
import { expect, test } from 'vitest';

import { Compartment, Milestone } from '../../generated/rules.ts';
import { delegate, dispute, letIn, sayWhoIAm } from '../../core/lead/moves.ts';
import { readyNotes, renew } from '../../core/lead/renewal.ts';
import type { Identity } from '../../core/identity.ts';
import { sealDelegate } from '../../core/lead/seal_lead.ts';
import { sealEvent } from '../../core/seal.ts';
import { is_renewal } from '../../page/renewal.ts';
import { case_view } from '../../reporter/case_view.ts';
import { merged } from '../../reporter/parts/access.tsx';
import type { CaseView } from '../../reporter/session.ts';
import { kToday, LeadTest, talk } from '../lead/fixture.ts';

async function seen(it: LeadTest): Promise<CaseView> {
  return case_view(await it.opened(it.owner), it.directory, it.day, false);
}
const kinds_of = (view: CaseView) => view.rows.map(({ content }) => content.kind);

// A message that claims a milestone, as any program of a member's may write it.
async function claim(it: LeadTest, who: Identity, milestone: Milestone): Promise<number> {
  const { keys, share } = await it.opened(who);
  const said = { kind: 'message', text: 'said' } as const;
  const target = { compartment: talk, epoch: 1, milestone };
  await it.did(who, async (addition) =>
    addition.take(await sealEvent(who, addition.place, target, said, keys.get(talk, 1)!, share!, it.random)),
  );
  return it.entries.length - 1;
}
// What the rules forbid a member, past a gateway that lets it through.
async function forge(it: LeadTest, who: Identity): Promise<void> {
  const { chain } = await it.opened(it.owner, it.everything());
  const place = { chain, day: it.day, directoryHash: it.directory.hash };
  const made = { people: [it.id('bram')], compartments: [talk], lastDay: it.day + 9, ended: false, mayMoveHolder: false };
  it.entries.push(await sealDelegate(who, place, { kind: 'delegate', delegateId: it.id('mieke'), ...made }, it.random));
}

test('an adviser who gets ready for notes let nobody in, whoever waits to stand in', async () => {
  const it = await LeadTest.open({ standIn: 'ruud' });
  await it.did(it.member('mieke'), readyNotes);
  const view = await seen(it);
  expect(view.news).toEqual([]);
  expect(kinds_of(view).at(-1)).toBe('renewed');
});

test('notes that are sealed for who waits to stand in let nobody in, either', async () => {
  const it = await LeadTest.open();
  await it.did(it.member('mieke'), readyNotes);
  await it.did(it.owner, (addition, certificates) => {
    const who = { people: [it.id('ruud')], compartments: [Compartment.story, talk], standsInFor: it.id('mieke'), holder: true };
    return letIn(addition, who, certificates);
  });
  await it.did(it.member('mieke'), renew);
  const view = await seen(it);
  expect(view.news).toEqual([]);
  expect(kinds_of(view).slice(-2)).toEqual(['grant', 'renewed']);
});

test('whom somebody lets in is told, also when both have one name', async () => {
  const it = await LeadTest.open();
  const made = { people: [it.id('bram')], compartments: [talk], lastDay: it.day + 9, ended: false, mayMoveHolder: false };
  await it.did(it.owner, (addition) => delegate(addition, { delegateId: it.id('mieke'), ...made }));
  await it.did(it.member('mieke'), (addition, certificates) =>
    letIn(addition, { people: [it.id('bram')], compartments: [talk], lastDay: it.day + 9 }, certificates),
  );
  expect((await seen(it)).news).toMatchObject([{ kind: 'let_in', name: 'mieke', names: ['bram'] }]);
  const opened = await it.opened(it.owner);
  const alike = { ...opened, entries: opened.entries.map((one) => ({ ...one, author: one.author === 'mieke' ? 'bram' : one.author })) };
  expect(is_renewal(alike, it.entries.length - 1, it.directory)).toBe(false);
});

test('every breach is an alarm of its own, with who made it and when', async () => {
  const it = await LeadTest.open();
  await forge(it, it.member('mieke'));
  it.day += 1;
  await forge(it, it.member('youssef'));
  const { alarms } = await seen(it);
  const kind = 'rule_broken';
  expect(alarms).toEqual([
    { seq: it.entries.length - 1, kind, author: 'youssef', mine: false, day: kToday + 1 },
    { seq: it.entries.length - 2, kind, author: 'mieke', mine: false, day: kToday },
  ]);
});

test('an outcome that was never one can be disputed, and then nothing is erased', async () => {
  const it = await LeadTest.open();
  const mieke = it.member('mieke');
  const feedback = await claim(it, mieke, Milestone.feedback);
  const outcome = await claim(it, mieke, Milestone.outcome);
  const before = await seen(it);
  expect(before.clocks).toMatchObject({ acknowledge: { met_by: feedback }, feedback: { met_by: feedback } });
  expect(before.erase_day).not.toBeNull();
  expect(before.outcome_by).toBe(outcome);
  await it.did(it.owner, (addition) => dispute(addition, before.outcome_by!, 'It is not over.'));
  const after = await seen(it);
  expect([after.erase_day, after.outcome_by]).toEqual([null, null]);
  expect(after.clocks).toMatchObject({ acknowledge: { met_by: feedback }, feedback: { met_by: feedback } });
});

test('nobody writes as the reporter by being called so', async () => {
  const it = await LeadTest.open();
  await it.say(it.member('mieke'), 'from mieke');
  const opened = await it.opened(it.owner);
  const named = { ...opened, entries: opened.entries.map((one) => ({ ...one, author: one.author === 'mieke' ? 'reporter' : one.author })) };
  const view = case_view(named, it.directory, it.day, false);
  expect(view.rows.at(-1)).toMatchObject({ mine: false, author: 'reporter' });
  expect(view.news).toEqual([{ kind: 'messages', count: 1 }]);
});

test('what was given later stands as given later', async () => {
  const it = await LeadTest.open();
  it.day += 50;
  await it.did(it.owner, (addition, certificates) => sayWhoIAm(addition, it.id('mieke'), 'Sam.', certificates));
  const rows = merged((await seen(it)).access).filter(({ name }) => name === 'mieke');
  expect(rows.map(({ since_day }) => since_day - kToday)).toEqual([0, 50]);
  expect(rows[1]!.compartments).toEqual(['identity']);
  expect(rows[0]!.compartments).not.toContain('identity');
});
