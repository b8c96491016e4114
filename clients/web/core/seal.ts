// Makes entries: what a client sends is sealed, hashed and signed here, and nowhere else.

import { Compartment, EntryKind, Milestone } from '../generated/rules.ts';
import { caseShareCommitment, type CaseShare } from './crypto/case_share.ts';
import { commit, type CompartmentKey } from './crypto/commitment.ts';
import { sealEvent as sealPlaintext } from './crypto/event_seal.ts';
import type { Random } from './crypto/random.ts';
import { wipe } from './crypto/secret.ts';
import { encodeEvent, type Event } from './event.ts';
import type { Identity, Reporter } from './identity.ts';
import type { KeyRing } from './key_ring.ts';
import type { Certificate } from './protocol/certificate.ts';
import type { CompartmentEpoch, Fields, GrantMember } from './protocol/entry.ts';
import { MemberId, type Day } from './protocol/ids.ts';
import { kOwnersCompartments } from './protocol/kinds.ts';
import { encodeWraps, type Wrap } from './protocol/wraps.ts';
import { sealEntry, sealWrap, type Place, type SealedEntry } from './seal_parts.ts';
import { atOnce, type Work } from './turns.ts';

export type { Place, SealedEntry } from './seal_parts.ts';

// Where and how an event is sealed.
export interface EventTarget {
  readonly compartment: Compartment;
  readonly epoch: number;
  readonly milestone?: Milestone;
  readonly urgent?: boolean;
  readonly dispute?: number; // by the owner: the seq of the milestone disputed
}

// One member of a grant: to whose key, and what. Keys must be in the ring.
export interface Grantee {
  readonly certificate: Certificate;
  readonly keys: readonly CompartmentEpoch[];
  readonly holder: boolean;
  readonly lastDay?: Day; // without it: until revoked
}

export const memberOf = ({ certificate, keys, holder, lastDay = 0 }: Grantee): GrantMember => ({
  memberId: certificate.content.memberId,
  xwingKeyHash: certificate.keyHash,
  keys,
  holder,
  lastDay,
});

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
    starts: kOwnersCompartments.map((compartment) => ({ compartment, epoch: 1, commitment: commit(ring.get(compartment, 1)!) })),
    unclocked,
    admission: new Uint8Array(0),
  };
  return sealEntry(reporter, place, EntryKind.open, fields, random);
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
  const { compartment, epoch, milestone = Milestone.none, urgent = false, dispute = 0 } = target;
  const attached = event.kind === 'attachment' ? event.files : [];
  const files = attached.map(({ uploadId, chunks }) => ({ uploadId, chunks }));
  const fields: Fields = { kind: 'event', compartment, epoch, milestone, urgent, files, dispute };
  return sealEntry(author, place, EntryKind.event, fields, random, ({ serviceId, handle, author: by, seq }) => {
    const plaintext = encodeEvent(event);
    const context = { serviceId, handle, author: by, compartment, epoch, seq };
    const payload = sealPlaintext(key, share, context, plaintext, random);
    wipe(plaintext);
    return payload;
  });
}

// With `standsInFor`, a dormant grant to one member who waits for another. One piece of `work` for each member.
export async function sealGrant(
  author: Identity,
  place: Place,
  grantees: readonly Grantee[],
  standsInFor: MemberId | undefined,
  ring: KeyRing,
  random: Random,
  work: Work = atOnce,
): Promise<SealedEntry> {
  const members = grantees.map(memberOf);
  const wraps: Wrap[] = [];
  for (const [i, { certificate }] of grantees.entries())
    wraps.push(await work(() => sealWrap(author, place, certificate.content.xwingKey, members[i]!, ring, random)));
  const dormant = standsInFor !== undefined;
  const waitsFor = { dormant, standsInFor: standsInFor ?? MemberId.zeros() };
  const fields: Fields = { kind: 'grant', members, starts: [], ...waitsFor, ownerKeys: [] };
  return work(() => sealEntry(author, place, EntryKind.grant, fields, random, () => encodeWraps(wraps)));
}
