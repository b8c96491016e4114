// Gathers a keyholder's compartment keys from the entries that give them. Every key is held against the commitment of
// its epoch before it opens anything (protocol §3).

import type { Compartment } from '../generated/rules.ts';
import { equal, exactly, readU32 } from './crypto/bytes.ts';
import { CompartmentKey, matches } from './crypto/commitment.ts';
import { hpkeOpen } from './crypto/hpke.ts';
import { wipe } from './crypto/secret.ts';
import type { Identity } from './identity.ts';
import type { Access } from './protocol/access.ts';
import type { CompartmentEpoch, Grant, GrantMember, Header, Revoke } from './protocol/entry.ts';
import type { MemberId } from './protocol/ids.ts';
import { compareKeys } from './protocol/kinds.ts';
import { grantInfo, kWrappedKeyBytes, ownerAsMember, parseWraps, type Wrap } from './protocol/wraps.ts';

// Keys by compartment and epoch.
export class KeyRing {
  private readonly kept = new Map<string, { readonly which: CompartmentEpoch; readonly key: CompartmentKey }>();

  get(compartment: Compartment, epoch: number): CompartmentKey | undefined {
    return this.kept.get(`${compartment}/${epoch}`)?.key;
  }
  set(compartment: Compartment, epoch: number, key: CompartmentKey): void {
    this.kept.set(`${compartment}/${epoch}`, { which: { compartment, epoch }, key });
  }
  get size(): number {
    return this.kept.size;
  }
  // Which keys these are, ascending.
  get which(): CompartmentEpoch[] {
    return [...this.kept.values()].map(({ which }) => which).sort(compareKeys);
  }
  // The keys of another, too: the same bytes, so whoever wipes the one wipes them here.
  share(other: KeyRing): void {
    for (const { which, key } of other.kept.values()) this.set(which.compartment, which.epoch, key);
  }
  wipe(): void {
    for (const { key } of this.kept.values()) wipe(key);
    this.kept.clear();
  }
}

export type UnwrapProblem =
  | 'strangers key' // names this member, but was sealed to a key that is not theirs
  | 'other key' // opens to a key the epoch did not commit to; not taken
  | 'altered'; // does not open, or is not shaped as the payload must be

// Adds the keys that the owner derives, of every epoch they started so far. A member derives none.
export function deriveKeys(ring: KeyRing, access: Access, self: Identity): void {
  if (self.memberId !== undefined) return;
  for (const [compartment, epochs] of access.epochs) {
    for (const { number, commitment, startedAfter, byOwner } of epochs) {
      if (!byOwner || ring.get(compartment, number) !== undefined) continue;
      const key = self.derive(compartment, number, startedAfter);
      if (key !== undefined && matches(commitment, key)) ring.set(compartment, number, key);
    }
  }
}

// Adds what one entry's payload holds for this keyholder: a member who is named, the owner of what a member started.
// Nothing when it names somebody else.
export function unwrapKeys(
  ring: KeyRing,
  access: Access,
  header: Header,
  fields: Grant | Revoke,
  payload: Uint8Array,
  self: Identity,
): UnwrapProblem[] {
  const mine = sealedTo(access, fields, self.memberId);
  if (self.memberId === undefined && mine.length === 0) return [];
  const wraps = parseWraps(fields, payload);
  if (wraps === undefined) return ['altered'];
  return mine.flatMap(({ at, member }) => unwrap(ring, access, header, member, wraps[at]!, self) ?? []);
}

// The readers who are this keyholder, and where their wraps stand.
function sealedTo(
  access: Access,
  fields: Grant | Revoke,
  me: MemberId | undefined,
): readonly { readonly at: number; readonly member: GrantMember }[] {
  const readers = fields.kind === 'grant' ? fields.members : fields.remaining;
  if (me !== undefined)
    return readers.flatMap((member, at) => (equal(member.memberId, me) ? [{ at, member }] : []));
  if (fields.kind === 'revoke' || fields.ownerKeys.length === 0) return [];
  return [{ at: readers.length, member: ownerAsMember(access.opening, fields.ownerKeys) }];
}

function unwrap(
  ring: KeyRing,
  access: Access,
  header: Header,
  member: GrantMember,
  wrap: Wrap,
  self: Identity,
): UnwrapProblem | undefined {
  const seed = self.seedFor(member.xwingKeyHash);
  if (seed === undefined) return 'strangers key';
  const info = grantInfo(header.serviceId, header.handle, header.author, member);
  const plaintext = hpkeOpen(seed, wrap.enc, info, new Uint8Array(0), wrap.ciphertext);
  if (!plaintext.ok) return 'altered';
  const taken = takeKeys(ring, access, member.keys, plaintext.value);
  wipe(plaintext.value);
  return taken ? undefined : 'other key';
}

// The keys as listed in the header, in order: what the plaintext says must be the same list.
function takeKeys(ring: KeyRing, access: Access, keys: readonly CompartmentEpoch[], plaintext: Uint8Array): boolean {
  let allMatch = true;
  for (const [i, { compartment, epoch }] of keys.entries()) {
    const at = i * kWrappedKeyBytes;
    const key = exactly(CompartmentKey, plaintext.subarray(at + 8, at + kWrappedKeyBytes));
    const said = readU32(plaintext, at) === compartment && readU32(plaintext, at + 4) === epoch;
    const started = access.epoch(compartment, epoch);
    const isTheirs = said && started !== undefined && matches(started.commitment, key);
    if (isTheirs && ring.get(compartment, epoch) === undefined) ring.set(compartment, epoch, key);
    else wipe(key); // of no use, or held already
    allMatch &&= isTheirs;
  }
  return allMatch;
}
