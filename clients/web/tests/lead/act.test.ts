// A step of the reporter's lead on its way to the gateway: once, in one append, and anew when somebody else was first.
import { describe, expect, test } from 'vitest';

import { CaseKind, Compartment, kFrameBytes, Lead, PayloadState, Role, Status } from '../../generated/rules.ts';
import { generatePhrase } from '../../core/crypto/phrase.ts';
import { Delivery } from '../../core/delivery.ts';
import { fetchCase, type FetchedCase } from '../../core/fetch.ts';
import { Reporter } from '../../core/identity.ts';
import { act, type Act } from '../../core/lead/act.ts';
import { letIn, revoke, withdraw } from '../../core/lead/moves.ts';
import { replace } from '../../core/lead/replace.ts';
import { Outbox } from '../../core/outbox.ts';
import { parseHeader } from '../../core/protocol/entry.ts';
import { Gateway } from '../kit/gateway.ts';
import { Organisation } from '../kit/organisation.ts';
import { Visit, type Fate } from '../kit/visit.ts';
import { FixedRandom } from '../support.ts';

const { story, people, talk, summary } = Compartment;
const kAll = [story, people, talk, summary];
// As many as a revocation can't be sealed for within one frame.
const kNames = Array.from({ length: 14 }, (_, i) => `adviser ${String.fromCharCode(97 + i)}`);
const kOrganisation = new Organisation('act', 20_000, kNames.map((name) => [name, Role.adviser] as const));
const idsOf = (...names: readonly string[]) => names.map((name) => kOrganisation.colleague(name).id);
const [first, second] = kNames as [string, string];

class Acting {
  readonly self = new Reporter(generatePhrase(new FixedRandom('reporter'), 'nl-1'), kOrganisation.service);
  readonly random = new FixedRandom('acting');

  private constructor(
    readonly gateway: Gateway,
    readonly visit: Visit,
  ) {}

  // The case stands, with these readers; then the wire is as the test says.
  static async begin(to: readonly string[], fate: (frame: number) => Fate = () => 'answered'): Promise<Acting> {
    const gateway = new Gateway(kOrganisation);
    const it = new Acting(gateway, new Visit({ organisation: kOrganisation, gateway, fate }));
    const opening = new Visit({ organisation: kOrganisation, gateway });
    await opening.begin();
    const outbox = new Outbox();
    const { id } = outbox.add(
      {
        kind: 'opening',
        story: {
          opening: { caseKind: CaseKind.report, wants: [], lead: Lead.every_step, language: '' },
          story: 'The story.',
          people: '',
          identity: '',
        },
        to: to.map((name) => kOrganisation.colleague(name).id),
        standIn: undefined,
      },
      it.random,
    );
    const { connection } = opening;
    const opened = await opening.until(new Delivery({ connection, self: it.self, outbox, random: it.random }).deliver(id));
    if (!opened.ok) throw new Error(opened.error.message);
    opening.rhythm.stop();
    await it.visit.begin(10_000);
    return it;
  }

  act(change: Act, more: { known?: FetchedCase; staged?: (sent: number, total: number) => void } = {}) {
    const { self, random } = this;
    return this.visit.until(act({ connection: this.visit.connection, self, random, ...more }, self.handle, change));
  }
  async fetch(before?: FetchedCase): Promise<FetchedCase> {
    const fetched = await this.visit.until(fetchCase(this.visit.connection, this.self.handle, this.self, before));
    if (!fetched.ok) throw new Error(fetched.error.message);
    return fetched.value;
  }
  kinds(): string[] {
    return this.gateway.entriesOf(this.self.handle).map(({ header }) => {
      const parsed = parseHeader(header);
      return parsed.ok ? parsed.value.fields.kind : parsed.error;
    });
  }
}

const another: Act = (addition, certificates) => {
  const [from, to] = idsOf(first, 'adviser c');
  return replace(addition, from!, to!, certificates);
};

describe.each<Fate>(['answered', 'request lost', 'answer lost'])('with every second frame %s', (lost) => {
  test('another adviser is one append, and stands once', async () => {
    const it = await Acting.begin([first, second], (n) => (n % 2 === 1 ? lost : 'answered'));
    const before = it.gateway.handedIn.size;
    const acted = await it.act(another);
    expect(acted).toMatchObject({ ok: true, value: { accepted: { headSeq: 5 } } });
    expect(it.kinds().slice(-2)).toEqual(['revoke', 'grant']);
    expect(it.gateway.handedIn.size, 'the same bytes, however often').toBe(before + 2);
    if (acted.ok) expect(acted.value.entries.length).toBe(6);
  });
});

