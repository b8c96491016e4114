// A gateway that says other days than the person's own device.
import { expect, test } from 'vitest';

import { kFrameBytes } from '../../generated/rules.ts';
import { Connection } from '../../core/connection.ts';
import { Digest } from '../../core/crypto/hash.ts';
import { good } from '../../core/expected.ts';
import { fetchCase } from '../../core/fetch.ts';
import { hurry } from '../../core/hurry.ts';
import { otherDay } from '../../core/own_clock.ts';
import { encodeLog } from '../../core/protocol/operations.ts';
import { Gateway } from '../kit/gateway.ts';
import { LeadTest } from './fixture.ts';

const kDays: [newest: number, served: number, own: number, alarm: boolean][] = [
  [0, 0, 0, false],
  [0, 0, -1, false], // before midnight here, after it there
  [0, 0, 1, false],
  [0, 0, 2, true], // the gateway's days stand still
  [0, 0, -2, true], // they run ahead
  [60, 0, 0, true], // they did, when the newest entry was made
  [1, 0, 0, false],
  [-60, 0, 0, false], // nobody wrote for a while
];
test.each(kDays)('newest entry %i, gateway %i, this device %i: %s', async (newest, served, own, alarm) => {
  const it = await LeadTest.open();
  const { chain } = await it.opened(it.owner);
  const shown = Object.assign(chain.copy(), { headDay: it.day + newest });
  const said = otherDay(shown, it.day + served, it.day + own);
  expect(said?.kind).toBe(alarm ? 'other_day' : undefined);
  if (alarm) expect(said!.seq).toBe(it.entries.length - 1);
});

test.each([
  [0, []],
  [2, ['other_day']],
])('whoever fetches the case on a device that is %i days on sees %j', async (on, kinds) => {
  const it = await LeadTest.open();
  const connection = new Connection(it.organisation.service, kFrameBytes, () => it.day + on);
  const { stop } = hurry(connection, new Gateway(it.organisation));
  expect(await connection.greet()).toMatchObject({ ok: true });
  const log = { ...it.served(it.owner), headSeq: it.entries.length - 1, headHash: Digest.zeros() };
  connection.call = async () => good(encodeLog(log));
  const seen = await fetchCase(connection, it.owner.handle, it.owner);
  expect(seen.ok && seen.value.opened.alarms.map(({ kind }) => kind)).toEqual(kinds);
  stop();
});
