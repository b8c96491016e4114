// Two write at the same moment, both honestly. What comes second is held against the case as it stands by then: a step
// that is not possible any more is not sent, since it would stand there as an alarm for good.
import { expect, test } from 'vitest';

import { CaseState, EventKind, StepRole } from '../../generated/rules.ts';
import { fold, mayTake } from '../../core/case_state.ts';
import type { Event } from '../../core/event.ts';
import type { Identity } from '../../core/identity.ts';
import type { Addition } from '../../core/lead/addition.ts';
import { LeadTest, talk } from './fixture.ts';

const active = { kind: 'status', state: CaseState.active, text: 'I go on with it.' } as const;
const outcome = { kind: 'outcome', text: 'Done.', reason: 'It stopped.' } as const;
const overtaken = { ok: false, error: { kind: 'refused', message: expect.stringContaining('decided otherwise meanwhile') } };

const tells = (event: Event) => (addition: Addition) => addition.tell(talk, event);
// A case that mieke may close, and closed.
async function closed(): Promise<LeadTest> {
  const it = await LeadTest.open();
  await it.say(it.member('mieke'), 'I read it.');
  await it.did(it.owner, tells({ kind: 'stay', ended: false, text: '' }));
  await it.did(it.member('mieke'), tells(outcome));
  return it;
}
const stateFor = async (it: LeadTest, who: Identity) => fold(await it.opened(who), it.directory);

test('a status behind an outcome is refused, nothing is added, and nobody is alarmed', async () => {
  const it = await closed();
  const before = it.entries.length;
  expect(await it.act(it.member('youssef'), tells(active))).toMatchObject(overtaken);
  expect(it.entries.length).toBe(before);
  for (const who of [it.owner, it.member('mieke'), it.member('youssef')])
    expect(await stateFor(it, who)).toMatchObject({ state: CaseState.closed, alarms: [] });
});

test('so is the reporter’s wish to stay; a plain word of theirs always lands, and opens the case again', async () => {
  const it = await closed();
  expect(mayTake(await stateFor(it, it.owner), EventKind.stay, StepRole.owner)).toBe(false);
  expect(await it.act(it.owner, tells({ kind: 'stay', ended: true, text: 'No.' }))).toMatchObject(overtaken);
  await it.say(it.owner, 'It began again.');
  expect(await it.act(it.member('youssef'), tells(active))).toMatchObject({ ok: true });
  expect(await stateFor(it, it.owner)).toMatchObject({ state: CaseState.active, alarms: [] });
});

test('what one append adds is one after the other: a wish behind the word that opens the case again', async () => {
  const it = await closed();
  await it.did(it.owner, async (addition) => {
    const said = await addition.tell(talk, { kind: 'message', text: 'It began again.' });
    return said.ok ? addition.tell(talk, { kind: 'stay', ended: false, text: '' }) : said;
  });
  expect((await stateFor(it, it.owner)).alarms).toEqual([]);
});
