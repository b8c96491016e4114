// Ed25519 signing (RFC 8032 §5.1.6), always under a domain tag.

import { asBytes, concat, exactly, fixedBytes, type FixedBytes } from './bytes.ts';
import { nativeEd25519 } from './native_ed25519.ts';
import { publicKeyOf, signWithSeed } from './noble_ed25519.ts';
import { wipe } from './secret.ts';
import { Signature, SigningPublicKey } from './signature.ts';

// RFC 8032's 32-byte private key. Secret.
export type SigningSeed = FixedBytes<'SigningSeed'>;
export const SigningSeed = fixedBytes<'SigningSeed'>(32);

export class SigningKey {
  readonly publicKey: SigningPublicKey;
  private seed: SigningSeed;
  private signer: Promise<(message: Uint8Array) => Promise<Uint8Array>> | undefined;

  // Keeps a copy of the seed; `wipe` ends it.
  constructor(seed: SigningSeed) {
    this.seed = exactly(SigningSeed, seed);
    this.publicKey = exactly(SigningPublicKey, publicKeyOf(seed));
  }

  // The signature over tag ‖ message; `tag` is one of the rules', ending in 0x00.
  async sign(tag: string, message: Uint8Array): Promise<Signature> {
    this.signer ??= this.makeSigner();
    const sign = await this.signer;
    return exactly(Signature, await sign(concat(asBytes(tag), message)));
  }

  wipe(): void {
    wipe(this.seed);
    this.signer = Promise.reject(new Error('the key was wiped'));
    this.signer.catch(() => {});
  }

  private async makeSigner(): Promise<(message: Uint8Array) => Promise<Uint8Array>> {
    const native = await nativeEd25519();
    if (native !== undefined) return native.signer(this.seed);
    return async (message) => signWithSeed(this.seed, message);
  }
}
