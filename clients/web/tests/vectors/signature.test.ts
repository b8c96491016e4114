import { expect, test, vi } from 'vitest';

import { toHex } from '../../core/crypto/bytes.ts';
import {
  browserEd25519,
  isStrict,
  nativeEd25519,
  useNativeEd25519,
  type NativeEd25519,
} from '../../core/crypto/native_ed25519.ts';
import { satisfiesEquation } from '../../core/crypto/noble_ed25519.ts';
import { Signature, SigningPublicKey, verify } from '../../core/crypto/signature.ts';
import { SigningKey, SigningSeed } from '../../core/crypto/signing.ts';
import { bytes, fixed, readVectors } from '../support.ts';

interface Case {
  readonly name: string;
  readonly seed: string;
  readonly public_key: string;
  readonly tag: string;
  readonly message: string;
  readonly signature: string;
  readonly valid: boolean;
  readonly cofactored?: boolean;
}

const tagOf = (hex: string): string => new TextDecoder().decode(bytes(hex));

for (const [which, native] of [
  ['noble', undefined],
  ["the platform's", browserEd25519],
] as const) {
  test(`Ed25519 by ${which} signs and verifies as C++ does`, async () => {
    useNativeEd25519(native);
    for (const { seed, public_key, tag, message, signature } of readVectors<{ cases: Case[] }>('signature.json').cases) {
      const key = new SigningKey(fixed(SigningSeed, seed));
      expect(toHex(key.publicKey)).toBe(public_key);
      const made = await key.sign(tagOf(tag), bytes(message));
      expect(toHex(made)).toBe(signature);
      expect(await verify(key.publicKey, tagOf(tag), bytes(message), made)).toBe(true);
    }
  });

  test(`strict verification by ${which} answers every edge case as libsodium does`, async () => {
    useNativeEd25519(native);
    for (const edge of readVectors<{ cases: Case[] }>('ed25519-edge.json').cases) {
      const key = fixed(SigningPublicKey, edge.public_key);
      const answer = await verify(key, tagOf(edge.tag), bytes(edge.message), fixed(Signature, edge.signature));
      expect(answer, edge.name).toBe(edge.valid);
    }
  });
}

test('a browser whose verifier multiplies by the cofactor, or accepts everything, is not used', async () => {
  const accepting: NativeEd25519 = { ...browserEd25519, verify: async () => true };
  const refusing: NativeEd25519 = { ...browserEd25519, verify: async () => false };
  expect(await isStrict(browserEd25519)).toBe(true);
  expect(await isStrict(accepting)).toBe(false);
  expect(await isStrict(refusing)).toBe(false);
  useNativeEd25519('look');
  expect(await nativeEd25519()).toBe(browserEd25519);
  const lenient = vi.spyOn(crypto.subtle, 'verify').mockResolvedValue(true);
  useNativeEd25519('look');
  expect(await nativeEd25519()).toBeUndefined();
  lenient.mockRestore();
  useNativeEd25519('look');
});

test('a point that is none satisfies no equation', () => {
  expect(satisfiesEquation(bytes('02'.padEnd(64, '0')), new Uint8Array(0), new Uint8Array(64))).toBe(false);
});

test('a wiped key signs no more', async () => {
  for (const native of [undefined, browserEd25519]) {
    useNativeEd25519(native);
    const key = new SigningKey(SigningSeed.zeros());
    await key.sign('tag\0', new Uint8Array(1));
    key.wipe();
    await expect(key.sign('tag\0', new Uint8Array(1))).rejects.toThrow('wiped');
  }
});
