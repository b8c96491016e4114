// What secrets leave behind on their way: nothing that the program still holds in its hands.
import { expect, test, vi } from 'vitest';

import { Compartment, Role } from '../generated/rules.ts';
import { openLog, wipeCase } from '../core/case_log.ts';
import { CaseShare } from '../core/crypto/case_share.ts';
import { CompartmentKey } from '../core/crypto/commitment.ts';
import { eventKey } from '../core/crypto/event_seal.ts';
import { fileSecrets } from '../core/crypto/file_secrets.ts';
import { Digest } from '../core/crypto/hash.ts';
import { LocalKey, memberLocalKey, memberLocalName } from '../core/crypto/local_seal.ts';
import { SigningKey, SigningSeed } from '../core/crypto/signing.ts';
import { FileKey, StreamOpener, StreamSealer } from '../core/crypto/stream.ts';
import { enrol } from '../core/desk/enrolment.ts';
import { renew } from '../core/lead/renewal.ts';
import { InvitationToken } from '../core/protocol/enrolment.ts';
import { Handle, ServiceId, UploadId } from '../core/protocol/ids.ts';
import { LeadTest } from './lead/fixture.ts';
import { FixedRandom } from './support.ts';

// Everything that HKDF's first step gave.
const extracted: Uint8Array[] = [];
vi.mock('@noble/hashes/hkdf.js', async (real) => {
  const hkdf = await real<typeof import('@noble/hashes/hkdf.js')>();
  const extract: typeof hkdf.extract = (...given) => {
    const key = hkdf.extract(...given);
    extracted.push(key);
    return key;
  };
  return { ...hkdf, extract };
});

const random = new FixedRandom('wiping');
const [share, upload, service] = [CaseShare.random(random), UploadId.random(random), ServiceId.random(random)];

test.each<readonly [string, () => unknown]>([
  ['an event key', () => eventKey(CompartmentKey.random(random), share)],
  ["a file's secrets", () => fileSecrets(LocalKey.random(random), Handle.zeros(), Compartment.talk, 1, Digest.zeros())],
  ['a file that is sealed', () => new StreamSealer(FileKey.random(random), share, upload, 1)],
  ['a file that is opened', () => new StreamOpener(FileKey.random(random), share, upload, 1)],
  ["a member's local key", () => memberLocalKey(SigningSeed.random(random), service)],
  ["a member's local name", () => memberLocalName(SigningSeed.random(random), service)],
])('what lies between the two steps of %s is wiped', (_, make) => {
  extracted.length = 0;
  make();
  expect(extracted.length).toBe(1);
  expect(extracted[0]!.every((byte) => byte === 0)).toBe(true);
});

test('of the keys of somebody new only those that are handed over remain', async () => {
  const made = vi.spyOn(SigningKey.prototype, 'sign');
  const wiped = vi.spyOn(SigningKey.prototype, 'wipe');
  const token = InvitationToken.random(random);
  const invitation = { serviceId: service, token, name: 'nieuw', role: Role.adviser, unit: 'Noord', memberId: undefined, lastDay: 1 };
  await enrol(invitation, random, 20_000);
  expect(new Set(made.mock.contexts)).toEqual(new Set(wiped.mock.contexts));
  expect(made.mock.contexts.length).toBe(2);
});

// Every compartment key that is made meanwhile.
async function keys_made<T>(doing: () => Promise<T>): Promise<{ readonly made: readonly Uint8Array[]; readonly got: T }> {
  const made: Uint8Array[] = [];
  const { from } = CompartmentKey;
  vi.spyOn(CompartmentKey, 'from').mockImplementation((bytes) => {
    const key = from(bytes);
    if (key) made.push(key);
    return key;
  });
  const got = await doing();
  vi.restoreAllMocks();
  return { made, got };
}

test('of a log that is not believed no key is kept', async () => {
  const it = await LeadTest.open();
  const self = it.member('mieke');
  const log = it.served(self);
  const entries = [...log.entries, log.entries[0]!]; // stands twice
  const { made, got } = await keys_made(() => openLog({ ...log, entries }, it.owner.handle, self, it.directory));
  expect(got).toMatchObject({ ok: false, error: { code: 'log broken' } });
  expect(made.length).toBeGreaterThan(0);
  expect(made.every((key) => key.every((byte) => byte === 0))).toBe(true);
});

test('of a case that was given twice no second copy of a key stays behind', async () => {
  const it = await LeadTest.open();
  it.rekey('mieke');
  await it.did(it.member('mieke'), renew);
  const { made, got: opened } = await keys_made(() => it.opened(it.member('mieke')));
  expect(made.length).toBeGreaterThan(opened.keys.size);
  wipeCase(opened);
  expect(made.every((key) => key.every((byte) => byte === 0))).toBe(true);
});
