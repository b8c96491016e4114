// Text kept on the person's own device, only when they ask for it, encrypted.
//
//   sealed = an envelope (envelope.ts); associated data = fields (tag local_data, purpose)

import { kTagLocalData, kTagMemberOutbox, kTagMemberOutboxName } from '../../generated/rules.ts';
import type { Expected } from '../expected.ts';
import type { ServiceId } from '../protocol/ids.ts';
import { fixedBytes, type FixedBytes } from './bytes.ts';
import { openEnvelope, sealEnvelope } from './envelope.ts';
import { FieldList } from './hash.ts';
import { hkdf } from './hkdf.ts';
import type { OpenError } from './open_error.ts';
import type { Random } from './random.ts';
import type { SigningSeed } from './signing.ts';

// Secret.
export type LocalKey = FixedBytes<'LocalKey'>;
export const LocalKey = fixedBytes<'LocalKey'>(32);

// A file's public name: it tells nothing about the case or the person to whoever has not the key.
export type LocalName = FixedBytes<'LocalName'>;
export const LocalName = fixedBytes<'LocalName'>(16);

// A member's, grown from their signing seed: HKDF(salt = service id, ikm = seed) → tags member_outbox and
// member_outbox_name. A reporter's are in case_keys.ts.
export function memberLocalKey(seed: SigningSeed, serviceId: ServiceId): LocalKey {
  return hkdf(LocalKey, serviceId, seed, kTagMemberOutbox);
}
export function memberLocalName(seed: SigningSeed, serviceId: ServiceId): LocalName {
  return hkdf(LocalName, serviceId, seed, kTagMemberOutboxName);
}

const localData = (purpose: string): Uint8Array => new FieldList().append(kTagLocalData).append(purpose).bytes();

// `purpose` says what the text is ("outbox", "draft"), so that one is not taken for another.
export function sealLocal(key: LocalKey, purpose: string, plaintext: Uint8Array, random: Random): Uint8Array {
  return sealEnvelope(key, localData(purpose), plaintext, random);
}
export function openLocal(key: LocalKey, purpose: string, sealed: Uint8Array): Expected<Uint8Array, OpenError> {
  return openEnvelope(key, localData(purpose), sealed);
}
