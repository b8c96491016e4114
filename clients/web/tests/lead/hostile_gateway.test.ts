// A gateway that shows other people, keys and documents than the organisation signed: nothing is believed.
import { describe, expect, test } from 'vitest';

import { EntryKind, kFrameBytes, Status } from '../../generated/rules.ts';
import { fetchCertificates } from '../../core/certificates.ts';
import { Connection } from '../../core/connection.ts';
import { sha256, Digest } from '../../core/crypto/hash.ts';
import { asBytes, exactly } from '../../core/crypto/bytes.ts';
import { XWingPublicKey } from '../../core/crypto/xwing.ts';
import { fetchDocument } from '../../core/document.ts';
import { good } from '../../core/expected.ts';
import { fetchLog } from '../../core/fetch.ts';
import { hurry } from '../../core/hurry.ts';
import { revoke, withdraw } from '../../core/lead/moves.ts';
import { Directory } from '../../core/protocol/directory.ts';
import { encodeDirectoryPart } from '../../core/protocol/directory_operations.ts';
import { encodeHeader, parseHeader } from '../../core/protocol/entry.ts';
import { encodeLog, parseRead, type StoredEntry } from '../../core/protocol/operations.ts';
import { Gateway } from '../kit/gateway.ts';
import { kWithCommittee, Organisation } from '../kit/organisation.ts';
import { LeadTest } from './fixture.ts';

async function greeted() {
  const organisation = new Organisation('hostile gateway', 20_000, kWithCommittee);
  const gateway = new Gateway(organisation);
  const connection = new Connection(organisation.service, kFrameBytes);
  const { stop } = hurry(connection, gateway);
  expect(await connection.greet()).toMatchObject({ ok: true });
  return { organisation, gateway, connection, stop };
}

test('somebody else’s true key is refused', async () => {
  const { organisation, connection, stop } = await greeted();
  const [mieke, anouk] = ['mieke', 'anouk'].map((name) => organisation.colleague(name));
  expect(await fetchCertificates(connection, [mieke!.id])).toMatchObject({ ok: true });
  const theirs = await organisation.certificate(anouk!);
  organisation.certificate = async () => theirs;
  expect(await fetchCertificates(connection, [mieke!.id])).toMatchObject({ ok: false, error: { code: 'key not vouched for' } });
  stop();
});

test.each([
  ['ML-KEM', 0, new Uint8Array(3).fill(0xff)], // coefficients go to 3,328
  ['X25519', XWingPublicKey.size - 32, new Uint8Array(32)], // of small order
])('bytes that are no %s key are refused, though their owner vouches for them', async (_, at, bytes) => {
  const { organisation, connection, stop } = await greeted();
  const mieke = organisation.colleague('mieke');
  const xwingKey = exactly(XWingPublicKey, mieke.xwingKey);
  xwingKey.set(bytes, at);
  const noKey = await organisation.certificate({ ...mieke, xwingKey });
  organisation.certificate = async () => noKey;
  expect(await fetchCertificates(connection, [mieke.id])).toMatchObject({ ok: false, error: { detail: 'mieke' } });
  stop();
});

test('another line of directories is refused, though the root signed it', async () => {
  const { organisation, connection, stop } = await greeted();
  const content = { ...organisation.content(), version: 2, previousHashes: [Digest.zeros()] };
  const forked = await Directory.parse(await organisation.sign(content), organisation.service);
  if (!forked.ok) throw new Error(forked.error);
  organisation.directory = async () => forked.value;
  await fetchCertificates(connection, [organisation.colleague('mieke').id]);
  expect(await connection.refreshDirectory()).toMatchObject({ ok: false, error: { code: 'directory not a successor' } });
  expect(connection.directory.content.version).toBe(1);
  stop();
});

test('another document than the one that was signed is refused', async () => {
  const { gateway, connection, stop } = await greeted();
  const signed = asBytes('what the organisation signed');
  const show = (bytes: Uint8Array): void => {
    const body = encodeDirectoryPart({ hash: sha256(signed), total: bytes.length, bytes });
    Object.assign(gateway, { directoryPart: async () => ({ status: Status.done, body }) });
  };
  const document = () => fetchDocument((kind, body) => connection.call(kind, body), sha256(signed));
  show(signed);
  expect(await document()).toMatchObject({ ok: true });
  show(asBytes('what nobody signed'));
  expect(await document()).toMatchObject({ ok: false, error: { kind: 'verification' } });
  stop();
});

// What a page has seen of a case it holds its gateway to, as long as it is open.
describe('a log that was seen is not taken back', () => {
  // `serve`: the log that is shown to whoever asks for it from there on.
  async function seen() {
    const it = await LeadTest.open();
    await it.did(it.owner, (addition, certificates) => revoke(addition, [it.id('youssef')], certificates));
    const before = it.served(it.owner);
    const connection = new Connection(it.organisation.service, kFrameBytes);
    const fetch = (serve: (fromSeq: number) => readonly StoredEntry[]) => {
      connection.call = async (_, body) => {
        const { fromSeq } = parseRead(body)!;
        const entries = serve(fromSeq);
        const head = { headSeq: entries.length - 1, headHash: Digest.zeros() };
        return good(encodeLog({ caseShare: before.caseShare, ...head, entries: entries.slice(fromSeq) }));
      };
      return fetchLog(connection, it.owner.handle, it.owner, before);
    };
    return { it, before, fetch };
  }

  test('news that change what is served bring the rest again', async () => {
    const { it, before, fetch } = await seen();
    await it.did(it.owner, withdraw);
    const { entries } = it.served(it.owner);
    const now = await fetch(() => entries);
    expect(now.ok && now.value.entries.length).toBe(before.entries.length + 1);
  });

  test('and no other log, whatever made it look so', async () => {
    const { before, fetch } = await seen();
    const last = before.entries.at(-1)!;
    const parsed = parseHeader(last.header);
    if (!parsed.ok) throw new Error(parsed.error);
    const withdrawal = { ...parsed.value, kind: EntryKind.withdraw, fields: { kind: 'withdraw' } } as const;
    const made_up = { ...last, header: encodeHeader(withdrawal) }; // signed by nobody
    const older = before.entries.slice(0, -1); // before youssef was let out
    const now = await fetch((fromSeq) => (fromSeq > 0 ? [...before.entries, made_up] : older));
    expect(now).toMatchObject({ ok: false, error: { code: 'misfit' } });
  });
});
