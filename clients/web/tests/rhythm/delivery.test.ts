// What was written stands in the log once, whatever the wire does: the gateway counts what is handed in.
import { describe, expect, test } from 'vitest';

import { CaseKind, Compartment, Lead, Status, Want } from '../../generated/rules.ts';
import { Delivery, type Progress } from '../../core/delivery.ts';
import { fail, type CoreError, type Result } from '../../core/errors.ts';
import type { Bad } from '../../core/expected.ts';
import { fetchCase } from '../../core/fetch.ts';
import { Reporter } from '../../core/identity.ts';
import { Outbox, type Draft } from '../../core/outbox.ts';
import { generatePhrase } from '../../core/crypto/phrase.ts';
import type { Accepted } from '../../core/protocol/operations.ts';
import { Gateway } from '../kit/gateway.ts';
import { kOrganisation, Visit, type Fate } from '../kit/visit.ts';
import { FixedRandom } from '../support.ts';

const newReporter = (): Reporter =>
  new Reporter(generatePhrase(new FixedRandom('reporter'), 'nl-1'), kOrganisation.service);

const opening = (story = 'It happened again today.'): Draft => ({
  kind: 'opening',
  story: {
    opening: { caseKind: CaseKind.report, wants: [Want.heard], lead: Lead.every_step, language: '' },
    story,
    people: '',
    identity: '',
  },
  to: ['mieke', 'youssef'].map((name) => kOrganisation.colleague(name).id),
  standIn: kOrganisation.colleague('ruud').id,
});
const message = (self: Reporter, text: string): Draft => ({
  kind: 'event',
  handle: self.handle,
  compartment: Compartment.talk,
  event: { kind: 'message', text },
});
const kOpeningEntries = 5; // Open, the opening, the story, the grant, the dormant grant

class Sender {
  readonly outbox = new Outbox();
  readonly random: FixedRandom;

  constructor(
    readonly visit: Visit,
    readonly self: Reporter,
    seed: string,
  ) {
    this.random = new FixedRandom(seed);
  }
  // Called again, it goes on with the same item. `sealed`: what happens when the entry is about to be sent.
  write(draft: Draft, sealed?: () => unknown): () => Promise<Result<Accepted>> {
    const { id } = this.outbox.add(draft, this.random);
    const { visit, self, outbox, random } = this;
    const progress = ({ phase }: Progress): void => void (phase === 'sending' && sealed?.());
    return () => new Delivery({ connection: visit.connection, self, outbox, random, progress }).deliver(id);
  }
}

// A case, opened on a wire that does no harm.
async function standing(gateway: Gateway, self: Reporter): Promise<void> {
  const visit = new Visit({ gateway });
  await visit.begin();
  const opened = await visit.until(new Sender(visit, self, 'opening').write(opening())());
  if (!opened.ok) throw new Error(opened.error.message);
  visit.rhythm.stop();
}

// A visit to a case that stands.
async function at_a_case() {
  const gateway = new Gateway(kOrganisation);
  const self = newReporter();
  await standing(gateway, self);
  const visit = new Visit({ gateway });
  await visit.begin();
  return { gateway, self, visit };
}
// What the same person says by another device.
async function said_elsewhere(gateway: Gateway, self: Reporter): Promise<void> {
  const other = new Visit({ gateway });
  await other.begin();
  await other.until(new Sender(other, self, 'other').write(message(self, 'from elsewhere'))());
}

describe.each<Fate>(['request lost', 'answer lost'])('with every second %s', (lost) => {
  test('an opening stands once, and nothing else was ever handed in', async () => {
    const gateway = new Gateway(kOrganisation);
    const visit = new Visit({ gateway, fate: (n) => (n % 2 === 1 ? lost : 'answered') });
    await visit.begin(10_000);
    const self = newReporter();
    expect(await visit.until(new Sender(visit, self, 'once').write(opening())())).toMatchObject({ ok: true });
    expect(gateway.entriesOf(self.handle).length).toBe(kOpeningEntries);
    expect(gateway.handedIn.size).toBe(kOpeningEntries);
  });

  test('a message stands once, and nothing else was ever handed in', async () => {
    const gateway = new Gateway(kOrganisation);
    const self = newReporter();
    await standing(gateway, self);
    const visit = new Visit({ gateway, fate: (n) => (n % 2 === 1 ? lost : 'answered') });
    await visit.begin(10_000);
    expect(await visit.until(new Sender(visit, self, 'once').write(message(self, 'one'))())).toMatchObject({
      ok: true,
    });
    expect(gateway.handedIn.size).toBe(kOpeningEntries + 1);
    expect(gateway.entriesOf(self.handle).length).toBe(kOpeningEntries + 1);
  });
});

test('given up after many losses, and sent again on another day, it is still the same entry', async () => {
  const { gateway, self, visit } = await at_a_case();
  const deliver = new Sender(visit, self, 'again').write(message(self, 'one'), () => (visit.cut = true));
  expect(await visit.until(deliver())).toMatchObject({ ok: false, error: { kind: 'unreachable' } });
  expect(gateway.entriesOf(self.handle).length).toBe(kOpeningEntries + 1); // it had arrived
  gateway.day += 1;
  gateway.nextBeacon();
  const again = deliver();
  visit.cut = false;
  expect(await visit.until(again)).toMatchObject({ ok: true });
  expect(gateway.handedIn.size).toBe(kOpeningEntries + 1);
});

