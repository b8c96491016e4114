// Our HPKE and X-Wing against independent ones: @hpke/core with its X-Wing and ChaCha20-Poly1305, and libsodium's
// X-Wing.
import { Chacha20Poly1305 } from '@hpke/chacha20poly1305';
import { CipherSuite, HkdfSha256 } from '@hpke/core';
import { XWing } from '@hpke/hybridkem-x-wing';
import { describe, expect, test } from 'vitest';

import { exactly, toHex } from '../../core/crypto/bytes.ts';
import { hpkeOpen, hpkeSeal } from '../../core/crypto/hpke.ts';
import {
  XWingCiphertext,
  xwingDecapsulate,
  xwingEncapsulate,
  XWingPublicKey,
  xwingPublicKey,
  XWingSeed,
} from '../../core/crypto/xwing.ts';
import { ReplayRandom } from '../support.ts';
import { Inputs, sodium } from './kit.ts';

const kRounds = 10;
const kem = new XWing();
const suite = new CipherSuite({ kem, kdf: new HkdfSha256(), aead: new Chacha20Poly1305() });
const own = (bytes: Uint8Array) => bytes as Uint8Array<ArrayBuffer>;

// One person, known to both sides by a seed.
async function person(inputs: Inputs) {
  const seed = exactly(XWingSeed, inputs.bytes(32));
  const publicKey = xwingPublicKey(seed);
  return {
    seed,
    publicKey,
    theirs: await kem.importKey('raw', own(publicKey).buffer, true),
    private: await kem.importKey('raw', own(seed).buffer, false),
  };
}

const message = (inputs: Inputs) => ({
  info: inputs.bytes(inputs.number(200)),
  aad: inputs.bytes(inputs.number(100)),
  plaintext: inputs.bytes(inputs.number(3000)),
});

describe('@hpke/core', () => {
  test('opens what we seal, and we open what it seals', async () => {
    const inputs = new Inputs('hpke both ways');
    for (let i = 0; i < kRounds; ++i) {
      const whom = await person(inputs);
      const { info, aad, plaintext } = message(inputs);
      const ours = hpkeSeal(whom.publicKey, info, aad, plaintext, inputs);
      if (!ours.ok) throw new Error(ours.error);
      const enc = own(ours.value.enc);
      const read = await suite.open(
        { recipientKey: whom.private, enc, info: own(info) },
        own(ours.value.ciphertext),
        own(aad),
      );
      expect(toHex(new Uint8Array(read))).toBe(toHex(plaintext));

      const theirs = await suite.seal({ recipientPublicKey: whom.theirs, info: own(info) }, own(plaintext), own(aad));
      const sealedTo = exactly(XWingCiphertext, new Uint8Array(theirs.enc));
      const back = hpkeOpen(whom.seed, sealedTo, info, aad, new Uint8Array(theirs.ct));
      expect(back.ok && toHex(back.value)).toBe(toHex(plaintext));
    }
  });

  test('and we refuse alike what was tampered with, wherever', async () => {
    const inputs = new Inputs('hpke tampered');
    for (let i = 0; i < kRounds; ++i) {
      const whom = await person(inputs);
      const stranger = await person(inputs);
      const { info, aad, plaintext } = { ...message(inputs), info: inputs.bytes(40), aad: inputs.bytes(20) };
      const sealed = hpkeSeal(whom.publicKey, info, aad, plaintext, inputs);
      if (!sealed.ok) throw new Error(sealed.error);
      const whole = { ...sealed.value, info, aad, seed: whom.seed, private: whom.private };
      for (const change of [
        { enc: exactly(XWingCiphertext, inputs.turned(whole.enc)) },
        { ciphertext: inputs.turned(whole.ciphertext) },
        { ciphertext: whole.ciphertext.slice(1) },
        { info: inputs.turned(info) },
        { aad: inputs.turned(aad) },
        { seed: stranger.seed, private: stranger.private },
      ]) {
        const now = { ...whole, ...change };
        expect(hpkeOpen(now.seed, now.enc, now.info, now.aad, now.ciphertext).ok).toBe(false);
        const asked = suite.open(
          { recipientKey: now.private, enc: own(now.enc), info: own(now.info) },
          own(now.ciphertext),
          own(now.aad),
        );
        await expect(asked).rejects.toThrow();
      }
    }
  });
});

describe("libsodium's X-Wing", () => {
  test('grows the same public key from a seed', () => {
    const inputs = new Inputs('x-wing keys');
    for (let i = 0; i < kRounds; ++i) {
      const seed = inputs.bytes(32);
      const theirs = sodium.crypto_kem_xwing_seed_keypair(seed);
      expect(toHex(xwingPublicKey(exactly(XWingSeed, seed)))).toBe(toHex(theirs.publicKey));
    }
  });

  test('encapsulates and decapsulates to the same secrets, a tampered ciphertext too', () => {
    const inputs = new Inputs('x-wing both ways');
    for (let i = 0; i < kRounds; ++i) {
      const seed = exactly(XWingSeed, inputs.bytes(32));
      const { publicKey, privateKey } = sodium.crypto_kem_xwing_seed_keypair(seed);
      const randomness = inputs.bytes(64);
      const theirs = sodium.crypto_kem_xwing_enc_deterministic(publicKey, randomness);
      const ours = xwingEncapsulate(exactly(XWingPublicKey, publicKey), new ReplayRandom(randomness));
      if (!ours.ok) throw new Error(ours.error);
      expect(toHex(ours.value.ciphertext)).toBe(toHex(theirs.ciphertext));
      expect(toHex(ours.value.sharedSecret)).toBe(toHex(theirs.sharedSecret));
      for (const ciphertext of [theirs.ciphertext, inputs.turned(theirs.ciphertext)]) {
        const back = xwingDecapsulate(seed, exactly(XWingCiphertext, ciphertext));
        expect(back.ok && toHex(back.value)).toBe(toHex(sodium.crypto_kem_xwing_dec(ciphertext, privateKey)));
      }
    }
  });

  test('refuses the public keys and ciphertexts that we refuse', () => {
    const inputs = new Inputs('x-wing refused');
    const seed = exactly(XWingSeed, inputs.bytes(32));
    const { publicKey, privateKey } = sodium.crypto_kem_xwing_seed_keypair(seed);
    const beyondTheModulus = publicKey.slice().fill(255, 0, 3);
    const smallOrderKey = publicKey.slice().fill(0, 1184);
    for (const key of [beyondTheModulus, smallOrderKey]) {
      expect(xwingEncapsulate(exactly(XWingPublicKey, key), inputs)).toEqual({ ok: false, error: 'bad public key' });
      expect(() => sodium.crypto_kem_xwing_enc(key)).toThrow();
    }
    const smallOrderShare = sodium.crypto_kem_xwing_enc(publicKey).ciphertext.fill(0, 1088);
    expect(xwingDecapsulate(seed, exactly(XWingCiphertext, smallOrderShare)).ok).toBe(false);
    expect(() => sodium.crypto_kem_xwing_dec(smallOrderShare, privateKey)).toThrow();
  });
});
