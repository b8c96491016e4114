// What a desk finds at a real gateway: the handbook, what people said about when they work, its person's own papers;
// and a colleague who was invited and made their keys here.

import { readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { Connection } from '../../core/connection.ts';
import { asBytes, toHex } from '../../core/crypto/bytes.ts';
import { openKeyFile, type KeyFile } from '../../core/crypto/key_file.ts';
import { systemRandom } from '../../core/crypto/random.ts';
import { fetchAlerts } from '../../core/desk/alerts.ts';
import { fetchPresences, sayAvailability } from '../../core/desk/availability.ts';
import { enrol } from '../../core/desk/enrolment.ts';
import { fetchHandbook } from '../../core/desk/handbook.ts';
import { changePapers, fetchPapers, kNoPapers } from '../../core/desk/papers.ts';
import { Member } from '../../core/identity.ts';
import { parseInvitation } from '../../core/protocol/enrolment.ts';
import { checklist } from '../../core/protocol/handbook.ts';
import { FrameSize } from '../../core/protocol/frame.ts';
import { ServiceId } from '../../core/protocol/ids.ts';
import { CaseKind } from '../../generated/rules.ts';
import { must, serviceOf, visit } from './at_gateway.ts';
import { kBuilt, startDemo, type Demo } from './demo.ts';

describe.skipIf(!kBuilt)('a desk', { timeout: 240_000 }, () => {
  let demo: Demo;
  let service: ServiceId;
  const stops: (() => void)[] = [];

  // A browser of its own.
  async function browser(): Promise<Connection> {
    const { connection, stop } = await visit(demo, FrameSize.large);
    stops.push(stop);
    return connection;
  }
  async function member(name: string): Promise<Member> {
    const sealed = readFileSync(`${dirname(demo.org)}/people/${name}.key`);
    const file: KeyFile = must(await openKeyFile(sealed, asBytes(`demo passphrase of ${name}`)));
    return new Member(file, service);
  }

  beforeAll(async () => {
    demo = await startDemo();
    service = serviceOf(demo);
  }, 240_000);
  afterAll(() => {
    for (const stop of stops) stop();
    demo.stop();
  });

  test('reads the handbook that the organisation signed', async () => {
    const book = must(await fetchHandbook(await browser()))!;
    expect(checklist(book, CaseKind.report, 'nl')!.items.length).toBeGreaterThan(3);
    expect(book.snippets.some(({ language }) => language === 'en')).toBe(true);
  });

  test('says that its person is away, and the command line shows it', async () => {
    const connection = await browser();
    const mieke = await member('mieke');
    const away = { awayFromDay: connection.today, awayUntilDay: connection.today + 9 };
    must(await sayAvailability(connection, mieke, (now) => ({ ...now, ...away })));
    const presence = must(await fetchPresences(connection, [mieke.memberId])).get(toHex(mieke.memberId))!;
    expect(presence.awayUntilDay).toBe(away.awayUntilDay);
    expect(presence.standIn, 'as the directory says').toBeDefined();
    const said = demo.omzien('mieke', 'key', 'works', 'mon,tue');
    expect(said).toMatchObject({ works: ['mon', 'tue'], stand_in: 'ruud' });
    expect(said['away_until']).not.toBeNull();
    expect((await sayAvailability(connection, mieke, (now) => ({ ...now, awayUntilDay: 1 }))).ok).toBe(false);
  });

  test('keeps its own papers, which a second browser finds and does not overwrite', async () => {
    const [one, other] = [await browser(), await browser()];
    const mieke = await member('mieke');
    const [a, b] = ['aa'.repeat(32), 'bb'.repeat(32)];
    const label = (handle: string, text: string) => (papers: ReadonlyMap<string, typeof kNoPapers>) =>
      new Map([...papers, [handle, { ...(papers.get(handle) ?? kNoPapers), labels: [text] }]]);
    must(await changePapers(one, mieke, systemRandom, label(a, 'deze week')));
    await Promise.all([
      changePapers(one, mieke, systemRandom, label(b, 'ploeg 4')),
      changePapers(other, mieke, systemRandom, (papers) =>
        new Map([...papers, [a, { labels: ['later'], belongsWith: [b], readSeq: 7 }]])),
    ]);
    const { papers, number } = must(await fetchPapers(other, mieke));
    expect(number).toBe(3);
    expect(papers.get(a)).toEqual({ labels: ['later'], belongsWith: [b], readSeq: 7 });
    expect(papers.get(b)!.labels).toEqual(['ploeg 4']);
    expect(must(await fetchPapers(one, await member('youssef'))).number).toBe(0);
    const tooLong = await changePapers(one, mieke, systemRandom, label(a, 'x'.repeat(65)));
    expect(tooLong.ok).toBe(false);
    expect(must(await fetchPapers(one, mieke)).number, 'nothing changed').toBe(3);
  });

  test('asks for alerts as the coordinator may, and as an adviser may not', async () => {
    const connection = await browser();
    expect(must(await fetchAlerts(connection, await member('coordinator')))).toEqual([]);
    expect((await fetchAlerts(connection, await member('mieke'))).ok).toBe(false);
  });

  test('makes the keys of somebody invited, and the administrator lets them in', async () => {
    const dir = dirname(demo.org);
    const { link } = demo.omzien('the root', 'admin', 'invite', 'nora', '--role', 'adviser', '--unit', 'Noord', '--dir', dir);
    const invitation = parseInvitation(link as string)!;
    expect(invitation.name).toBe('nora');
    const connection = await browser();
    const { request, fingerprint } = await enrol(invitation, systemRandom, connection.today);
    writeFileSync(`${dir}/nora.request`, request.replaceAll(/.{64}/g, '$&\n'));
    const approved = ['admin', 'approve', `${dir}/nora.request`, '--dir', dir, '--fingerprint', toHex(fingerprint)];
    expect(demo.omzien('the root', ...approved)).toMatchObject({ version: 2 });
    const checked = demo.omzien('the root', 'admin', 'check', '--dir', dir);
    expect(checked['people']).toContainEqual({ name: 'nora', role: 'adviser', unit: 'Noord', key_valid: true, left: false });
  });
});
