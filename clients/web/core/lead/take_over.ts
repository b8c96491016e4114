// Taking over a case from somebody who let a legal term pass (protocol §3): by whoever the reporter asked to stand in
// for them. Before it they read nothing of the case, and know only where its log ends; after it they read what their
// dormant grant holds.

import { ReleaseCause } from '../../generated/rules.ts';
import type { Connection } from '../connection.ts';
import { equal } from '../crypto/bytes.ts';
import type { Random } from '../crypto/random.ts';
import type { Result } from '../errors.ts';
import { good } from '../expected.ts';
import { fetchInbox } from '../fetch.ts';
import type { Member } from '../identity.ts';
import { Chain } from '../protocol/chain.ts';
import type { Directory } from '../protocol/directory.ts';
import type { Day, Handle } from '../protocol/ids.ts';
import type { Accepted, InboxItem } from '../protocol/operations.ts';
import type { SealedEntry } from '../seal.ts';
import { freezeEntries } from '../submission.ts';
import { handInAsItStands } from './act.ts';
import { forbidden } from './addition.ts';
import { sealRelease } from './seal_lead.ts';

// The Release, at the end of a log whose head is all that is known. `item`: a dormant one.
export function sealTakeOver(
  self: Member,
  item: InboxItem,
  directory: Directory,
  today: Day,
  random: Random,
): Promise<SealedEntry> {
  const { handle, headSeq, headHash, headDay } = item;
  const chain = Chain.resume(directory.service, handle, headSeq, headHash, headDay);
  const place = { chain, day: today, directoryHash: directory.hash };
  const release = { kind: 'release', memberId: item.standsInFor!, cause: ReleaseCause.deadline } as const;
  return sealRelease(self, place, release, random);
}

// 'refused': they stand in for nobody here, no term was missed, or somebody else was first.
export async function takeOver(
  connection: Connection,
  self: Member,
  handle: Handle,
  random: Random,
): Promise<Result<Accepted>> {
  const accepted = await handInAsItStands({ connection, self, random }, handle, async () => {
    const inbox = await fetchInbox(connection, self);
    if (!inbox.ok) return inbox;
    const item = inbox.value.toTakeOver.find((one) => equal(one.handle, handle));
    if (item === undefined) return forbidden('release');
    const sealed = await sealTakeOver(self, item, connection.directory, connection.today, random);
    return good(freezeEntries([sealed], undefined, connection.frameSize, random));
  });
  return accepted.ok ? good(accepted.value!) : accepted;
}
