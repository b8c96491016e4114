// What an owner derives opens nothing that the case did not commit to.
import { expect, test } from 'vitest';

import { Compartment } from '../generated/rules.ts';
import { CaseShare } from '../core/crypto/case_share.ts';
import { Digest } from '../core/crypto/hash.ts';
import { generatePhrase } from '../core/crypto/phrase.ts';
import { Reporter } from '../core/identity.ts';
import { deriveKeys, KeyRing } from '../core/key_ring.ts';
import { Access } from '../core/protocol/access.ts';
import { Chain } from '../core/protocol/chain.ts';
import { kOwnersCompartments } from '../core/protocol/kinds.ts';
import { sealOpen } from '../core/seal.ts';
import { Organisation } from './kit/organisation.ts';
import { FixedRandom } from './support.ts';

test('an owner’s derived key that the case never committed to is not taken', async () => {
  const organisation = new Organisation('key ring', 20_000);
  const directory = await organisation.directory();
  const random = new FixedRandom('key ring');
  const [owner, stranger] = [0, 1].map(() => new Reporter(generatePhrase(random, 'nl-1'), organisation.service)) as [Reporter, Reporter];
  const committed = new KeyRing();
  for (const compartment of kOwnersCompartments) {
    const whose = compartment === Compartment.talk ? stranger : owner;
    committed.set(compartment, 1, whose.derive(compartment, 1, Digest.zeros()));
  }
  const place = { chain: new Chain(directory.service, owner.handle), day: 20_000, directoryHash: directory.hash };
  const { header } = await sealOpen(owner, place, committed, CaseShare.random(random), false, random);
  const admitted = Access.empty.admit(header, directory);
  if (!admitted.ok) throw new Error(admitted.error);

  const derived = new KeyRing();
  deriveKeys(derived, admitted.value, owner);
  expect(derived.get(Compartment.talk, 1)).toBeUndefined();
  expect(derived.size).toBe(committed.size - 1);
  const of_a_member = new KeyRing();
  deriveKeys(of_a_member, admitted.value, organisation.member('mieke'));
  expect(of_a_member.size).toBe(0);
});
