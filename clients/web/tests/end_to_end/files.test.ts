// Files between the browser's core and the command line, by way of a real gateway.
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { Compartment, OperationKind, Status } from '../../generated/rules.ts';
import { fetchFile, filesOf } from '../../core/attached_files.ts';
import { attachFile, type AttachedNow } from '../../core/attachment.ts';
import { Connection } from '../../core/connection.ts';
import { concat, toHex } from '../../core/crypto/bytes.ts';
import { Digest } from '../../core/crypto/hash.ts';
import { generatePhrase, parsePhrase } from '../../core/crypto/phrase.ts';
import { systemRandom } from '../../core/crypto/random.ts';
import { fail, type Result } from '../../core/errors.ts';
import { fetchCase } from '../../core/fetch.ts';
import { Reporter } from '../../core/identity.ts';
import { FrameSize, parseRequest, parseResponse } from '../../core/protocol/frame.ts';
import { ServiceId } from '../../core/protocol/ids.ts';
import { httpTransport, type Transport } from '../../core/transport.ts';
import { must, openCase, serviceOf, visit } from './at_gateway.ts';
import { kBuilt, startDemo, type Demo } from './demo.ts';

describe.skipIf(!kBuilt)('files, with a real gateway', { timeout: 240_000 }, () => {
  let demo: Demo;
  let service: ServiceId;
  const stops: Array<() => void> = [];

  beforeAll(async () => {
    demo = await startDemo();
    service = serviceOf(demo);
  }, 240_000);
  afterAll(() => {
    for (const stop of stops) stop();
    demo.stop();
  });

  // Counts the chunks that are put and taken, and stops working after so many. What the gateway answers `later`, as it
  // does where the disk is slower than the tick of its answers, is asked again, and that is no chunk more.
  const counted = (breaksAfter = Infinity): Transport & { puts: number } => {
    const inner = httpTransport(demo.url);
    return {
      puts: 0,
      async exchange(frame) {
        const request = parseRequest(frame);
        if (this.puts >= breaksAfter) return fail('unreachable', 'unreachable', 'broken on purpose');
        const answer = await inner.exchange(frame);
        const response = answer.ok ? parseResponse(answer.value) : answer;
        if (!request.ok || !response.ok) return answer;
        const { operations } = request.value;
        const { results } = response.value;
        const is_put = (at: number): boolean => operations[at]?.kind === OperationKind.put_chunk;
        this.puts += results.filter(({ status }, at) => is_put(at) && status !== Status.later).length;
        return answer;
      },
    };
  };
  const connect = async (size: FrameSize = FrameSize.small, transport = counted()): Promise<Connection> => {
    const { connection, stop } = await visit(demo, size, transport);
    stops.push(stop);
    return connection;
  };
  const open = async (): Promise<{ reporter: Reporter; words: string; handle: string }> => {
    const phrase = generatePhrase(systemRandom, 'nl-1');
    const words = phrase.revealText();
    const reporter = new Reporter(phrase, service);
    await openCase(await connect(), reporter, 'Kijk zelf.');
    return { reporter, words, handle: toHex(reporter.handle) };
  };
  const attach = (
    connection: Connection,
    self: Reporter,
    file: Uint8Array,
    compartment = Compartment.story,
  ): Promise<Result<AttachedNow>> => {
    const blob = new Blob([file as Uint8Array<ArrayBuffer>], { type: 'image/jpeg' });
    return attachFile(blob, 'foto.jpg', { connection, self, handle: self.handle, compartment, random: systemRandom });
  };
  const fetched = async (self: Reporter, number: number, size: FrameSize = FrameSize.small): Promise<Uint8Array> => {
    const connection = await connect(size);
    const { opened } = must(await fetchCase(connection, self.handle, self));
    return concat(...must(await fetchFile(connection, self, opened, filesOf(opened)[number - 1]!)));
  };

  test('what the browser attaches the desk saves, and the other way round', async () => {
    const { reporter, handle } = await open();
    for (const [number, [bytes, size]] of [
      [0, FrameSize.small],
      [15_353, FrameSize.small],
      [700_000, FrameSize.large],
    ].entries() as Iterable<[number, [number, FrameSize]]>) {
      const file = randomBytes(bytes);
      const now = must(await attach(await connect(size), reporter, file));
      expect(now.already).toBe(false);
      const out = `${demo.state}-saved-${number}`;
      demo.omzien('mieke', 'desk', 'attachments', handle, '--save', `${number + 1}`, '--out', out);
      expect(readFileSync(out).equals(file)).toBe(true);
    }
    const answer = `${demo.state}-antwoord.pdf`;
    writeFileSync(answer, randomBytes(50_000));
    demo.omzien('mieke', 'desk', 'attachments', handle, '--attach', answer);
    expect(readFileSync(answer).equals(await fetched(reporter, 4))).toBe(true);
    expect((await fetched(reporter, 3, FrameSize.large)).length).toBe(700_000);
  });

  test('a page that is gone half-way: the same file, chosen again with the words alone, goes on', async () => {
    const { reporter, words, handle } = await open();
    const file = randomBytes(200_000); // 14 chunks
    const broken = counted(6);
    const cut = await attach(await connect(FrameSize.small, broken), reporter, file);
    expect(cut).toMatchObject({ ok: false, error: { kind: 'unreachable' } });

    const again = new Reporter(must(parsePhrase(words)), service);
    const whole = counted();
    const steps: number[] = [];
    const connection = await connect(FrameSize.small, whole);
    const blob = new Blob([file as Uint8Array<ArrayBuffer>]);
    const compartment = Compartment.story;
    const options = { connection, self: again, handle: again.handle, compartment, random: systemRandom };
    must(await attachFile(blob, 'foto.jpg', { ...options, progress: (done) => steps.push(done) }));
    expect(whole.puts).toBe(14 - 6 + 1); // the first again, whose answer says what is there
    expect(steps).toEqual([6, 7, 8, 9, 10, 11, 12, 13, 14]);
    expect(must(await attach(await connect(), again, file)).already).toBe(true);
    const shown = demo.omzien('mieke', 'desk', 'attachments', handle) as { attachments: { size: number }[] };
    expect(shown.attachments.map(({ size }) => size)).toEqual([200_000]);
    expect(Buffer.from(await fetched(again, 1)).equals(file)).toBe(true);
  });

  test('a file that is not the one that was described is nobody’s to save, genuine as each chunk is', async () => {
    const { reporter } = await open();
    must(await attach(await connect(), reporter, randomBytes(20_000)));
    const connection = await connect();
    const { opened } = must(await fetchCase(connection, reporter.handle, reporter));
    const found = filesOf(opened)[0]!;
    must(await fetchFile(connection, reporter, opened, found));
    const described = { ...found, file: { ...found.file, sha256: Digest.zeros() } };
    expect(await fetchFile(connection, reporter, opened, described)).toMatchObject({
      ok: false,
      error: { kind: 'verification' },
    });
  });

  test('more than a case takes is told', async () => {
    const { reporter } = await open();
    const told = await attach(await connect(FrameSize.large), reporter, randomBytes(34_000_000));
    expect(told).toMatchObject({ ok: false, error: { code: 'quota' } });
  });
});
