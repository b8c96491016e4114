// Gathers a keyholder's compartment keys from the entries that give them. Every key is held against the commitment of
// its epoch before it opens anything (protocol §3).

import type { Compartment } from '../generated/rules.ts';
import { equal, exactly, readU32 } from './crypto/bytes.ts';
import { CompartmentKey, matches } from './crypto/commitment.ts';
import { hpkeOpen } from './crypto/hpke.ts';
import { wipe } from './crypto/secret.ts';
import type { Identity } from './identity.ts';
import type { Access } from './protocol/access.ts';
import type { CompartmentEpoch, Grant, GrantMember, Header } from './protocol/entry.ts';
import { grantInfo, kWrappedKeyBytes, parseWraps, type Wrap } from './protocol/wraps.ts';

// Keys by compartment and epoch.
export class KeyRing {
  private readonly keys = new Map<string, CompartmentKey>();

  get(compartment: Compartment, epoch: number): CompartmentKey | undefined {
    return this.keys.get(`${compartment}/${epoch}`);
  }
  set(compartment: Compartment, epoch: number, key: CompartmentKey): void {
    this.keys.set(`${compartment}/${epoch}`, key);
  }
  get size(): number {
    return this.keys.size;
  }
  wipe(): void {
    wipe(...this.keys.values());
    this.keys.clear();
  }
}

export type UnwrapProblem =
  | 'strangers key' // names this member, but was sealed to a key that is not theirs
  | 'other key' // opens to a key the epoch did not commit to; not taken
  | 'altered'; // does not open, or is not shaped as a grant's payload must be

// Adds the keys that the owner derives for every epoch known so far. A member derives none.
export function deriveKeys(ring: KeyRing, access: Access, self: Identity): void {
  if (self.memberId !== undefined || !access.opened) return;
  for (const { compartment, epoch } of access.opening.starts) {
    const started = access.epoch(compartment, epoch);
    const key = started && self.derive(compartment, epoch, started.startedAfter);
    if (started && key && matches(started.commitment, key)) ring.set(compartment, epoch, key);
  }
}

// Adds what one grant's payload holds for this keyholder; nothing when it names somebody else.
export function unwrapGrant(
  ring: KeyRing,
  access: Access,
  header: Header,
  grant: Grant,
  payload: Uint8Array,
  self: Identity,
): UnwrapProblem[] {
  const me = self.memberId;
  if (me === undefined) return [];
  const wraps = parseWraps(grant, payload);
  if (wraps === undefined) return ['altered'];
  return grant.members.flatMap((member, i) => {
    const problem = equal(member.memberId, me) ? unwrap(ring, access, header, member, wraps[i]!, self) : undefined;
    return problem ?? [];
  });
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
    if (said && started !== undefined && matches(started.commitment, key)) ring.set(compartment, epoch, key);
    else allMatch = false;
  }
  return allMatch;
}
