// What every sealed entry is made of: for the files that seal, and for them alone.

import { kTagEntrySignature, type EntryKind } from '../generated/rules.ts';
import { concat, u32Bytes } from './crypto/bytes.ts';
import { Digest } from './crypto/hash.ts';
import { hpkeSeal } from './crypto/hpke.ts';
import type { Random } from './crypto/random.ts';
import { wipe } from './crypto/secret.ts';
import type { Signature } from './crypto/signature.ts';
import type { XWingPublicKey } from './crypto/xwing.ts';
import type { Identity } from './identity.ts';
import type { KeyRing } from './key_ring.ts';
import type { Chain } from './protocol/chain.ts';
import { encodeHeader, entryHash, payloadHash, type Fields, type GrantMember, type Header } from './protocol/entry.ts';
import { Salt, type Day } from './protocol/ids.ts';
import { grantInfo, type Wrap } from './protocol/wraps.ts';

// An entry ready to be sent, and sent again: these very bytes.
export interface SealedEntry {
  readonly header: Header;
  readonly headerBytes: Uint8Array;
  readonly signature: Signature;
  readonly payload: Uint8Array;
}

// Where the next entries go. The chain is advanced by each one sealed.
export interface Place {
  readonly chain: Chain;
  readonly day: Day;
  readonly directoryHash: Digest;
}

// The next entry at this place, signed; the place is advanced. Its day is never before the head's. `makePayload` is
// given the header but for what it says about the payload.
export async function sealEntry(
  author: Identity,
  place: Place,
  kind: EntryKind,
  fields: Fields,
  random: Random,
  makePayload: (header: Header) => Uint8Array = () => new Uint8Array(0),
): Promise<SealedEntry> {
  const { chain } = place;
  const salt = Salt.random(random);
  const started: Header = {
    serviceId: chain.service,
    handle: chain.handle,
    author: author.signingKey.publicKey,
    seq: chain.nextSeq,
    prevHash: chain.headHash,
    day: Math.max(place.day, chain.headDay),
    directoryHash: place.directoryHash,
    salt,
    kind,
    fields,
    payloadHash: Digest.zeros(),
    payloadSize: 0,
  };
  const payload = makePayload(started);
  const header = { ...started, payloadHash: payloadHash(salt, payload), payloadSize: payload.length };
  const headerBytes = encodeHeader(header);
  const signature = await author.signingKey.sign(kTagEntrySignature, headerBytes);
  if (!chain.extend(header, entryHash(headerBytes, signature)).ok) throw new Error('an entry sealed for another place');
  return { header, headerBytes, signature, payload };
}

// One reader's HPKE message (protocol/wraps.ts): the keys that `member` lists, sealed to `to`. All of them must be in
// the ring.
export function sealWrap(
  author: Identity,
  { chain }: Place,
  to: XWingPublicKey,
  member: GrantMember,
  ring: KeyRing,
  random: Random,
): Wrap {
  const info = grantInfo(chain.service, chain.handle, author.signingKey.publicKey, member);
  const plaintext = wrappedPlaintext(member, ring);
  const sealed = hpkeSeal(to, info, new Uint8Array(0), plaintext, random);
  wipe(plaintext);
  if (!sealed.ok) throw new Error('a directory key that is no X-Wing key');
  return sealed.value;
}

// compartment(4) ‖ epoch(4) ‖ key(32), for each of the member's keys.
function wrappedPlaintext({ keys }: GrantMember, ring: KeyRing): Uint8Array {
  return concat(
    ...keys.flatMap(({ compartment, epoch }) => {
      const key = ring.get(compartment, epoch);
      if (key === undefined) throw new Error('a grant of a key that is not held');
      return [u32Bytes(compartment), u32Bytes(epoch), key];
    }),
  );
}
