// Epochs that the owner starts. Whoever holds a compartment may start its next epoch, and can seal the owner another
// key than the one that the others got: the gateway can't tell, and the owner's client refuses it. So that nobody shuts
// the reporter out of their own case, the owner starts the next one with the first word that needs it (protocol §3).
//
// What bounds it: one entry in the append of that word, however many compartments were shut; none while the owner holds
// the newest keys; and what members start is counted by the gateway each day, which the owner's entries are not.

import type { Compartment } from '../../generated/rules.ts';
import { done } from '../expected.ts';
import type { Result } from '../errors.ts';
import type { CompartmentEpoch } from '../protocol/entry.ts';
import { sealEpoch, ownersKeys } from './seal_lead.ts';
import type { Grantee } from '../seal.ts';
import type { Addition } from './addition.ts';
import { granteesOf, idsOf, nextEpochs } from './next_epochs.ts';

// The next epoch of these, for all who carry on, and for whoever comes with it. Nothing when that is nobody: there must
// be somebody to seal it to.
export async function startOwners(
  addition: Addition,
  compartments: readonly Compartment[],
  newcomers: (keys: readonly CompartmentEpoch[]) => readonly Grantee[] = () => [],
): Promise<Result<void>> {
  const { access, author, directory, day, place, random, work } = addition;
  const next = nextEpochs(access, directory, compartments, day);
  const carried = await addition.certificates(idsOf(next), true);
  if (!carried.ok) return carried;
  const grantees = [...granteesOf(next, carried.value), ...newcomers(next.starts)];
  if (grantees.length === 0) return done;
  const started = ownersKeys(author, place, next.starts);
  return addition.take(await sealEpoch(author, place, started, grantees, undefined, random, work), started);
}

// Before the owner writes in these, or shares them: all that they are shut out of begins anew.
export async function startShutOut(addition: Addition, needed: readonly Compartment[]): Promise<Result<void>> {
  const { shutOut } = addition;
  return needed.some((compartment) => shutOut.includes(compartment)) ? startOwners(addition, shutOut) : done;
}
