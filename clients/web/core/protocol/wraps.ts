// The payload of a grant or a revocation: one HPKE message per reader, and what each is bound to (protocol §3).

import { kTagGrantInfo } from '../../generated/rules.ts';
import { WrapsSchema } from '../../generated/wire.ts';
import { FieldList } from '../crypto/hash.ts';
import type { SigningPublicKey } from '../crypto/signature.ts';
import { XWingCiphertext, xwingKeyHash } from '../crypto/xwing.ts';
import { MemberId, type Handle, type ServiceId } from './ids.ts';
import type { CompartmentEpoch, Grant, GrantMember, Open, Revoke } from './kinds.ts';
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

// The wraps of an entry, in its members' order, the owner's last. Nothing when they are not one for each, each of the
// size its keys need.
export function parseWraps(fields: Grant | Revoke, payload: Uint8Array): Wrap[] | undefined {
  const counts = keyCounts(fields);
  const message = parse(WrapsSchema, payload);
  if (message === undefined || message.wraps.length !== counts.length) return undefined;
  const wraps: Wrap[] = [];
  for (const [i, from] of message.wraps.entries()) {
    const enc = XWingCiphertext.from(from.enc);
    const expected = counts[i]! * kWrappedKeyBytes + kWrapTagBytes;
    if (enc === undefined || from.ciphertext.length !== expected) return undefined;
    wraps.push({ enc, ciphertext: from.ciphertext.slice() });
  }
  return wraps;
}

// How many keys each wrap holds.
function keyCounts(fields: Grant | Revoke): number[] {
  if (fields.kind === 'revoke') return fields.remaining.map(({ keys }) => keys.length);
  const counts = fields.members.map(({ keys }) => keys.length);
  return fields.ownerKeys.length === 0 ? counts : [...counts, fields.ownerKeys.length];
}

// The owner as one more member of a grant that seals `keys` to them: their id is zeros.
export function ownerAsMember(open: Open, keys: readonly CompartmentEpoch[]): GrantMember {
  return {
    memberId: MemberId.zeros(),
    xwingKeyHash: xwingKeyHash(open.ownerXwingKey),
    keys,
    holder: false,
    lastDay: 0,
  };
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