test('a revocation larger than a frame goes ahead in chunks, and its header commits them', async () => {
  const it = await Acting.begin([first, second]);
  const rest = kNames.slice(2, 13);
  expect((await it.act((a, c) => letIn(a, { people: idsOf(...rest), compartments: kAll }, c))).ok).toBe(true);
  const staged: [number, number][] = [];
  const acted = await it.act((a, c) => revoke(a, idsOf(first), c), { staged: (...said) => staged.push(said) });
  expect(acted.ok).toBe(true);
  const last = it.gateway.entriesOf(it.self.handle).at(-1)!;
  expect(last.payload.length).toBeGreaterThan(kFrameBytes - last.header.length);
  expect(staged.at(-1)).toEqual([staged[0]![1], staged[0]![1]]);
  expect(staged[0]![1]).toBeGreaterThan(0);
  const { opened } = await it.fetch();
  expect(opened.alarms).toEqual([]);
  expect(opened.access.newestEpoch(talk)!.number).toBe(2);
});

test('somebody else was first: the step is taken anew, from the case as it is now', async () => {
  const it = await Acting.begin([first, second]);
  const known = await it.fetch();
  const seen: number[] = [];
  const acted = await it.act(
    async (addition, certificates) => {
      seen.push(addition.access.grants.length);
      const made = await letIn(addition, { people: idsOf('adviser d'), compartments: [talk] }, certificates);
      if (seen.length === 1) it.gateway.instead.push(Status.stale_head);
      return made;
    },
    { known },
  );
  expect(acted.ok).toBe(true);
  expect(seen).toEqual([2, 2]);
  expect(it.kinds().filter((kind) => kind === 'grant').length).toBe(2);
});

test('what the rules forbid is not sent', async () => {
  const it = await Acting.begin([first, second]);
  const before = it.gateway.handedIn.size;
  const acted = await it.act((addition, certificates) => revoke(addition, idsOf('adviser d'), certificates));
  expect(acted).toMatchObject({ ok: false, error: { kind: 'refused', code: 'forbidden', detail: 'revoke' } });
  expect(it.gateway.handedIn.size).toBe(before);
});

test('a wire that stays cut says that it is not known, and the same step again finds out', async () => {
  const it = await Acting.begin([first, second]);
  const known = await it.fetch();
  it.visit.cut = true;
  const cut = await it.act(withdraw, { known });
  expect(cut).toMatchObject({ ok: false, error: { kind: 'unreachable' } });
  it.visit.cut = false;
  const { opened } = await it.fetch();
  const again = await it.act(withdraw);
  expect(again.ok).toBe(opened.access.withdrawn === undefined);
  expect(it.kinds().filter((kind) => kind === 'withdraw').length).toBe(1);
});

test('after a withdrawal nothing that was fetched before is shown', async () => {
  const it = await Acting.begin([first, second]);
  const before = await it.fetch();
  expect(before.opened.entries.some(({ event }) => event?.kind === 'report')).toBe(true);
  expect((await it.act(withdraw, { known: before })).ok).toBe(true);
  const after = await it.fetch(before);
  expect(after.opened.access.withdrawn).toBeDefined();
  expect(after.opened.alarms).toEqual([]);
  expect(after.log.caseShare.length).toBe(0);
  expect(after.log.entries.every(({ payloadState }) => payloadState === PayloadState.destroyed)).toBe(true);
  expect(after.opened.entries.every(({ event }) => event === undefined)).toBe(true);
});

// From one visit to the next a browser remembers nothing, so there nothing tells: threat-model/adversaries.md.
test('a log that got shorter while the page was open is refused', async () => {
  const it = await Acting.begin([first, second]);
  const before = await it.fetch();
  const stands = [...it.gateway.cases.values()][0]!;
  stands.entries.pop();
  --stands.chain.nextSeq;
  const { connection } = it.visit;
  expect(await it.visit.until(fetchCase(connection, it.self.handle, it.self, before))).toMatchObject({
    ok: false,
    error: { kind: 'verification' },
  });
  expect((await it.fetch()).opened.entries.length, 'to a new visit it is a case like any').toBe(before.opened.entries.length - 1);
});
