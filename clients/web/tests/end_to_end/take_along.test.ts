// What a reporter takes along from the browser, and what the C++ program says of it: a copy of the case, the proof of a
// withdrawal, and the complaint that the same words open.

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { Connection } from '../../core/connection.ts';
import { generatePhrase, type Phrase } from '../../core/crypto/phrase.ts';
import { systemRandom } from '../../core/crypto/random.ts';
import { Delivery } from '../../core/delivery.ts';
import type { Expected } from '../../core/expected.ts';
import { fetchCase } from '../../core/fetch.ts';
import { hurry } from '../../core/hurry.ts';
import { Reporter } from '../../core/identity.ts';
import { act } from '../../core/lead/act.ts';
import { withdraw } from '../../core/lead/moves.ts';
import { copyCase, toJson } from '../../core/lead/own_copy.ts';
import { withdrawalProof } from '../../core/lead/withdrawal_proof.ts';
import { Outbox } from '../../core/outbox.ts';
import { FrameSize } from '../../core/protocol/frame.ts';
import { ServiceId } from '../../core/protocol/ids.ts';
import { httpTransport } from '../../core/transport.ts';
import { CaseKind, Lead } from '../../generated/rules.ts';
import { personNamed } from '../kit/named.ts';
import { fixed } from '../support.ts';
import { kBin } from '../kit/programs.ts';
import { kBuilt, startDemo, type Demo } from './demo.ts';


function must<T, E>(result: Expected<T, E>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

describe.skipIf(!kBuilt)('what a reporter takes along', { timeout: 240_000 }, () => {
  let demo: Demo;
  let connection: Connection;
  let stop = (): void => {};
  let phrase: Phrase;
  let reporter: Reporter;

  beforeAll(async () => {
    demo = await startDemo();
    const service = fixed(ServiceId, demo.serviceId);
    connection = new Connection(service, FrameSize.small);
    stop = hurry(connection, httpTransport(demo.url)).stop;
    must(await connection.greet());
    phrase = generatePhrase(systemRandom, 'nl-1');
    reporter = new Reporter(phrase, service);
    await open(reporter, 'Mijn verhaal.', 'mieke');
  }, 240_000);
  afterAll(() => {
    stop();
    demo.stop();
  });

  async function open(self: Reporter, story: string, to: string): Promise<void> {
    const outbox = new Outbox();
    const opening = { caseKind: CaseKind.report, wants: [], lead: Lead.every_step, language: '' };
    const told = { opening, story, people: '', identity: '' };
    const { memberId } = personNamed(connection.directory, to);
    const { id } = outbox.add({ kind: 'opening', story: told, to: [memberId], standIn: undefined }, systemRandom);
    must(await new Delivery({ connection, self, outbox, random: systemRandom }).deliver(id));
  }
  const words = (): string => phrase.revealWords().join(' ');
  function omzien(...command: string[]) {
    const env = { ...process.env, OMZIEN_ORG: demo.org, OMZIEN_STATE: `${demo.state}-phone`, OMZIEN_PHRASE: words() };
    const ran = spawnSync(`${kBin}/omzien`, [...command, '--json'], { env, encoding: 'utf8' });
    const said = ran.stdout === '' ? {} : (JSON.parse(ran.stdout) as Record<string, unknown>);
    return { status: ran.status, said, stderr: ran.stderr };
  }
  function verified(name: string, object: unknown) {
    const file = `${demo.state}-${name}.json`;
    writeFileSync(file, JSON.stringify(object));
    return omzien('verify', 'file', file);
  }

  test('a copy checks out, and one changed letter of it does not', async () => {
    demo.omzien('mieke', 'desk', 'say', (await shown()).handle, 'Dank je.');
    const { log, opened } = must(await fetchCase(connection, reporter.handle, reporter));
    const copy = toJson(copyCase(log, opened, connection.directory)) as { entries: { payload?: string }[] };
    const { status, said } = verified('copy', copy);
    expect(status).toBe(0);
    expect(said).toMatchObject({ what: 'case', verified: true, entries: opened.entries.length, alarms: [] });
    expect(said['texts'], 'the opening, the story, the answer').toBe(3);

    const texts = copy.entries.filter((entry) => entry.payload !== undefined);
    texts[0]!.payload = texts[0]!.payload!.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    expect(verified('changed', copy).status).toBe(5);
  });

  test('the words open the complaint, too, and it is a case of its own', async () => {
    const complaint = new Reporter(phrase, connection.service, 'complaint');
    await open(complaint, 'Er wordt niet geluisterd.', 'coordinator');
    const about = omzien('case', 'show', '--complaint').said as { entries: { text?: string }[] };
    expect(about.entries.flatMap((entry) => entry.text ?? [])).toEqual(['Er wordt niet geluisterd.']);
    const inbox = demo.omzien('mieke', 'desk', 'inbox') as { cases: { handle_words: string }[] };
    expect(inbox.cases.map((item) => item.handle_words)).not.toContain((about as unknown as { handle_words: string }).handle_words);
    expect((await shown()).entries.flatMap((entry) => entry.text ?? [])).not.toContain('Er wordt niet geluisterd.');
  });

  test('a withdrawal leaves a proof, and nothing else', async () => {
    let proof: Record<string, unknown> = {};
    const done = await act({ connection, self: reporter, random: systemRandom }, reporter.handle, async (addition) => {
      const withdrawn = await withdraw(addition);
      if (withdrawn.ok) proof = withdrawalProof(addition);
      return withdrawn;
    });
    expect(await fetchCase(connection, reporter.handle, reporter)).toMatchObject({ error: { code: 'no such case' } });
    const { status, said } = verified('proof', proof);
    expect(status).toBe(0);
    expect(said).toMatchObject({ what: 'withdrawal', verified: true, entries: must(done).entries.length });
    expect(verified('short', { ...proof, before: (proof['before'] as string[]).slice(1) }).status).toBe(5);
  });

  const shown = async (): Promise<{ handle: string; entries: { text?: string }[] }> =>
    omzien('case', 'show').said as { handle: string; entries: { text?: string }[] };
});
