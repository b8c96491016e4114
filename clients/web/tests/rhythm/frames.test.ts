// What frames take along: nothing that waits is left behind for ever, whatever else waits with it.
import { describe, expect, test } from 'vitest';

import { kProtocolVersion, OperationKind, Status } from '../../generated/rules.ts';
import { kOperationBytes } from '../../core/connection.ts';
import { SigningKey, SigningSeed } from '../../core/crypto/signing.ts';
import { encodeRequest, frameRoom, FrameSize, parseRequest, publicOperation } from '../../core/protocol/frame.ts';
import { encodeRead } from '../../core/protocol/operations.ts';
import { Handle } from '../../core/protocol/ids.ts';
import { FixedRandom } from '../support.ts';
import { kOrganisation, Visit } from '../kit/visit.ts';

const kRead = { kind: OperationKind.read, body: encodeRead({ handle: Handle.zeros(), fromSeq: 0 }) };
const signer = kOrganisation.colleague('mieke').key;

async function visiting(): Promise<Visit> {
  const visit = new Visit();
  await visit.begin();
  return visit;
}

describe('a key that was wiped while something waited to be signed with it', () => {
  const wiped = (): SigningKey => {
    const key = new SigningKey(SigningSeed.random(new FixedRandom('wiped')));
    key.wipe();
    return key;
  };

  test('ends that call, and nothing else', async () => {
    const visit = await visiting();
    const lost = visit.connection.submit([kRead], wiped());
    const asked = visit.connection.submit([kRead], signer);
    expect(await visit.until(lost)).toMatchObject({ ok: false, error: { code: 'stopped' } });
    expect(await visit.until(asked)).toMatchObject({ ok: true });
    expect(visit.connection.busy).toBe(0);
  });

  test('leaves the rhythm as it was, and later calls are answered', async () => {
    const visit = await visiting();
    await visit.until(visit.connection.submit([kRead], wiped()));
    expect(await visit.until(visit.connection.submit([kRead], signer), 30_000)).toMatchObject({ ok: true });
    const still = await visiting();
    await still.timer.run(visit.timer.now());
    expect(visit.sentAt).toEqual(still.sentAt);
  });
});

test('an operation of any size is told to be too large, or goes', async () => {
  const visit = await visiting();
  visit.gateway.instead.push(...Array<Status>(2000).fill(Status.forbidden)); // whatever it says
  const room = frameRoom(FrameSize.small);
  for (let size = room - 200; size <= room; ++size) {
    const sent = visit.connection.submit([{ kind: OperationKind.append, body: new Uint8Array(size) }], signer);
    const answer = await visit.until(sent, 30_000);
    expect(answer.ok, `${size} bytes`).toBe(size + kOperationBytes <= room);
  }
});

test('nothing is nobody’s to sign, as at the gateway', () => {
  const operations = [publicOperation(OperationKind.nothing, new Uint8Array(0))];
  const request = { version: kProtocolVersion, operations };
  expect(parseRequest(encodeRequest(request, FrameSize.small)!)).toEqual({ ok: true, value: request });
});
