// A case's keys are wiped as soon as it is closed, but never under work that may still seal with them.
import { expect, test } from 'vitest';
import { Compartment } from '../../generated/rules.ts';
import type { FetchedCase } from '../../core/fetch.ts';
import { CaseWork } from '../../desk/case_work.ts';
import type { Controller } from '../../desk/controller.ts';
import type { Row } from '../../desk/inbox.ts';
import type { DeskSession } from '../../desk/session.ts';
import { LeadTest } from '../lead/fixture.ts';

// As much of a controller as the work on a case asks for, and one case that is open at it.
async function at_a_case(): Promise<{ cases: CaseWork; fetched: FetchedCase; app: { state: Record<string, unknown> } }> {
  const it = await LeadTest.open();
  const self = it.member('mieke');
  const log = it.served(self);
  const fetched = { log, opened: await it.opened(self, log) };
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
