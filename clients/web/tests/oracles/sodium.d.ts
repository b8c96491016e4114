// The part of libsodium's own JavaScript build that serves as an independent peer; it brings no types along.
declare module 'libsodium-wrappers-sumo' {
  type Bytes = Uint8Array;
  interface Pair {
    readonly publicKey: Bytes;
    readonly privateKey: Bytes;
  }
  interface Encapsulated {
    readonly ciphertext: Bytes;
    readonly sharedSecret: Bytes;
  }
  const sodium: {
    readonly ready: Promise<void>;
    crypto_hash_sha256(message: Bytes): Bytes;
    crypto_auth_hmacsha256_init(key: Bytes): unknown;
    crypto_auth_hmacsha256_update(state: unknown, part: Bytes): void;
    crypto_auth_hmacsha256_final(state: unknown): Bytes;
    crypto_sign_seed_keypair(seed: Bytes): Pair;
    crypto_sign_detached(message: Bytes, privateKey: Bytes): Bytes;
    crypto_sign_verify_detached(signature: Bytes, message: Bytes, publicKey: Bytes): boolean;
    crypto_core_ed25519_add(p: Bytes, q: Bytes): Bytes;
    crypto_kem_xwing_seed_keypair(seed: Bytes): Pair;
    crypto_kem_xwing_enc(publicKey: Bytes): Encapsulated;
    crypto_kem_xwing_enc_deterministic(publicKey: Bytes, seed: Bytes): Encapsulated;
    crypto_kem_xwing_dec(ciphertext: Bytes, privateKey: Bytes): Bytes;
    crypto_aead_xchacha20poly1305_ietf_encrypt(m: Bytes, aad: Bytes, nsec: null, nonce: Bytes, key: Bytes): Bytes;
    crypto_aead_xchacha20poly1305_ietf_decrypt(nsec: null, c: Bytes, aad: Bytes, nonce: Bytes, key: Bytes): Bytes;
    crypto_aead_chacha20poly1305_ietf_encrypt(m: Bytes, aad: Bytes | null, nsec: null, nonce: Bytes, key: Bytes): Bytes;
    crypto_aead_chacha20poly1305_ietf_decrypt(nsec: null, c: Bytes, aad: Bytes | null, nonce: Bytes, key: Bytes): Bytes;
    crypto_pwhash(
      bytes: number,
      password: Bytes,
      salt: Bytes,
      passes: number,
      memory: number,
      algorithm: number,
    ): Bytes;
    readonly crypto_pwhash_ALG_ARGON2ID13: number;
  };
  export default sodium;
}
