// A signing key that was replaced while somebody wrote: protocol §4 has it shown as "changed on (day)" before they
// choose whom it is said to belong to.
import { expect, test } from 'vitest';

import { CaseKind, kFrameBytes, Lead } from '../../generated/rules.ts';
import { fetchCertificates } from '../../core/certificates.ts';
import { Connection } from '../../core/connection.ts';
import { generatePhrase } from '../../core/crypto/phrase.ts';
import { Delivery, type Progress } from '../../core/delivery.ts';
import { hurry } from '../../core/hurry.ts';
import { Reporter } from '../../core/identity.ts';
import { Outbox } from '../../core/outbox.ts';
import { Gateway } from '../kit/gateway.ts';
import { Organisation } from '../kit/organisation.ts';
import { FixedRandom } from '../support.ts';

// Somebody who was offered the people as they are, and has written to mieke. `meanwhile`: what happens when it was
// sealed and is on its way.
async function written(meanwhile: (organisation: Organisation) => Promise<void> = async () => {}) {
  const organisation = new Organisation('replaced key', 20_000);
  const gateway = new Gateway(organisation);
  const connection = new Connection(organisation.service, kFrameBytes);
  let sealed = false;
  let happened: Promise<void> | undefined; // once
  const exchange = async (frame: Uint8Array) => {
    if (sealed) await (happened ??= meanwhile(organisation));
    return gateway.exchange(frame);
  };
  const { stop } = hurry(connection, { exchange });
  expect(await connection.greet()).toMatchObject({ ok: true });
  connection.offered = connection.directory;
  const random = new FixedRandom('writer');
  const self = new Reporter(generatePhrase(random, 'nl-1'), organisation.service);
  const outbox = new Outbox();
  const opening = { caseKind: CaseKind.report, wants: [], lead: Lead.every_step, language: '' };
  const story = { opening, story: 'For mieke alone.', people: '', identity: '' };
  const { id: mieke } = organisation.colleague('mieke');
  const { id } = outbox.add({ kind: 'opening', story, to: [mieke], standIn: undefined }, random);
  const progress = ({ phase }: Progress): void => void (sealed ||= phase === 'sending');
  const deliver = async () => {
    const delivered = await new Delivery({ connection, self, outbox, random, progress }).deliver(id);
    return delivered.ok ? 'delivered' : delivered.error;
  };
  return { organisation, gateway, connection, self, mieke, deliver, stop };
}

test('nobody gets a report whose key was openly replaced while it was written; chosen knowing it, they do', async () => {
  const { gateway, connection, self, deliver, stop } = await written((it) => it.replaceKey('mieke', 'whose?', false));
  expect(await deliver()).toMatchObject({ kind: 'refused', code: 'key replaced', detail: 'mieke' });
  expect(gateway.entriesOf(self.handle)).toEqual([]);
  connection.offered = connection.directory; // looked at again
  expect(await deliver()).toBe('delivered');
  stop();
});

test.each([
  ['that its predecessor signed', 'mieke', true],
  ['of somebody else', 'youssef', false],
])('a key %s is in nobody’s way', async (_, name, vouched) => {
  const { deliver, stop } = await written((it) => it.replaceKey(name, 'another', vouched));
  expect(await deliver()).toBe('delivered');
  stop();
});

test('an open replacement stays one, however many keys were vouched for since', async () => {
  const { deliver, stop } = await written(async (it) => {
    await it.replaceKey('mieke', 'whose?', false);
    await it.replaceKey('mieke', 'theirs', true);
  });
  expect(await deliver()).toMatchObject({ code: 'key replaced' });
  stop();
});

test('who reads already is sealed to: their case tells that the key changed', async () => {
  const { organisation, connection, mieke, stop } = await written();
  await organisation.replaceKey('mieke', 'whose?', false);
  expect(await connection.greet()).toMatchObject({ ok: true });
  expect(await fetchCertificates(connection, [mieke], true)).toMatchObject({ ok: true });
  expect(await fetchCertificates(connection, [mieke])).toMatchObject({ ok: false, error: { code: 'key replaced' } });
  stop();
});
