// What a reporter takes along from the browser, and what the C++ program says of it: a copy of the case, the proof of a
// withdrawal, and the complaint that the same words open.

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { Connection } from '../../core/connection.ts';
import { generatePhrase, type Phrase } from '../../core/crypto/phrase.ts';
import { systemRandom } from '../../core/crypto/random.ts';
import { fetchCase } from '../../core/fetch.ts';
import { Reporter } from '../../core/identity.ts';
import { act } from '../../core/lead/act.ts';
import { withdraw } from '../../core/lead/moves.ts';
import { copyCase, toJson } from '../../core/lead/own_copy.ts';
import { withdrawalProof } from '../../core/lead/withdrawal_proof.ts';
import { kBin } from '../kit/programs.ts';
import { must, openCase, serviceOf, visit } from './at_gateway.ts';
import { kBuilt, startDemo, type Demo } from './demo.ts';

describe.skipIf(!kBuilt)('what a reporter takes along', { timeout: 240_000 }, () => {
  let demo: Demo;
  let connection: Connection;
  let stop = (): void => {};
  let phrase: Phrase;
  let reporter: Reporter;

  beforeAll(async () => {
    demo = await startDemo();
    ({ connection, stop } = await visit(demo));
    phrase = generatePhrase(systemRandom, 'nl-1');
    reporter = new Reporter(phrase, serviceOf(demo));
    await openCase(connection, reporter, 'Mijn verhaal.');
  }, 240_000);
  afterAll(() => {
    stop();
    demo.stop();
  });

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
    await openCase(connection, complaint, 'Er wordt niet geluisterd.', 'coordinator');
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
