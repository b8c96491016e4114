// Proposed at the desk with the C++ program, answered by the browser's core: who is let in reads what was named.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { fold } from '../../core/case_state.ts';
import { Connection } from '../../core/connection.ts';
import { generatePhrase } from '../../core/crypto/phrase.ts';
import { systemRandom } from '../../core/crypto/random.ts';
import { Delivery } from '../../core/delivery.ts';
import { fetchCase } from '../../core/fetch.ts';
import { Reporter } from '../../core/identity.ts';
import { Outbox } from '../../core/outbox.ts';
import { renderCase } from '../../core/render.ts';
import { newcomersOf, type Answer } from '../../core/seal_answer.ts';
import { toHex } from '../../core/crypto/bytes.ts';
import { Choice } from '../../generated/rules.ts';
import { must, openCase, serviceOf, visit } from './at_gateway.ts';
import { kBuilt, startDemo, type Demo } from './demo.ts';

describe.skipIf(!kBuilt)('the reporter decides', { timeout: 240_000 }, () => {
  let demo: Demo;
  let connection: Connection;
  let stop = (): void => {};
  let reporter: Reporter;

  beforeAll(async () => {
    demo = await startDemo();
    ({ connection, stop } = await visit(demo));
    reporter = new Reporter(generatePhrase(systemRandom, 'nl-1'), serviceOf(demo));
    await openCase(connection, reporter, 'Mijn verhaal.');
  }, 240_000);
  afterAll(() => {
    stop();
    demo.stop();
  });

  test('a yes-if is carried out in one append, and read at the desk', async () => {
    const handle = toHex(reporter.handle);
    demo.omzien('mieke', 'desk', 'propose', handle, '--step', 'share_triage', '--reader', 'ilse:summary');
    const { opened } = must(await fetchCase(connection, reporter.handle, reporter));
    const before = fold(opened, connection.directory);
    const record = before.proposals[0]!;
    expect(record.standing).toBe('open');
    const answer: Answer = {
      decision: {
        kind: 'decision',
        proposalSeq: record.seq,
        proposalHash: record.hash,
        choice: Choice.yes_if,
        text: 'Zonder namen.',
      },
      summary: 'Er wordt iets gezegd.',
    };
    const outbox = new Outbox();
    const { id } = outbox.add({ kind: 'answer', handle: reporter.handle, ...answer }, systemRandom);
    must(await new Delivery({ connection, self: reporter, outbox, random: systemRandom }).deliver(id));

    const seen = demo.omzien('ilse', 'desk', 'show', handle) as { entries: { text?: string }[]; alarms: unknown[] };
    expect(seen.entries.flatMap((row) => row.text ?? [])).toEqual(['Er wordt iets gezegd.']);
    expect(seen.alarms).toEqual([]);

    // Both programs say the same of the case: as data, but for what one keyholder alone may read.
    const after = must(await fetchCase(connection, reporter.handle, reporter)).opened;
    const shown = renderCase(after, fold(after, connection.directory));
    const atDesk = demo.omzien('mieke', 'desk', 'show', handle);
    expect(atDesk).toMatchObject(shown); // the program adds what people say of themselves
    const again = outbox.add({ kind: 'answer', handle: reporter.handle, ...answer }, systemRandom);
    const refused = await new Delivery({ connection, self: reporter, outbox, random: systemRandom }).deliver(again.id);
    expect(refused).toMatchObject({ ok: false, error: { kind: 'refused', detail: 'not open' } });
    expect(newcomersOf(after, connection.directory, answer, connection.today)).toEqual({ ok: false, error: 'not open' });
  });
});
