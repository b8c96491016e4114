// What a member, or the owner, owes a case they are in: that it is sealed to their newest key, and that nobody who left
// can open what is written next (protocol §3). None of it lets anybody in. (The holder's notes are the desk's to renew.)

import type { Compartment } from '../../generated/rules.ts';
import { equal } from '../crypto/bytes.ts';
import { good } from '../expected.ts';
import { fail, type Result } from '../errors.ts';
import type { CompartmentEpoch } from '../protocol/entry.ts';
import type { MemberId } from '../protocol/ids.ts';
import { compareKeys } from '../protocol/kinds.ts';
import type { Addition, Certificates } from './addition.ts';
import { granteesOf, idsOf } from './moves.ts';
import { exposed, nextEpochs } from './next_epochs.ts';
import { ownersKeys, randomKeys, sealEpoch, sealReseal } from './seal_lead.ts';

export interface Renewed {
  readonly ownKey: boolean; // re-sealed to the member's newest key
  readonly epochs: readonly Compartment[]; // that began anew, since somebody who is out held the newest key
}

// Adds what is due by now. By a member both, of what they hold; by the owner the epochs. 'verification': the newest key
// that the gateway shows for this member is none of theirs.
export async function renew(addition: Addition, certificates: Certificates): Promise<Result<Renewed>> {
  const me = addition.author.memberId;
  const resealed = me === undefined ? good(false) : await reseal(addition, me, certificates);
  if (!resealed.ok) return resealed;
  const epochs = await startExposed(addition, certificates);
  return epochs.ok ? good({ ownKey: resealed.value, epochs: epochs.value }) : epochs;
}

// Re-sealed is what is held by grants and opens; a key that is missing was alarmed before.
async function reseal(addition: Addition, me: MemberId, certificates: Certificates): Promise<Result<boolean>> {
  const shown = await certificates([me]);
  if (!shown.ok) return shown;
  const own = shown.value[0]!;
  const { author, place, keys: ring, random, work } = addition;
  if (author.seedFor(own.keyHash) === undefined) {
    const said = 'the newest encryption key that the gateway shows for you is not in this key file';
    return fail('verification', 'key not vouched for', `${said}: use the newest copy of it, or tell the administrator`);
  }
  const live = addition.access.live(me, addition.day);
  const isHeld = (key: CompartmentEpoch): boolean =>
    live.some((grant) => grant.keys.some((held) => compareKeys(held, key) === 0));
  const held = ring.which.filter(isHeld);
  if (held.length === 0 || live.every((grant) => equal(grant.xwingKeyHash, own.keyHash))) return good(false);
  const taken = addition.take(await work(() => sealReseal(author, place, own, held, ring, random)));
  return taken.ok ? good(true) : taken;
}

async function startExposed(addition: Addition, certificates: Certificates): Promise<Result<readonly Compartment[]>> {
  const { access, author, directory, day, place, random, work } = addition;
  const me = author.memberId;
  const due = exposed(access, directory, day).filter((compartment) => {
    const { number } = access.newestEpoch(compartment)!;
    return me === undefined || access.mayRead(me, compartment, number, day);
  });
  const next = nextEpochs(access, directory, due, day);
  if (next.readers.length === 0) return good([]); // then nobody is left to seal it to
  const theirs = await certificates(idsOf(next));
  if (!theirs.ok) return theirs;
  const started = me === undefined ? ownersKeys(author, place, next.starts) : randomKeys(next.starts, random);
  const opening = me === undefined ? undefined : access.opening;
  const grantees = granteesOf(next, theirs.value);
  const taken = addition.take(await sealEpoch(author, place, started, grantees, opening, random, work), started);
  return taken.ok ? good(due) : taken;
}
