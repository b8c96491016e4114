// The twin of tests/clients/core/changed_key_test.cpp.
import { expect, test } from 'vitest';

import { keyChangedDay, keyWasReplaced } from '../core/changed_key.ts';
import { Signature, SigningPublicKey } from '../core/crypto/signature.ts';
import type { Person, SigningKeyEntry } from '../core/protocol/directory.ts';

const kVouched = Signature.zeros();
const entry = (fromDay: number, signedByPrevious?: Signature): SigningKeyEntry => {
  const key = SigningPublicKey.zeros();
  key[0] = fromDay;
  return { key, fromDay, signedByPrevious };
};
const with_keys = (...signingKeys: SigningKeyEntry[]): Person => ({ signingKeys }) as unknown as Person;

test('a key is changed that the one before did not sign, whatever it signed itself', () => {
  expect(keyChangedDay(with_keys(entry(10)))).toBe(0);
  expect(keyChangedDay(with_keys(entry(10), entry(20, kVouched)))).toBe(0);
  expect(keyChangedDay(with_keys(entry(10), entry(20)))).toBe(20);
  expect(keyChangedDay(with_keys(entry(10), entry(20), entry(30, kVouched)))).toBe(20);
  expect(keyChangedDay(with_keys(entry(10), entry(20), entry(30, kVouched), entry(40)))).toBe(40);
});

test('a key is replaced by one that it did not sign, however long the line since, and by leaving it out', () => {
  const before = with_keys(entry(10), entry(20));
  expect(keyWasReplaced(before, before)).toBe(false);
  expect(keyWasReplaced(before, with_keys(entry(10), entry(20), entry(30, kVouched)))).toBe(false);
  expect(keyWasReplaced(before, with_keys(entry(10), entry(20), entry(30), entry(40, kVouched)))).toBe(true);
  expect(keyWasReplaced(before, with_keys(entry(10)))).toBe(true);
});