test('asked for twice at once, it is delivered once', async () => {
  const { gateway, self, visit } = await at_a_case();
  const deliver = new Sender(visit, self, 'twice').write(message(self, 'one'));
  expect(await visit.until(Promise.all([deliver(), deliver()]))).toMatchObject([{ ok: true }, { ok: true }]);
  expect(gateway.entriesOf(self.handle).length).toBe(kOpeningEntries + 1);
  expect(gateway.handedIn.size).toBe(kOpeningEntries + 1);
});

test.each<readonly [string, (gateway: Gateway, self: Reporter) => Promise<void> | void]>([
  ['day', (gateway) => void ++gateway.day],
  ['directory', () => kOrganisation.nextVersion()],
  ['head', said_elsewhere],
])('a %s that went stale: sealed anew, and what was refused stands nowhere', async (_, change) => {
  const { gateway, self, visit } = await at_a_case();
  let sealed = false;
  const sent = new Sender(visit, self, 'stale').write(message(self, 'one'), () => (sealed = true))();
  while (!sealed) await visit.timer.run(visit.timer.now() + 10);
  await change(gateway, self);
  expect(await visit.until(sent)).toMatchObject({ ok: true });
  const seen = await visit.until(fetchCase(visit.connection, self.handle, self));
  if (!seen.ok) throw new Error(seen.error.message);
  expect(seen.value.opened.alarms).toEqual([]);
  const texts = seen.value.opened.entries.flatMap(({ event }) => (event?.kind === 'message' ? event.text : []));
  expect(texts.filter((text) => text === 'one').length).toBe(1);
  expect(gateway.handedIn.size).toBe(gateway.entriesOf(self.handle).length + 1); // the refused one
});

test('what stands in the way is asked of every log that it would be sealed behind', async () => {
  const { gateway, self, visit } = await at_a_case();
  let sealed = false;
  const unless = (log: readonly unknown[]): Bad<CoreError> | undefined =>
    log.length > kOpeningEntries ? fail('refused', 'changed meanwhile', 'there is news') : undefined;
  const sent = new Sender(visit, self, 'unless').write({ ...message(self, 'one'), unless } as Draft, () => (sealed = true))();
  while (!sealed) await visit.timer.run(visit.timer.now() + 10);
  await said_elsewhere(gateway, self);
  expect(await visit.until(sent)).toMatchObject({ ok: false, error: { code: 'changed meanwhile' } });
  expect(gateway.entriesOf(self.handle).length).toBe(kOpeningEntries + 1);
});

test('a text of several chunks arrives whole over a wire that loses every third frame', async () => {
  const gateway = new Gateway(kOrganisation);
  const self = newReporter();
  const visit = new Visit({ gateway, fate: (n) => (n % 3 === 2 ? 'answer lost' : 'answered') });
  await visit.begin(10_000);
  const story = 'It went on for weeks. '.repeat(2000);
  expect(await visit.until(new Sender(visit, self, 'long').write(opening(story))())).toMatchObject({ ok: true });
  expect(gateway.handedIn.size).toBe(kOpeningEntries);
});

// In a case that stands open, `known` is what the page shows of it.
describe('what was not accepted leaves the open case as it was', () => {
  async function open() {
    const gateway = new Gateway(kOrganisation);
    const self = newReporter();
    await standing(gateway, self);
    let fate: Fate = 'answered';
    const visit = new Visit({ gateway, fate: () => fate });
    await visit.begin();
    const seen = await visit.until(fetchCase(visit.connection, self.handle, self));
    if (!seen.ok) throw new Error(seen.error.message);
    const outbox = new Outbox();
    const random = new FixedRandom('open case');
    // `sealed`: what happens when the entry is about to be sent.
    const say = (text: string, sealed: () => unknown = () => {}): Promise<Result<Accepted>> => {
      const { id } = outbox.add(message(self, text), random);
      const progress = ({ phase }: Progress): void => void (phase === 'sending' && sealed());
      const { connection } = visit;
      return visit.until(new Delivery({ connection, self, outbox, random, progress, known: seen.value }).deliver(id));
    };
    return { gateway, say, wire: (now: Fate) => void (fate = now), before: gateway.handedIn.size };
  }

  test('refused, so the next message goes at once', async () => {
    const { gateway, say, before } = await open();
    const refused = await say('one', () => gateway.instead.push(Status.quota));
    expect(refused).toMatchObject({ ok: false, error: { code: 'quota' } });
    expect(await say('two')).toMatchObject({ ok: true });
    expect(gateway.handedIn.size).toBe(before + 1);
  });

  test('lost on the way, so another text goes at once', async () => {
    const { gateway, say, wire, before } = await open();
    const lost = await say('one', () => wire('request lost'));
    expect(lost).toMatchObject({ ok: false, error: { kind: 'unreachable' } });
    wire('answered');
    expect(await say('one, and more')).toMatchObject({ ok: true });
    expect(gateway.handedIn.size).toBe(before + 1);
  });

  test('sealed under a directory that was replaced, so it is sealed anew', async () => {
    const { gateway, say, before } = await open();
    await kOrganisation.nextVersion();
    expect(await say('one')).toMatchObject({ ok: true });
    expect(gateway.handedIn.size).toBe(before + 2); // the one that was refused
  });
});
