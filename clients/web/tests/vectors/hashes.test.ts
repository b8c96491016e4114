import { expect, test } from 'vitest';

import { toHex } from '../../core/crypto/bytes.ts';
import { CaseShare, caseShareCommitment, EpochCommitment } from '../../core/crypto/case_share.ts';
import { CaseKeys } from '../../core/crypto/case_keys.ts';
import { commit, CompartmentKey, matches } from '../../core/crypto/commitment.ts';
import { Digest, FieldList, hashFields } from '../../core/crypto/hash.ts';
import { isPaddedSize, pad, paddedSize, padme, unpad } from '../../core/crypto/padding.ts';
import { parsePhrase } from '../../core/crypto/phrase.ts';
import { xwingKeyHash } from '../../core/crypto/xwing.ts';
import { ServiceId } from '../../core/protocol/ids.ts';
import type { Compartment } from '../../generated/rules.ts';
import { bytes, fixed, readVectors, withFlippedBit } from '../support.ts';

test('lists of fields are laid out and hashed as in C++', () => {
  type Field = { bytes?: string; u32?: number; u64?: string };
  const { cases } = readVectors<{ cases: { fields: Field[]; bytes: string; hash: string }[] }>('fields.json');
  for (const { fields, bytes: whole, hash } of cases) {
    const list = new FieldList();
    for (const field of fields) {
      if (field.bytes !== undefined) list.append(bytes(field.bytes));
      if (field.u32 !== undefined) list.appendU32(field.u32);
      if (field.u64 !== undefined) list.appendU64(Number(field.u64));
    }
    expect(toHex(list.bytes())).toBe(whole);
    expect(toHex(hashFields(list))).toBe(hash);
  }
});

test('commitments are those of C++, and another key does not match', () => {
  const vectors = readVectors<{
    epoch_keys: { key: string; commitment: string }[];
    case_shares: { case_share: string; commitment: string }[];
  }>('commitment.json');
  for (const { key, commitment } of vectors.epoch_keys) {
    const epochKey = fixed(CompartmentKey, key);
    expect(toHex(commit(epochKey))).toBe(commitment);
    expect(matches(fixed(EpochCommitment, commitment), epochKey)).toBe(true);
    const other = withFlippedBit(epochKey, 31) as CompartmentKey;
    expect(matches(fixed(EpochCommitment, commitment), other)).toBe(false);
  }
  for (const { case_share, commitment } of vectors.case_shares)
    expect(toHex(caseShareCommitment(fixed(CaseShare, case_share)))).toBe(commitment);
});

test('padding has the sizes of C++, and refuses what C++ refuses', () => {
  const vectors = readVectors<{
    sizes: { data_bytes: number; padded_bytes: number }[];
    padme: { n: number; padme: number }[];
    unpad: { name: string; padded: string; data: string | null }[];
  }>('padding.json');
  for (const { data_bytes, padded_bytes } of vectors.sizes) {
    expect(paddedSize(data_bytes)).toBe(padded_bytes);
    expect(isPaddedSize(padded_bytes)).toBe(true);
    expect(pad(new Uint8Array(data_bytes)).length).toBe(padded_bytes);
  }
  for (const { n, padme: rounded } of vectors.padme) expect(padme(n)).toBe(rounded);
  for (const { name, padded, data } of vectors.unpad) {
    const unpadded = unpad(bytes(padded));
    expect(unpadded && toHex(unpadded), name).toBe(data ?? undefined);
  }
});

test('the keys of a case grow from its phrase as in C++', () => {
  type Key = { compartment: number; epoch: number; prev_hash: string; key: string };
  const { cases } = readVectors<{
    cases: {
      phrase: string;
      service_id: string;
      signing_public_key: string;
      xwing_seed: string;
      xwing_key_hash: string;
      compartment_keys: Key[];
      local_key: string;
      local_name: string;
    }[];
  }>('case-keys.json');
  for (const vector of cases) {
    const phrase = parsePhrase(vector.phrase);
    if (!phrase.ok) throw new Error(vector.phrase);
    const keys = new CaseKeys(phrase.value, fixed(ServiceId, vector.service_id));
    expect(toHex(keys.signingKey.publicKey)).toBe(vector.signing_public_key);
    expect(toHex(keys.xwingSeed)).toBe(vector.xwing_seed);
    expect(toHex(xwingKeyHash(keys.xwingPublicKey()))).toBe(vector.xwing_key_hash);
    expect(toHex(keys.localKey)).toBe(vector.local_key);
    expect(toHex(keys.localName)).toBe(vector.local_name);
    for (const { compartment, epoch, prev_hash, key } of vector.compartment_keys)
      expect(toHex(keys.compartmentKey(compartment as Compartment, epoch, fixed(Digest, prev_hash)))).toBe(key);
    keys.wipe();
    expect(toHex(keys.xwingSeed)).toMatch(/^0+$/);
  }
});
