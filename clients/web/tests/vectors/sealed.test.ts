import { expect, test } from 'vitest';

import { concat, equal, toHex } from '../../core/crypto/bytes.ts';
import { CaseShare } from '../../core/crypto/case_share.ts';
import { CompartmentKey } from '../../core/crypto/commitment.ts';
import { openEvent, sealEvent, type EventContext } from '../../core/crypto/event_seal.ts';
import { hpkeOpen, hpkeSeal } from '../../core/crypto/hpke.ts';
import { memberLocalKey, memberLocalName, openLocal, sealLocal } from '../../core/crypto/local_seal.ts';
import { SigningPublicKey } from '../../core/crypto/signature.ts';
import { SigningSeed } from '../../core/crypto/signing.ts';
import { FileKey, StreamOpener, StreamSealer } from '../../core/crypto/stream.ts';
import { sha256 } from '../../core/crypto/hash.ts';
import { XWingCiphertext, xwingKeyHash, XWingPublicKey, xwingPublicKey, XWingSeed } from '../../core/crypto/xwing.ts';
import { Handle, ServiceId, UploadId } from '../../core/protocol/ids.ts';
import type { Compartment } from '../../generated/rules.ts';
import { bytes, fixed, readVectors, ReplayRandom, withFlippedBit } from '../support.ts';

test('events are sealed and opened as in C++, and refused for the same reasons', () => {
  const vectors = readVectors<{
    compartment_key: string;
    case_share: string;
    context: { service_id: string; handle: string; author: string; compartment: number; epoch: number; seq: string };
    events: { plaintext: string; random: string; sealed: string }[];
    refused: { what: string; sealed: string; answer: string }[];
  }>('event.json');
  const key = fixed(CompartmentKey, vectors.compartment_key);
  const share = fixed(CaseShare, vectors.case_share);
  const { service_id, handle, author, compartment, epoch, seq } = vectors.context;
  const context: EventContext = {
    serviceId: fixed(ServiceId, service_id),
    handle: fixed(Handle, handle),
    author: fixed(SigningPublicKey, author),
    compartment: compartment as Compartment,
    epoch,
    seq: Number(seq),
  };
  for (const { plaintext, random, sealed } of vectors.events) {
    const made = sealEvent(key, share, context, bytes(plaintext), new ReplayRandom(bytes(random)));
    expect(toHex(made)).toBe(sealed);
    const opened = openEvent(key, share, context, made);
    expect(opened.ok && toHex(opened.value)).toBe(plaintext);
    for (const other of [{ seq: 1 }, { epoch: 9 }, { compartment: 2 as Compartment }])
      expect(openEvent(key, share, { ...context, ...other }, made)).toEqual({ ok: false, error: 'wrong key or altered' });
  }
  for (const { what, sealed, answer } of vectors.refused)
    expect(openEvent(key, share, context, bytes(sealed)), what).toEqual({ ok: false, error: answer });
});

test('texts kept on a device open as in C++, and for their purpose alone', () => {
  const vector = readVectors<Record<string, string>>('local.json');
  const seed = fixed(SigningSeed, vector['signing_seed']!);
  const service = fixed(ServiceId, vector['service_id']!);
  const key = memberLocalKey(seed, service);
  expect(toHex(key)).toBe(vector['local_key']);
  expect(toHex(memberLocalName(seed, service))).toBe(vector['local_name']);
  const random = new ReplayRandom(bytes(vector['random']!));
  const sealed = sealLocal(key, vector['purpose']!, bytes(vector['plaintext']!), random);
  expect(toHex(sealed)).toBe(vector['sealed']);
  const opened = openLocal(key, vector['purpose']!, sealed);
  expect(opened.ok && toHex(opened.value)).toBe(vector['plaintext']);
  expect(openLocal(key, 'heads', sealed)).toEqual({ ok: false, error: vector['other_purpose_answer'] });
});

const fileOf = (size: number): Uint8Array => Uint8Array.from({ length: size }, (_, i) => (7 * i + (i >> 8)) & 255);

