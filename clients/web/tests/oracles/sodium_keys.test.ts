// Hashes, derivations and signatures against libsodium's own build.
import { hkdfSync } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';

import { kTagEpochCommitment, kTagPhraseSigning, kTagPhraseXwing } from '../../generated/rules.ts';
import { concat, exactly, toHex } from '../../core/crypto/bytes.ts';
import { CaseKeys } from '../../core/crypto/case_keys.ts';
import { commit, CompartmentKey } from '../../core/crypto/commitment.ts';
import { sha256 } from '../../core/crypto/hash.ts';
import { hkdfExpand, hkdfExtract, hmacSha256 } from '../../core/crypto/hkdf.ts';
import { browserEd25519, useNativeEd25519 } from '../../core/crypto/native_ed25519.ts';
import { generatePhrase } from '../../core/crypto/phrase.ts';
import { Signature, SigningPublicKey, verify } from '../../core/crypto/signature.ts';
import { SigningKey, SigningSeed } from '../../core/crypto/signing.ts';
import { ServiceId } from '../../core/protocol/ids.ts';
import { bytes, readVectors } from '../support.ts';
import { ascii, expand, hkdf, hmac, Inputs, sodium } from './kit.ts';

const kRounds = 20;
const verifiedBySodium = (key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean =>
  sodium.crypto_sign_verify_detached(signature, concat(ascii('tag\0'), message), key);

describe('hashes and derivations', () => {
  test('SHA-256, HMAC and HKDF are those of libsodium, and of the platform', () => {
    const inputs = new Inputs('hashes');
    for (let i = 0; i < kRounds; ++i) {
      const salt = inputs.bytes(1 + inputs.number(80));
      const [material, info] = [inputs.bytes(inputs.number(90)), inputs.bytes(inputs.number(60))];
      const length = 1 + inputs.number(200);
      expect(toHex(sha256(material))).toBe(toHex(sodium.crypto_hash_sha256(material)));
      expect(toHex(hmacSha256(salt, material))).toBe(toHex(hmac(salt, material)));
      const ours = toHex(hkdfExpand(hkdfExtract(salt, material), info, length));
      expect(ours).toBe(toHex(hkdf(salt, material, info, length)));
      expect(ours).toBe(toHex(new Uint8Array(hkdfSync('sha256', material, salt, info, length))));
    }
  });

  test("a phrase's keys and an epoch's commitment are HKDF of what the pages say", () => {
    const inputs = new Inputs('phrase');
    const service = exactly(ServiceId, inputs.bytes(32));
    const phrase = generatePhrase(inputs, 'nl-1');
    const keys = new CaseKeys(phrase, service);
    const root = hmac(service, phrase.reveal());
    const seed = expand(root, ascii(kTagPhraseSigning), 32);
    expect(toHex(keys.signingKey.publicKey)).toBe(toHex(sodium.crypto_sign_seed_keypair(seed).publicKey));
    expect(toHex(keys.xwingSeed)).toBe(toHex(expand(root, ascii(kTagPhraseXwing), 32)));
    const compartmentKey = exactly(CompartmentKey, inputs.bytes(32));
    expect(toHex(commit(compartmentKey))).toBe(toHex(expand(compartmentKey, ascii(kTagEpochCommitment), 32)));
  });
});

describe.each([
  ['noble', undefined],
  ["the platform's", browserEd25519],
] as const)('Ed25519 by %s', (_, native) => {
  beforeAll(() => {
    useNativeEd25519(native);
    return () => useNativeEd25519('look');
  });

  test('signs as libsodium does, byte for byte, and each takes what the other signed', async () => {
    const inputs = new Inputs('signatures');
    for (let i = 0; i < kRounds; ++i) {
      const seed = exactly(SigningSeed, inputs.bytes(32));
      const message = inputs.bytes(inputs.number(400));
      const key = new SigningKey(seed);
      const pair = sodium.crypto_sign_seed_keypair(seed);
      expect(toHex(key.publicKey)).toBe(toHex(pair.publicKey));
      const signature = await key.sign('tag\0', message);
      const theirs = sodium.crypto_sign_detached(concat(ascii('tag\0'), message), pair.privateKey);
      expect(toHex(signature)).toBe(toHex(theirs));
      expect(await verify(key.publicKey, 'tag\0', message, exactly(Signature, theirs))).toBe(true);
      for (const wrong of [inputs.turned(signature), inputs.turned(signature)])
        expect(await verify(key.publicKey, 'tag\0', message, exactly(Signature, wrong))).toBe(
          verifiedBySodium(pair.publicKey, message, wrong),
        );
    }
  });

  test('is as strict as libsodium on every edge: small order, second spellings, mixed order, S beyond L', async () => {
    type Edge = Record<'name' | 'public_key' | 'tag' | 'message' | 'signature', string>;
    const { cases } = readVectors<{ cases: Edge[] }>('ed25519-edge.json');
    let refused = 0;
    for (const edge of cases) {
      const [key, message, signature] = [bytes(edge.public_key), bytes(edge.message), bytes(edge.signature)];
      const theirs = sodium.crypto_sign_verify_detached(signature, concat(bytes(edge.tag), message), key);
      const tag = new TextDecoder().decode(bytes(edge.tag));
      const ours = await verify(exactly(SigningPublicKey, key), tag, message, exactly(Signature, signature));
      expect(ours, edge.name).toBe(theirs);
      refused += Number(!theirs);
    }
    expect(refused).toBeGreaterThan(10);
  });

  test('refuses a good signature to whose R or key a point of small order was added, as libsodium does', async () => {
    const inputs = new Inputs('torsion');
    const order8 = bytes('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05');
    for (let i = 0; i < kRounds; ++i) {
      const { publicKey, privateKey } = sodium.crypto_sign_seed_keypair(inputs.bytes(32));
      const message = inputs.bytes(30);
      const good = sodium.crypto_sign_detached(concat(ascii('tag\0'), message), privateKey);
      const moved = concat(sodium.crypto_core_ed25519_add(good.slice(0, 32), order8), good.subarray(32));
      const movedKey = sodium.crypto_core_ed25519_add(publicKey, order8);
      for (const [key, signature] of [
        [publicKey, moved],
        [movedKey, good],
        [movedKey, moved],
      ] as const)
        expect(await verify(exactly(SigningPublicKey, key), 'tag\0', message, exactly(Signature, signature))).toBe(
          verifiedBySodium(key, message, signature),
        );
    }
  });
});
