// What the desk offers somebody at a case is what would stand, and whom they are told about is who reads it.
import { expect, test } from 'vitest';
import { EventKind } from '../../generated/rules.ts';
import { fold } from '../../core/case_state.ts';
import { toHex } from '../../core/crypto/bytes.ts';
import { letIn } from '../../core/lead/moves.ts';
import { LeadTest, story, talk } from '../lead/fixture.ts';
import { desk_of, served_to } from './case_fixture.ts';

test('who would read a file is who is in the conversation now, but oneself, each once', async () => {
  const it = await LeadTest.open();
  for (const [one, part] of [['anouk', talk], ['ruud', story]] as const)
    await it.did(it.owner, (addition, certificates) => letIn(addition, { people: [it.id(one)], compartments: [part] }, certificates));
  const self = it.member('mieke');
  const app = { state: { open_case: { fetched: await served_to(self, it) } } };
  const { rights } = desk_of({ today: it.day, member: self }, app);
  expect(new Set(rights.listeners().map(toHex))).toEqual(new Set(['anouk', 'youssef'].map((name) => toHex(it.id(name)))));
});

test('who reads a case from now on alone is offered no status, and the desk can say why', async () => {
  const it = await LeadTest.open();
  const mieke = it.member('mieke');
  const ruud = it.member('ruud');
  await it.did(it.owner, (addition, certificates) => letIn(addition, { people: [it.id('ruud')], compartments: [talk], fromNow: true }, certificates));
  for (const [self, follows] of [[mieke, true], [ruud, false]] as const) {
    const fetched = await served_to(self, it);
    const app = { state: { open_case: { fetched, state: fold(fetched.opened, it.directory) } } };
    const { rights } = desk_of({ today: it.day, member: self, directory: it.directory }, app);
    expect([rights.follows(), rights.states().length > 0, rights.may(EventKind.message)]).toEqual([follows, follows, true]);
  }
});
