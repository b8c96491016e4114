// A reporter in TypeScript, a real gateway, and advisers at the real command line.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { Compartment, CaseKind, Lead, Want } from '../../generated/rules.ts';
import { Connection } from '../../core/connection.ts';
import { toHex } from '../../core/crypto/bytes.ts';
import { generatePhrase, parsePhrase, type Phrase } from '../../core/crypto/phrase.ts';
import { systemRandom } from '../../core/crypto/random.ts';
import { fold } from '../../core/case_state.ts';
import { Delivery } from '../../core/delivery.ts';
import type { Result } from '../../core/errors.ts';
import type { Expected } from '../../core/expected.ts';
import { fetchCase, type FetchedCase } from '../../core/fetch.ts';
import { hurry } from '../../core/hurry.ts';
import { Reporter } from '../../core/identity.ts';
import { Outbox, type Draft, type OpeningDraft } from '../../core/outbox.ts';
import { FrameSize } from '../../core/protocol/frame.ts';
import { ServiceId } from '../../core/protocol/ids.ts';
import { renderCase } from '../../core/render.ts';
import { Rhythm } from '../../core/rhythm.ts';
import { httpTransport } from '../../core/transport.ts';
import { built, kBin } from '../kit/programs.ts';
import { personNamed } from '../kit/named.ts';
import { fixed } from '../support.ts';

const kBuilt = built('omzien', 'omzien-gateway');

interface Demo {
  readonly url: string;
  readonly service_id: string;
  readonly org: string;
  readonly state: string;
  readonly people: string;
}