test('files are cut and sealed as in C++, and open whole or not at all', () => {
  const vectors = readVectors<{
    file_key: string;
    case_share: string;
    upload_id: string;
    files: { data_bytes: number; chunk_hashes: string[] }[];
    whole: { data_bytes: number; chunk: string };
  }>('stream.json');
  const key = fixed(FileKey, vectors.file_key);
  const share = fixed(CaseShare, vectors.case_share);
  const upload = fixed(UploadId, vectors.upload_id);
  const sealAll = (size: number): Uint8Array[] => {
    const file = fileOf(size);
    const sealer = new StreamSealer(key, share, upload, size);
    const chunks: Uint8Array[] = [];
    for (let at = 0; !sealer.finished; ) {
      const wanted = sealer.wanted();
      chunks.push(sealer.next(file.subarray(at, at + wanted)));
      at += wanted;
    }
    return chunks;
  };
  for (const { data_bytes, chunk_hashes } of vectors.files) {
    const chunks = sealAll(data_bytes);
    expect(chunks.map((chunk) => toHex(sha256(chunk)))).toEqual(chunk_hashes);
    const opener = new StreamOpener(key, share, upload, chunks.length);
    const opened: Uint8Array[] = [];
    for (const chunk of chunks) {
      const piece = opener.next(chunk);
      if (!piece.ok) throw new Error(piece.error);
      opened.push(piece.value.slice());
    }
    expect(opener.finished).toBe(true);
    expect(opener.dataBytes).toBe(data_bytes);
    expect(equal(concat(...opened), fileOf(data_bytes))).toBe(true);
  }
  const [whole] = sealAll(vectors.whole.data_bytes);
  expect(toHex(whole!)).toBe(vectors.whole.chunk);

  const [first, second] = sealAll(20_000);
  const swapped = new StreamOpener(key, share, upload, 2);
  expect(swapped.next(second!)).toEqual({ ok: false, error: 'wrong key or altered' });
  expect(swapped.next(first!)).toEqual({ ok: false, error: 'wrong key or altered' }); // and stays so
  expect(new StreamOpener(key, share, upload, 3).next(first!)).toEqual({ ok: false, error: 'malformed' });
  expect(new StreamOpener(key, share, upload, 2).next(first!.subarray(1))).toEqual({ ok: false, error: 'malformed' });
});

test('HPKE messages are those of C++', () => {
  const vectors = readVectors<{
    seed: string;
    public_key: string;
    key_hash: string;
    messages: { info: string; aad: string; plaintext: string; random: string; enc: string; ciphertext: string }[];
  }>('hpke.json');
  const seed = fixed(XWingSeed, vectors.seed);
  const publicKey = xwingPublicKey(seed);
  expect(toHex(publicKey)).toBe(vectors.public_key);
  expect(toHex(xwingKeyHash(publicKey))).toBe(vectors.key_hash);
  for (const { info, aad, plaintext, random, enc, ciphertext } of vectors.messages) {
    const replay = new ReplayRandom(bytes(random));
    const sealed = hpkeSeal(publicKey, bytes(info), bytes(aad), bytes(plaintext), replay);
    if (!sealed.ok) throw new Error(sealed.error);
    expect(replay.exhausted).toBe(true);
    expect(toHex(sealed.value.enc)).toBe(enc);
    expect(toHex(sealed.value.ciphertext)).toBe(ciphertext);
    const open = (what: { enc?: Uint8Array; info?: Uint8Array; text?: Uint8Array }) =>
      hpkeOpen(
        seed,
        (what.enc ?? bytes(enc)) as XWingCiphertext,
        what.info ?? bytes(info),
        bytes(aad),
        what.text ?? bytes(ciphertext),
      );
    const opened = open({});
    expect(opened.ok && toHex(opened.value)).toBe(plaintext);
    const refused = { ok: false, error: 'wrong key or altered' };
    expect(open({ info: bytes(`${info}00`) })).toEqual(refused);
    expect(open({ enc: withFlippedBit(bytes(enc), 5) })).toEqual(refused);
    expect(open({ enc: withFlippedBit(bytes(enc), 1100) })).toEqual(refused);
    expect(open({ text: withFlippedBit(bytes(ciphertext), 0) })).toEqual(refused);
    expect(open({ text: new Uint8Array(15) })).toEqual({ ok: false, error: 'malformed' });
  }
});

test('a public key that is none is refused', () => {
  const random = new ReplayRandom(new Uint8Array(64).fill(1));
  const allOnes = new Uint8Array(XWingPublicKey.size).fill(255) as XWingPublicKey;
  expect(hpkeSeal(allOnes, bytes(''), bytes(''), bytes('00'), random)).toEqual({ ok: false, error: 'bad public key' });
  const good = xwingPublicKey(XWingSeed.zeros());
  good.fill(0, 1184); // an X25519 key of small order
  const again = new ReplayRandom(new Uint8Array(64).fill(1));
  expect(hpkeSeal(good, bytes(''), bytes(''), bytes('00'), again)).toEqual({ ok: false, error: 'bad public key' });
});
