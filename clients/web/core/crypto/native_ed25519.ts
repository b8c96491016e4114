// The browser's own Ed25519, where it has one that is as strict as ours: without a JIT noble takes ten times as long
// as with it, and this not a millisecond.

import { kTagEntrySignature } from '../../generated/rules.ts';
import { asBytes, concat, fromHex } from './bytes.ts';
import { wipe } from './secret.ts';

export interface NativeEd25519 {
  verify(key: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean>;
  // A function that signs with the key of this seed. The browser keeps the key and gives it to nobody.
  signer(seed: Uint8Array): Promise<(message: Uint8Array) => Promise<Uint8Array>>;
}

const kAlgorithm = 'Ed25519';
// RFC 8410 §7: PrivateKeyInfo of an Ed25519 key, up to the seed.
const kPrivateKeyInfo = fromHex('302e020100300506032b657004220420')!;

// Types alone: none of these arrays is shared memory.
const own = (bytes: Uint8Array) => bytes as Uint8Array<ArrayBuffer>;

export const browserEd25519: NativeEd25519 = {
  async verify(key, message, signature) {
    try {
      const imported = await crypto.subtle.importKey('raw', own(key), kAlgorithm, false, ['verify']);
      return await crypto.subtle.verify(kAlgorithm, imported, own(signature), own(message));
    } catch {
      return false; // not a point
    }
  },
  async signer(seed) {
    const info = concat(kPrivateKeyInfo, seed);
    const key = await crypto.subtle.importKey('pkcs8', own(info), kAlgorithm, false, ['sign']);
    wipe(info);
    return async (message) => new Uint8Array(await crypto.subtle.sign(kAlgorithm, key, own(message)));
  },
};

// Signatures on which verifiers differ (tests/vectors/ed25519-edge.json): only the first is good.
const kKey = '6cd12623c6aee027959c113ebdd51d8db4821d2cf645d67c817d0f960d27e0f9';
const kProbes = [
  {
    key: kKey, // an ordinary signature
    message: 'an ordinary message',
    signature:
      '36191d9688ff9692136701377d40d9c6ea5252a86a53df0f8a92bcd3d1ac42d5' +
      '6e07eeb794b8c7fab7568edbafee8476443a28aaffd2b7949c9962baacb31802',
    valid: true,
  },
  {
    key: kKey, // R of mixed order: good only to a verifier that multiplies by the cofactor
    message: 'R is strange',
    signature:
      '0f36fb126264e3420a672ca1ad2aa7df26c19f5466ed737fdfec8675376167c7' +
      'fb77eed616fc3bb41ac465c4bccd53e83276f55eebdf0b5129de5aae0e27b90e',
    valid: false,
  },
  {
    key: 'e5643f7defa2408835feba9761b945d29fcc92839841b4bea982742653442ab2', // a key of mixed order
    message: 'message 22',
    signature:
      '36191d9688ff9692136701377d40d9c6ea5252a86a53df0f8a92bcd3d1ac42d5' +
      '2cc76e0851558b75379c4dea6e7e34b7e91ad0f941c2601f71c8dce03f15dd0b',
    valid: false,
  },
] as const;

// Whether a verifier answers the probes as we do.
export async function isStrict(verifier: NativeEd25519): Promise<boolean> {
  for (const probe of kProbes) {
    const message = asBytes(kTagEntrySignature + probe.message);
    const answer = await verifier.verify(fromHex(probe.key)!, message, fromHex(probe.signature)!);
    if (answer !== probe.valid) return false;
  }
  return true;
}

let found: Promise<NativeEd25519 | undefined> | undefined;

// Nothing where the browser has none: pages over plain HTTP, older browsers.
export function nativeEd25519(): Promise<NativeEd25519 | undefined> {
  found ??= findNative().catch(() => undefined);
  return found;
}

async function findNative(): Promise<NativeEd25519 | undefined> {
  if (globalThis.crypto?.subtle === undefined) return undefined;
  return (await isStrict(browserEd25519)) ? browserEd25519 : undefined;
}

// For tests: one of them, noble alone, or whatever there is.
export function useNativeEd25519(native: NativeEd25519 | undefined | 'look'): void {
  found = native === 'look' ? undefined : Promise.resolve(native);
}
