// What is sealed against libsodium's own build, put together once more from its documented layout: what one seals the
// other opens, and what one refuses the other refuses.
import { expect, test } from 'vitest';

import { kFileChunkBytes, kTagEventData, kTagEventKey, kTagFileKey, kTagLocalData } from '../../generated/rules.ts';
import type { Compartment } from '../../generated/rules.ts';
import { allZero, concat, exactly, toHex, u32Bytes, u64Bytes } from '../../core/crypto/bytes.ts';
import { CaseShare } from '../../core/crypto/case_share.ts';
import { CompartmentKey } from '../../core/crypto/commitment.ts';
import { openEvent, sealEvent } from '../../core/crypto/event_seal.ts';
import { KeyFileKind, openKeyFile, sealKeyFile, type KeyFile } from '../../core/crypto/key_file.ts';
import { LocalKey, openLocal, sealLocal } from '../../core/crypto/local_seal.ts';
import { unpad } from '../../core/crypto/padding.ts';
import { SigningPublicKey } from '../../core/crypto/signature.ts';
import { SigningSeed } from '../../core/crypto/signing.ts';
import { FileKey, StreamOpener, StreamSealer } from '../../core/crypto/stream.ts';
import { XWingSeed } from '../../core/crypto/xwing.ts';
import { Handle, MemberId, ServiceId, UploadId } from '../../core/protocol/ids.ts';
import { ascii, fields, hkdf, Inputs, sodium } from './kit.ts';

const kRounds = 20;
const kNonceBytes = 24;
const xchacha = {
  seal: (key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, plaintext: Uint8Array) =>
    sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plaintext, aad, null, nonce, key),
  open: (key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, sealed: Uint8Array) =>
    sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, sealed, aad, nonce, key),
};

// suite ‖ nonce ‖ XChaCha20-Poly1305(length ‖ text ‖ zeros): how an envelope is described.
function openedEnvelope(key: Uint8Array, aad: Uint8Array, sealed: Uint8Array): string {
  const nonce = sealed.subarray(1, 1 + kNonceBytes);
  const text = unpad(xchacha.open(key, nonce, aad, sealed.subarray(1 + kNonceBytes)));
  if (text === undefined) throw new Error('not padded');
  return toHex(text);
}

test('events open under libsodium, and only with the key, the place and the bytes they were sealed with', () => {
  const inputs = new Inputs('events');
  for (let i = 0; i < kRounds; ++i) {
    const key = exactly(CompartmentKey, inputs.bytes(32));
    const share = exactly(CaseShare, inputs.bytes(32));
    const context = {
      serviceId: exactly(ServiceId, inputs.bytes(32)),
      handle: exactly(Handle, inputs.bytes(32)),
      author: exactly(SigningPublicKey, inputs.bytes(32)),
      compartment: (1 + inputs.number(6)) as Compartment,
      epoch: 1 + inputs.number(9),
      seq: inputs.number(2 ** 31) * 1024,
    };
    const plaintext = inputs.bytes(inputs.number(14_000));
    const eventKey = hkdf(share, key, ascii(kTagEventKey), 32);
    const { serviceId, handle, author, compartment, epoch, seq } = context;
    const place = [u32Bytes(compartment), u32Bytes(epoch), u64Bytes(seq)];
    const aad = fields(ascii(kTagEventData), serviceId, handle, author, ...place);
    const sealed = sealEvent(key, share, context, plaintext, inputs);
    expect(openedEnvelope(eventKey, aad, sealed)).toBe(toHex(plaintext));
    expect(() => openedEnvelope(eventKey, inputs.turned(aad), sealed)).toThrow();
    // The other way: libsodium seals the same padded text.
    const nonce = inputs.bytes(kNonceBytes);
    const padded = xchacha.open(eventKey, sealed.subarray(1, 1 + kNonceBytes), aad, sealed.subarray(1 + kNonceBytes));
    const theirs = concat(sealed.subarray(0, 1), nonce, xchacha.seal(eventKey, nonce, aad, padded));
    const back = openEvent(key, share, context, theirs);
    expect(back.ok && toHex(back.value)).toBe(toHex(plaintext));
    const turned = concat(theirs.subarray(0, 1), inputs.turned(theirs.subarray(1)));
    expect(openEvent(key, share, context, turned)).toEqual({ ok: false, error: 'wrong key or altered' });
  }
});

test('texts kept on a device open under libsodium', () => {
  const inputs = new Inputs('local');
  for (let i = 0; i < kRounds; ++i) {
    const key = exactly(LocalKey, inputs.bytes(32));
    const plaintext = inputs.bytes(inputs.number(3000));
    const sealed = sealLocal(key, 'draft', plaintext, inputs);
    expect(openedEnvelope(key, fields(ascii(kTagLocalData), ascii('draft')), sealed)).toBe(toHex(plaintext));
    expect(openLocal(key, 'draft', concat(sealed.subarray(0, 1), inputs.turned(sealed.subarray(1)))).ok).toBe(false);
  }
});