function must<T, E>(result: Expected<T, E>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

describe.skipIf(!kBuilt)('with a real gateway', { timeout: 240_000 }, () => {
  let demo: Demo;
  let child: ChildProcess;
  let service: ServiceId;
  const stops: Array<() => void> = [];

  beforeAll(async () => {
    const script = fileURLToPath(new URL('gateway.py', import.meta.url));
    child = spawn('python3', [script], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, OMZIEN_BIN: kBin } });
    demo = JSON.parse(
      await new Promise<string>((resolve, reject) => {
        child.stdout!.once('data', (line: Buffer) => resolve(line.toString()));
        child.once('exit', (code) => reject(new Error(`the demo ended with ${code}`)));
      }),
    ) as Demo;
    service = fixed(ServiceId, demo.service_id);
  }, 240_000);
  afterAll(() => {
    for (const stop of stops) stop();
    child.stdin!.end();
  });

  const omzien = (person: string, ...command: string[]): Record<string, unknown> => {
    const ran = spawnSync(`${kBin}/omzien`, [...command, '--json'], {
      env: {
        ...process.env,
        OMZIEN_ORG: demo.org,
        OMZIEN_STATE: demo.state,
        OMZIEN_KEY: `${demo.people}/${person}.key`,
        OMZIEN_PASSPHRASE: `demo passphrase of ${person}`,
      },
      encoding: 'utf8',
    });
    if (ran.status !== 0) throw new Error(ran.stderr);
    return JSON.parse(ran.stdout) as Record<string, unknown>;
  };

  const connect = async (): Promise<Connection> => {
    const connection = new Connection(service, FrameSize.small);
    stops.push(hurry(connection, httpTransport(demo.url)).stop);
    must(await connection.greet());
    return connection;
  };
  const send = async (connection: Connection, self: Reporter, draft: Draft): Promise<string[]> => {
    const phases: string[] = [];
    const outbox = new Outbox();
    const { id } = outbox.add(draft, systemRandom);
    const progress = ({ phase }: { phase: string }): void => void phases.push(phase);
    must(await new Delivery({ connection, self, outbox, random: systemRandom, progress }).deliver(id));
    expect(outbox.items).toEqual([]);
    return phases;
  };
  const draft = ({ directory }: Connection, story: string): OpeningDraft => ({
    kind: 'opening',
    story: {
      opening: { caseKind: CaseKind.report, wants: [Want.stop], lead: Lead.every_step, language: 'nl' },
      story,
      people: 'De chef.',
      identity: '',
    },
    to: [personNamed(directory, 'mieke').memberId],
    standIn: personNamed(directory, 'ruud').memberId,
  });
  const say = (self: Reporter, text: string): Draft => ({
    kind: 'event',
    handle: self.handle,
    compartment: Compartment.talk,
    event: { kind: 'message', text },
  });

  test('a report is read and answered at the desk, and the answer is read with the words alone', async () => {
    const connection = await connect();
    const phrase = generatePhrase(systemRandom, 'nl-1');
    const words = phrase.revealText();
    const reporter = new Reporter(phrase, service);
    const handle = toHex(reporter.handle);
    expect(await send(connection, reporter, draft(connection, 'Vandaag weer. ĳ, é, \uFEFF, 🌧'))).toEqual(['sealing', 'sending', 'accepted']);

    const seen = omzien('mieke', 'desk', 'show', handle) as { entries: { text?: string }[]; alarms: unknown[] };
    expect(seen.entries.map((row) => row.text)).toContain('Vandaag weer. ĳ, é, \uFEFF, 🌧');
    expect(seen.alarms).toEqual([]);
    omzien('mieke', 'desk', 'say', handle, 'Goed dat je dit vertelt.');

    const again = new Reporter(must(parsePhrase(words.toUpperCase())), service);
    const before: FetchedCase = must(await fetchCase(connection, again.handle, again));
    const state = fold(before.opened, connection.directory);
    const shown = renderCase(before.opened, state) as { entries: { text?: string }[]; state: string; alarms: unknown[] };
    expect(shown.entries.at(-1)?.text).toBe('Goed dat je dit vertelt.');
    expect(shown.state).toBe('acknowledged');
    expect(shown.alarms).toEqual([]);

    expect(must(await fetchCase(connection, again.handle, again, before))).toBe(before);
    await send(connection, again, say(again, 'Dank je.'));
    const after = must(await fetchCase(connection, again.handle, again, before));
    expect(after.opened.entries.length).toBe(before.opened.entries.length + 1);
    expect(omzien('mieke', 'verify', 'case', handle)['head']).toBe(toHex(after.opened.chain.headHash));
  });

  test('a long story travels in chunks, and is one text at the other end', async () => {
    const connection = await connect();
    const reporter = new Reporter(generatePhrase(systemRandom, 'en-1'), service);
    const story = 'It went on for weeks. '.repeat(2500);
    expect(await send(connection, reporter, draft(connection, story))).toContain('staging');
    const seen = omzien('mieke', 'desk', 'show', toHex(reporter.handle)) as { entries: { text?: string }[] };
    expect(seen.entries.some((row) => row.text === story)).toBe(true);
    const own = must(await fetchCase(connection, reporter.handle, reporter));
    expect(own.opened.entries.some(({ event }) => event?.kind === 'report' && event.text === story)).toBe(true);
  });

  test('a report from a terminal does not tell what its reporter reads, whatever language its words have', async () => {
    const connection = await connect();
    const written = `${demo.org}.story`;
    writeFileSync(written, 'It happened again.');
    const { phrase } = omzien('nobody', 'report', '--story', written, '--to', 'mieke', '--language', 'en') as { phrase: string };
    const reporter = new Reporter(must(parsePhrase(phrase)), service);
    const { opened } = must(await fetchCase(connection, reporter.handle, reporter));
    const opening = opened.entries.find(({ event }) => event?.kind === 'opening')?.event;
    expect(opening).toMatchObject({ kind: 'opening', language: '' });
  });

  test('words that open nothing, and readers who are none, get a clear answer', async () => {
    const connection = await connect();
    const phrase: Phrase = generatePhrase(systemRandom, 'nl-1');
    const stranger = new Reporter(phrase, service);
    const read: Result<unknown> = await fetchCase(connection, stranger.handle, stranger);
    expect(read).toMatchObject({ ok: false, error: { kind: 'refused', code: 'no such case' } });
    const outbox = new Outbox();
    const ilse = personNamed(connection.directory, 'ilse');
    const { id } = outbox.add({ ...draft(connection, 'x'), to: [ilse.memberId] }, systemRandom);
    const delivered = await new Delivery({ connection, self: stranger, outbox, random: systemRandom }).deliver(id);
    expect(delivered).toMatchObject({ ok: false, error: { code: 'not an adviser', detail: 'ilse' } });
    expect(outbox.get(id)?.refused).toBe(true);
  });

  test('the same within the rhythm', async () => {
    const connection = new Connection(service, FrameSize.small);
    const rhythm = new Rhythm({ connection, transport: httpTransport(demo.url), random: systemRandom });
    stops.push(() => rhythm.stop());
    const greeted = connection.greet();
    await rhythm.start();
    must(await greeted);
    const reporter = new Reporter(generatePhrase(systemRandom, 'nl-1'), service);
    await send(connection, reporter, draft(connection, 'In alle rust.'));
    must(await fetchCase(connection, reporter.handle, reporter));
  });
});
