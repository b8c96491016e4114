// A grant's payload: one HPKE message per member, and what each is bound to (protocol §3).

import { kTagGrantInfo } from '../../generated/rules.ts';
import { WrapsSchema } from '../../generated/omzien/entry_pb.ts';
import { FieldList } from '../crypto/hash.ts';
import type { SigningPublicKey } from '../crypto/signature.ts';
import { XWingCiphertext } from '../crypto/xwing.ts';
import type { Grant, GrantMember } from './entry.ts';
import type { Handle, ServiceId } from './ids.ts';
import { encode, parse } from './strict.ts';

const kWrapTagBytes = 16;
// compartment(4, big-endian) ‖ epoch(4) ‖ key(32)
export const kWrappedKeyBytes = 40;

export interface Wrap {
  readonly enc: XWingCiphertext;
  readonly ciphertext: Uint8Array; // kWrappedKeyBytes a key, and 16 of tag
}

export function encodeWraps(wraps: readonly Wrap[]): Uint8Array {
  return encode(WrapsSchema, { wraps: wraps.map(({ enc, ciphertext }) => ({ enc, ciphertext })) });
}

// The wraps of `grant`, in its members' order. Nothing when they are not one for each member, each of the size its
// keys need.
export function parseWraps(grant: Grant, payload: Uint8Array): Wrap[] | undefined {
  const message = parse(WrapsSchema, payload);
  if (message === undefined || message.wraps.length !== grant.members.length) return undefined;
  const wraps: Wrap[] = [];
  for (const [i, from] of message.wraps.entries()) {
    const enc = XWingCiphertext.from(from.enc);
    const expected = grant.members[i]!.keys.length * kWrappedKeyBytes + kWrapTagBytes;
    if (enc === undefined || from.ciphertext.length !== expected) return undefined;
    wraps.push({ enc, ciphertext: from.ciphertext.slice() });
  }
  return wraps;
}

// HPKE's info for one member's wrap: the field list (tag grant_info, service id, handle, grantor's key, member id, hash
// of the member's X-Wing key, then compartment u32 and epoch u32 of each key).
export function grantInfo(
  service: ServiceId,
  handle: Handle,
  grantor: SigningPublicKey,
  member: GrantMember,
): Uint8Array {
  const info = new FieldList()
    .append(kTagGrantInfo)
    .append(service)
    .append(handle)
    .append(grantor)
    .append(member.memberId)
    .append(member.xwingKeyHash);
  for (const { compartment, epoch } of member.keys) info.appendU32(compartment).appendU32(epoch);
  return info.bytes();
}
