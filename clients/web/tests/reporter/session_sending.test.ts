// What a reporter asks for stands once, also when they ask again because they were told that it failed.
import { expect, test } from 'vitest';

import { CaseKind, Compartment, Lead, Want } from '../../generated/rules.ts';
import type { OpenedCase } from '../../core/case_log.ts';
import { generatePhrase } from '../../core/crypto/phrase.ts';
import { fetchCase } from '../../core/fetch.ts';
import { Reporter } from '../../core/identity.ts';
import type { Draft } from '../../core/outbox.ts';
import { Pace } from '../../reporter/pace.ts';
import { Sending } from '../../reporter/session_sending.ts';
import { UnderWay } from '../../reporter/under_way.ts';
import { SessionError } from '../../page/session_error.ts';
import { Gateway } from '../kit/gateway.ts';
import { kOrganisation, Visit } from '../kit/visit.ts';
import { FixedRandom } from '../support.ts';

const new_reporter = (seed: string): Reporter =>
  new Reporter(generatePhrase(new FixedRandom(seed), 'nl-1'), kOrganisation.service);
const kOpening: Draft = {
  kind: 'opening',
  story: {
    opening: { caseKind: CaseKind.report, wants: [Want.heard], lead: Lead.every_step, language: '' },
    story: 'It happened again today.',
    people: '',
    identity: '',
  },
  to: [kOrganisation.colleague('mieke').id],
  standIn: undefined,
};
const message = ({ handle }: Reporter, text: string): Draft => ({
  kind: 'event',
  handle,
  compartment: Compartment.talk,
  event: { kind: 'message', text },
});

// A visit in which `self` has a case that stands.
async function with_cases(...selves: readonly Reporter[]) {
  const gateway = new Gateway(kOrganisation);
  const visit = new Visit({ gateway });
  await visit.begin();
  const { connection } = visit;
  const under_way = new UnderWay();
  const sending = new Sending(connection, new Pace(connection), under_way);
  const look = async (): Promise<string> => 'seen';
  const ask = (self: Reporter, draft: Draft, seen = look, arrived?: () => void): Promise<string> =>
    sending.deliver(draft, self, null, () => {}, seen, arrived);
  for (const self of selves) await visit.until(ask(self, kOpening));
  const opened = async (self: Reporter): Promise<OpenedCase> => {
    const seen = await visit.until(fetchCase(connection, self.handle, self));
    if (!seen.ok) throw new Error(seen.error.message);
    return seen.value.opened;
  };
  const texts = async (self: Reporter): Promise<string[]> => {
    return (await opened(self)).entries.flatMap(({ event }) => (event?.kind === 'message' ? event.text : []));
  };
  return { gateway, visit, sending, under_way, ask, opened, texts };
}
const kNothing = { entries: [] } as unknown as OpenedCase;
const no_look = async (): Promise<string> => {
  throw new SessionError('unreachable', 'the wire was cut');
};

test('accepted, but not seen afterwards: asked for again it is looked at, and not sent again', async () => {
  const self = new_reporter('a');
  const { visit, ask, texts, gateway } = await with_cases(self);
  await expect(visit.until(ask(self, message(self, 'one'), no_look))).rejects.toThrow('cut');
  const sent = gateway.handedIn.size;
  expect(await visit.until(ask(self, message(self, 'one')))).toBe('seen');
  expect(gateway.handedIn.size).toBe(sent);
  expect(await texts(self)).toEqual(['one']);
});

test('seen, the same words are said again on purpose', async () => {
  const self = new_reporter('a');
  const { visit, ask, texts } = await with_cases(self);
  await visit.until(ask(self, message(self, 'hallo?')));
  await visit.until(ask(self, message(self, 'hallo?')));
  expect(await texts(self)).toEqual(['hallo?', 'hallo?']);
});

test('accepted, not seen at first, and seen by a later look: the same words are new ones then', async () => {
  const [self, other] = [new_reporter('a'), new_reporter('b')];
  const { visit, sending, ask, texts } = await with_cases(self, other);
  const before = sending.looking(self); // began too early to show it
  await expect(visit.until(ask(self, message(self, 'ja'), no_look))).rejects.toThrow('cut');
  before(kNothing);
  sending.looking(other)(kNothing); // another case
  await visit.until(ask(self, message(self, 'ja')));
  expect(await texts(self)).toEqual(['ja']);

  await expect(visit.until(ask(self, message(self, 'nee'), no_look))).rejects.toThrow('cut');
  sending.looking(self)(kNothing);
  await visit.until(ask(self, message(self, 'nee')));
  expect(await texts(self)).toEqual(['ja', 'nee', 'nee']);
});

test('the answer lost, and seen by a later look: it is told to have arrived, and the same words are new ones then', async () => {
  const self = new_reporter('a');
  const { visit, sending, ask, opened, texts, gateway } = await with_cases(self);
  const sent = gateway.handedIn.size;
  const arrived: string[] = [];
  const say = (text: string): Promise<string> => ask(self, message(self, text), undefined, () => arrived.push(text));
  const early = sending.looking(self); // before it was said
  const lost = Promise.allSettled([say('ja')]);
  while (gateway.handedIn.size === sent) await visit.timer.run(visit.timer.now() + 10);
  visit.cut = true;
  expect((await visit.until(lost)).map(({ status }) => status)).toEqual(['rejected']);
  visit.cut = false;
  const seen = await opened(self);
  early(seen);
  sending.looking(self)(kNothing); // shows less than stands there
  expect(arrived).toEqual([]);
  sending.looking(self)(seen);
  expect(arrived).toEqual(['ja']);
  await visit.until(say('ja'));
  expect(await texts(self)).toEqual(['ja', 'ja']);
  expect(arrived).toEqual(['ja']);
});

test('two things at once, both of which lost their answer, stand once each', async () => {
  const self = new_reporter('a');
  const { visit, ask, texts, gateway } = await with_cases(self);
  const sent = gateway.handedIn.size;
  const [one, two] = [message(self, 'one'), message(self, 'two')];
  visit.cut = false;
  const first = Promise.allSettled([ask(self, one), ask(self, two)]);
  while (gateway.handedIn.size === sent) await visit.timer.run(visit.timer.now() + 10);
  visit.cut = true;
  expect((await visit.until(first)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  visit.cut = false;
  await visit.until(Promise.all([ask(self, one), ask(self, two)]));
  expect((await texts(self)).sort()).toEqual(['one', 'two']);
});

test('the same words in another case are that case’s', async () => {
  const [a, b] = [new_reporter('a'), new_reporter('b')];
  const { visit, ask, texts } = await with_cases(a, b);
  await expect(visit.until(ask(a, message(a, 'one'), no_look))).rejects.toThrow('cut');
  expect(await visit.until(ask(b, message(b, 'one')))).toBe('seen');
  expect(await texts(b)).toEqual(['one']);
});

test('forgotten, what is on its way arrives, and the next one is not held up by it', async () => {
  const self = new_reporter('a');
  const { visit, sending, ask, texts } = await with_cases(self);
  const asked = ask(self, message(self, 'one'));
  sending.forget();
  await visit.until(asked);
  await visit.until(ask(self, message(self, 'two')));
  expect(await texts(self)).toEqual(['one', 'two']);
});