test('the chunks of a file open under libsodium, each in its place alone', () => {
  const inputs = new Inputs('files');
  for (const size of [0, 1, kFileChunkBytes - 8, kFileChunkBytes - 7, 3 * kFileChunkBytes]) {
    const key = exactly(FileKey, inputs.bytes(32));
    const share = exactly(CaseShare, inputs.bytes(32));
    const upload = exactly(UploadId, inputs.bytes(UploadId.size));
    const data = inputs.bytes(size);
    const streamKey = hkdf(share, key, concat(ascii(kTagFileKey), upload), 32);
    const sealer = new StreamSealer(key, share, upload, size);
    const opener = new StreamOpener(key, share, upload, sealer.chunks);
    let [plain, read] = [new Uint8Array(0), new Uint8Array(0)] as [Uint8Array, Uint8Array];
    for (let i = 0, at = 0; !sealer.finished; ++i) {
      const wanted = sealer.wanted();
      const sealed = sealer.next(data.subarray(at, (at += wanted)));
      const nonce = concat(new Uint8Array(3), u64Bytes(i), Uint8Array.of(sealer.finished ? 1 : 0));
      const open = (chunkNonce: Uint8Array): Uint8Array =>
        sodium.crypto_aead_chacha20poly1305_ietf_decrypt(null, sealed, null, chunkNonce, streamKey);
      plain = concat(plain, open(nonce));
      expect(() => open(concat(nonce.subarray(0, 11), Uint8Array.of(1 - nonce[11]!)))).toThrow();
      const next = opener.next(
        sodium.crypto_aead_chacha20poly1305_ietf_encrypt(open(nonce), null, null, nonce, streamKey),
      );
      if (!next.ok) throw new Error(next.error);
      read = concat(read, next.value);
    }
    expect(toHex(plain.subarray(0, 8 + size))).toBe(toHex(concat(u64Bytes(size), data)));
    expect(allZero(plain.subarray(8 + size))).toBe(true);
    expect(opener.finished && toHex(read)).toBe(toHex(data));
  }
});

test('a key file opens under libsodium with Argon2id, at the cost it names', async () => {
  const inputs = new Inputs('key file');
  const passphrase = ascii('langs de haven');
  for (const cost of [
    { passes: 1, memoryKib: 64 },
    { passes: 3, memoryKib: 256 },
    { passes: 2, memoryKib: 8192 },
  ]) {
    const file: KeyFile = {
      kind: KeyFileKind.member,
      memberId: exactly(MemberId, inputs.bytes(MemberId.size)),
      signingSeed: exactly(SigningSeed, inputs.bytes(32)),
      xwingSeeds: [exactly(XWingSeed, inputs.bytes(32)), exactly(XWingSeed, inputs.bytes(32))],
    };
    const sealed = await sealKeyFile(file, passphrase, inputs, cost);
    const [header, nonce] = [sealed.subarray(0, 57), sealed.subarray(33, 57)];
    const salt = sealed.subarray(9, 25);
    const argon2id = sodium.crypto_pwhash_ALG_ARGON2ID13;
    const key = sodium.crypto_pwhash(32, passphrase, salt, cost.passes, cost.memoryKib * 1024, argon2id);
    const plain = xchacha.open(key, nonce, header, sealed.subarray(57));
    const said = [Uint8Array.of(1), file.memberId, file.signingSeed, Uint8Array.of(2), ...file.xwingSeeds];
    expect(toHex(plain)).toBe(toHex(concat(...said)));
    const back = await openKeyFile(concat(header, xchacha.seal(key, nonce, header, plain)), passphrase);
    expect(back.ok && toHex(back.value.signingSeed)).toBe(toHex(file.signingSeed));
    expect(() => xchacha.open(key, nonce, inputs.turned(header), sealed.subarray(57))).toThrow();
  }
  const [memberId, signingSeed] = [MemberId.zeros(), SigningSeed.zeros()];
  const root: KeyFile = { kind: KeyFileKind.root, memberId, signingSeed, xwingSeeds: [] };
  const sealed = await sealKeyFile(root, passphrase, inputs, { passes: 1, memoryKib: 64 });
  expect(await openKeyFile(inputs.turned(sealed), passphrase)).toMatchObject({ ok: false });
  expect(await openKeyFile(sealed, ascii('langs de Haven'))).toEqual({
    ok: false,
    error: 'wrong passphrase or altered',
  });
});
