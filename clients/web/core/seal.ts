// Makes entries: what a client sends is sealed, hashed and signed here, and nowhere else.

import { Compartment, EntryKind, kTagEntrySignature, Milestone } from '../generated/rules.ts';
import { concat, u32Bytes } from './crypto/bytes.ts';
import { caseShareCommitment, type CaseShare } from './crypto/case_share.ts';
import { commit, type CompartmentKey } from './crypto/commitment.ts';
import { sealEvent as sealPlaintext } from './crypto/event_seal.ts';
import { Digest } from './crypto/hash.ts';
import { hpkeSeal } from './crypto/hpke.ts';
import type { Random } from './crypto/random.ts';
import { wipe } from './crypto/secret.ts';
import type { Signature } from './crypto/signature.ts';
import { encodeEvent, type Event } from './event.ts';
import type { Identity, Reporter } from './identity.ts';
import type { KeyRing } from './key_ring.ts';
import { kOwned } from './protocol/access.ts';
import type { Certificate } from './protocol/certificate.ts';
import type { Chain } from './protocol/chain.ts';
import {
  encodeHeader,
  entryHash,
  payloadHash,
  type CompartmentEpoch,
  type Fields,
  type Header,
} from './protocol/entry.ts';
import { MemberId, Salt, type Day } from './protocol/ids.ts';
import { encodeWraps, grantInfo, type Wrap } from './protocol/wraps.ts';

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

// Where and how an event is sealed.
export interface EventTarget {
  readonly compartment: Compartment;
  readonly epoch: number;
  readonly milestone?: Milestone;
  readonly urgent?: boolean;
}

// One member of a grant: to whose key, and what. Keys must be in the ring.
export interface Grantee {
  readonly certificate: Certificate;
  readonly keys: readonly CompartmentEpoch[];
  readonly holder: boolean;
}

async function sealEntry(
  author: Identity,
  place: Place,
  kind: EntryKind,
  fields: Fields,
  random: Random,
  makePayload: (header: Header) => Uint8Array,
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

// The first entry: starts epoch 1 of every compartment that an owner has; the ring holds their keys. `unclocked`:
// nobody waits for an answer.
export function sealOpen(
  reporter: Reporter,
  place: Place,
  ring: KeyRing,
  share: CaseShare,
  unclocked: boolean,
  random: Random,
): Promise<SealedEntry> {
  const fields: Fields = {
    kind: 'open',
    ownerXwingKey: reporter.xwingKey(),
    caseShareCommitment: caseShareCommitment(share),
    starts: kOwned.map((compartment) => ({ compartment, epoch: 1, commitment: commit(ring.get(compartment, 1)!) })),
    unclocked,
    admission: new Uint8Array(0),
  };
  return sealEntry(reporter, place, EntryKind.open, fields, random, () => new Uint8Array(0));
}

export function sealEvent(
  author: Identity,
  place: Place,
  target: EventTarget,
  event: Event,
  key: CompartmentKey,
  share: CaseShare,
  random: Random,
): Promise<SealedEntry> {
  const { compartment, epoch, milestone = Milestone.none, urgent = false } = target;
  const attached = event.kind === 'attachment' ? event.files : [];
  const files = attached.map(({ uploadId, chunks }) => ({ uploadId, chunks }));
  const fields: Fields = { kind: 'event', compartment, epoch, milestone, urgent, files };
  return sealEntry(author, place, EntryKind.event, fields, random, ({ serviceId, handle, author: by, seq }) => {
    const plaintext = encodeEvent(event);
    const context = { serviceId, handle, author: by, compartment, epoch, seq };
    const payload = sealPlaintext(key, share, context, plaintext, random);
    wipe(plaintext);
    return payload;
  });
}

// With `standsInFor`, a dormant grant to one member who waits for another.
export async function sealGrant(
  author: Identity,
  place: Place,
  grantees: readonly Grantee[],
  standsInFor: MemberId | undefined,
  ring: KeyRing,
  random: Random,
  pause: () => Promise<void> = async () => {},
): Promise<SealedEntry> {
  const { service, handle } = place.chain;
  const members = grantees.map(({ certificate, keys, holder }) => ({
    memberId: certificate.content.memberId,
    xwingKeyHash: certificate.keyHash,
    keys,
    holder,
    lastDay: 0,
  }));
  const wraps: Wrap[] = [];
  for (const [i, { certificate, keys }] of grantees.entries()) {
    await pause();
    const info = grantInfo(service, handle, author.signingKey.publicKey, members[i]!);
    const plaintext = wrappedPlaintext(keys, ring);
    const sealed = hpkeSeal(certificate.content.xwingKey, info, new Uint8Array(0), plaintext, random);
    wipe(plaintext);
    if (!sealed.ok) throw new Error('a directory key that is no X-Wing key');
    wraps.push(sealed.value);
  }
  const dormant = standsInFor !== undefined;
  const fields: Fields = { kind: 'grant', members, starts: [], dormant, standsInFor: standsInFor ?? MemberId.zeros() };
  return sealEntry(author, place, EntryKind.grant, fields, random, () => encodeWraps(wraps));
}

// compartment(4) ‖ epoch(4) ‖ key(32), for each key.
function wrappedPlaintext(keys: readonly CompartmentEpoch[], ring: KeyRing): Uint8Array {
  return concat(
    ...keys.flatMap(({ compartment, epoch }) => [u32Bytes(compartment), u32Bytes(epoch), ring.get(compartment, epoch)!]),
  );
}
