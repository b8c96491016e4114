// Who carries on when epochs begin: what protocol/access/epochs.ts demands of whoever starts one.

import { Compartment } from '../../generated/rules.ts';
import { compare, toHex } from '../crypto/bytes.ts';
import { carriers } from '../protocol/access/epochs.ts';
import { endOf, heldNewest } from '../protocol/access/revoke.ts';
import { holds, isExpired, type Access, type LiveGrant } from '../protocol/access.ts';
import { isGone, type Directory } from '../protocol/directory.ts';
import type { CompartmentEpoch } from '../protocol/entry.ts';
import type { Certificate } from '../protocol/certificate.ts';
import type { Day, MemberId } from '../protocol/ids.ts';
import { kOwnersCompartments } from '../protocol/kinds.ts';
import type { Grantee } from '../seal.ts';

export interface Reader {
  readonly memberId: MemberId;
  readonly keys: readonly CompartmentEpoch[]; // ascending
}
export interface NextEpochs {
  readonly starts: readonly CompartmentEpoch[]; // ascending by compartment
  // What each carries on in, ascending by id. Dormant grants carry on, too; whoever has left does not.
  readonly readers: readonly Reader[];
}

export const idsOf = (next: NextEpochs): MemberId[] => next.readers.map(({ memberId }) => memberId);
export const granteesOf = (next: NextEpochs, certificates: readonly Certificate[]): Grantee[] =>
  next.readers.map(({ keys }, i) => ({ certificate: certificates[i]!, keys, holder: false }));

// The next epoch of some of the owner's compartments, for all who hold what it follows.
export function nextEpochs(
  access: Access,
  directory: Directory,
  compartments: readonly Compartment[],
  today: Day,
  stays: (grant: LiveGrant) => boolean = () => true,
): NextEpochs {
  const starts = [...new Set(compartments)]
    .sort((a, b) => a - b)
    .map((compartment) => ({ compartment, epoch: access.newestEpoch(compartment)!.number + 1 }));
  const staying = access.grants.filter(
    (grant) => stays(grant) && !isExpired(grant, today) && isHere(directory, grant.memberId, today),
  );
  const readers = [...carriers(starts, staying).values()].sort((a, b) => compare(a.memberId, b.memberId));
  return { starts, readers };
}

// The next epoch of all that these members held, and those who stand in for them, for the rest.
export function epochsAfterRevoking(
  access: Access,
  directory: Directory,
  revoked: readonly MemberId[],
  today: Day,
): NextEpochs {
  const ending = access.grants.filter((grant) => endOf(grant, revoked) !== undefined);
  const held = heldNewest(access, ending).filter((compartment) => compartment !== Compartment.notes);
  return nextEpochs(access, directory, held, today, (grant) => !ending.includes(grant));
}

// Whether the compartment's newest key is in the hands of somebody who is not in any more: released, past their last
// day, or gone. What is written there they could still open, if the gateway gave it to them.
export function isExposed(access: Access, directory: Directory, compartment: Compartment, today: Day): boolean {
  const epoch = access.newestEpoch(compartment)!.number;
  const isOut = (grant: LiveGrant): boolean => isExpired(grant, today) || !isHere(directory, grant.memberId, today);
  const holding = access.grants.filter((grant) => holds(grant, compartment, epoch));
  const ended = access.endedGrants.map(({ grant }) => grant).filter((grant) => holds(grant, compartment, epoch));
  const inside = new Set(holding.filter((grant) => !isOut(grant)).map((grant) => toHex(grant.memberId)));
  return [...ended, ...holding.filter(isOut)].some((grant) => !inside.has(toHex(grant.memberId)));
}

// Those of the owner's compartments.
export function exposed(access: Access, directory: Directory, today: Day): Compartment[] {
  return kOwnersCompartments.filter((compartment) => isExposed(access, directory, compartment, today));
}

function isHere(directory: Directory, id: MemberId, today: Day): boolean {
  const person = directory.person(id);
  return person !== undefined && !isGone(person, today);
}
