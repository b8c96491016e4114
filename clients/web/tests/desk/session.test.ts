// Whom an adviser lets in is held to the key that stood on the screen (protocol §4: "changed on (day)").
import { afterEach, expect, test, vi } from 'vitest';
import { CaseKind, kFrameBytes, Lead } from '../../generated/rules.ts';
import { Connection } from '../../core/connection.ts';
import { toHex } from '../../core/crypto/bytes.ts';
import { generatePhrase } from '../../core/crypto/phrase.ts';
import { Delivery } from '../../core/delivery.ts';
import { hurry } from '../../core/hurry.ts';
import { Reporter } from '../../core/identity.ts';
import { Outbox } from '../../core/outbox.ts';
import { DeskSession } from '../../desk/session.ts';
import { Gateway } from '../kit/gateway.ts';
import { Organisation } from '../kit/organisation.ts';
import { FixedRandom } from '../support.ts';

afterEach(() => vi.unstubAllGlobals());

test('who is let in is not sealed to a key that was openly replaced since; looked at again, they are', async () => {
  const organisation = new Organisation('desk session', 20_000);
  const gateway = new Gateway(organisation);
  const [mieke, youssef] = [organisation.colleague('mieke'), organisation.colleague('youssef')];
  const connection = new Connection(organisation.service, kFrameBytes);
  const { stop } = hurry(connection, { exchange: (frame) => gateway.exchange(frame) });
  expect(await connection.greet()).toMatchObject({ ok: true });
  const [random, outbox] = [new FixedRandom('writer'), new Outbox()];
  const self = new Reporter(generatePhrase(random, 'nl-1'), organisation.service);
  const opening = { caseKind: CaseKind.report, wants: [], lead: Lead.every_step, language: '' };
  const { id } = outbox.add({ kind: 'opening', story: { opening, story: 'A story.', people: '', identity: '' }, to: [mieke.id], standIn: undefined }, random);
  expect(await new Delivery({ connection, self, outbox, random }).deliver(id)).toMatchObject({ ok: true });
  stop();

  vi.stubGlobal('document', { querySelector: () => ({ content: toHex(organisation.service) }) });
  vi.stubGlobal('fetch', async (_: string, { body }: { body: Uint8Array }) => {
    const answer = await gateway.exchange(new Uint8Array(body));
    return new Response(answer.ok ? (answer.value as Uint8Array<ArrayBuffer>) : null);
  });
  const desk = new DeskSession();
  Object.assign(desk, { member_: organisation.member('mieke') });
  await desk.greet();
  const known = await desk.fetch(self.handle);
  const ask = (): Promise<void> => desk.act(self.handle, async (_, certificates) => certificates([youssef.id]), known);
  await ask();
  await organisation.replaceKey('youssef', 'whose?', false);
  await expect(ask()).rejects.toMatchObject({ lapsed: 'youssef' });
  await ask(); // the screen was drawn anew
  desk.close();
});
