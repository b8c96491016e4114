// A gateway that shows other people, keys and documents than the organisation signed: nothing is believed.
import { expect, test } from 'vitest';

import { kFrameBytes, Status } from '../../generated/rules.ts';
import { Connection } from '../../core/connection.ts';
import { sha256, Digest } from '../../core/crypto/hash.ts';
import { asBytes } from '../../core/crypto/bytes.ts';
import { hurry } from '../../core/hurry.ts';
import { Directory } from '../../core/protocol/directory.ts';
import { encodeDirectoryPart } from '../../core/protocol/directory_operations.ts';
import { Gateway } from '../kit/gateway.ts';
import { kWithCommittee, Organisation } from '../kit/organisation.ts';

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
  expect(await connection.certificates([mieke!.id])).toMatchObject({ ok: true });
  const theirs = await organisation.certificate(anouk!);
  organisation.certificate = async () => theirs;
  expect(await connection.certificates([mieke!.id])).toMatchObject({ ok: false, error: { code: 'key not vouched for' } });
  stop();
});

test('another line of directories is refused, though the root signed it', async () => {
  const { organisation, connection, stop } = await greeted();
  const content = { ...organisation.content(), version: 2, previousHashes: [Digest.zeros()] };
  const forked = await Directory.parse(await organisation.sign(content), organisation.service);
  if (!forked.ok) throw new Error(forked.error);
  organisation.directory = async () => forked.value;
  await connection.certificates([organisation.colleague('mieke').id]);
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
  show(signed);
  expect(await connection.document(sha256(signed))).toMatchObject({ ok: true });
  show(asBytes('what nobody signed'));
  expect(await connection.document(sha256(signed))).toMatchObject({ ok: false, error: { kind: 'verification' } });
  stop();
});
