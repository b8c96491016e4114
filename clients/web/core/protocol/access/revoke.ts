// Letting people out: their grants end and what they held begins anew, in one entry, so that no moment lies between.

import { Compartment } from '../../../generated/rules.ts';
import { equal } from '../../crypto/bytes.ts';
import { bad, good } from '../../expected.ts';
import type { Access } from '../access.ts';
import { holds, isExpired, type GrantEnd, type LiveGrant } from '../grants.ts';
import type { MemberId } from '../ids.ts';
import type { Revoke } from '../kinds.ts';
import type { Admitted, Asked } from './asked.ts';
import { carriers, checkCarried, checkStarts, start } from './epochs.ts';

// How a grant ends when these members are revoked; nothing: it stays.
export function endOf(grant: LiveGrant, memberIds: readonly MemberId[]): GrantEnd | undefined {
  const names = (member: MemberId): boolean => memberIds.some((id) => equal(id, member));
  if (names(grant.memberId)) return 'revoked';
  return grant.dormant && names(grant.standsInFor) ? 'nothing to wait' : undefined;
}

// Of which the newest key goes out of the case with somebody: ascending, `notes` among them.
export function heldNewest(access: Access, ending: readonly LiveGrant[]): Compartment[] {
  return [...access.epochs]
    .filter(([compartment, epochs]) => ending.some((grant) => holds(grant, compartment, epochs.length)))
    .map(([compartment]) => compartment)
    .sort((a, b) => a - b);
}

export function admitRevoke(access: Access, ask: Asked, revoke: Revoke): Admitted {
  if (!ask.byOwner) return bad('grantor');
  const { memberIds, starts, remaining } = revoke;
  if (!memberIds.every((id) => access.grants.some((grant) => equal(grant.memberId, id)))) return bad('revoke');
  const ending = access.grants.filter((grant) => endOf(grant, memberIds) !== undefined);
  const staying = access.grants.filter((grant) => !ending.includes(grant) && !isExpired(grant, ask.header.day));
  const held = heldNewest(access, ending);
  const mustStart = held.filter((compartment) => compartment !== Compartment.notes);
  const startsWhatItMust =
    starts.length === mustStart.length && starts.every((begun, i) => begun.compartment === mustStart[i]);
  if (!startsWhatItMust) return bad('revoke');
  const follow = checkStarts(access, starts);
  if (!follow.ok) return follow;
  const checked = checkCarried(ask, remaining, carriers(starts, staying));
  if (!checked.ok) return checked;

  const ended = endDelegationsOf(endGrants(access, ask, (grant) => endOf(grant, memberIds)), memberIds);
  const spent = held.includes(Compartment.notes) ? spendNotes(ended) : ended;
  return good(start(spent, ask, starts, remaining));
}

// Those for which `why` has an answer.
export function endGrants(access: Access, ask: Asked, why: (grant: LiveGrant) => GrantEnd | undefined): Access {
  const { day: endedDay, seq: endedSeq } = ask.header;
  const ended = access.grants.flatMap((grant) => {
    const end = why(grant);
    return end === undefined ? [] : [{ grant, why: end, endedDay, endedSeq }];
  });
  const grants = access.grants.filter((grant) => why(grant) === undefined);
  return access.with({ grants, endedGrants: [...access.endedGrants, ...ended] });
}

// Those to them; and nobody lets them in again by one to somebody else.
function endDelegationsOf(access: Access, memberIds: readonly MemberId[]): Access {
  const named = (member: MemberId): boolean => memberIds.some((id) => equal(id, member));
  const delegations = access.delegations
    .filter((stands) => !named(stands.delegateId))
    .map((stands) => ({ ...stands, people: stands.people.filter((id) => !named(id)) }))
    .filter((stands) => stands.people.length > 0);
  return access.with({ delegations });
}

// The next epoch of notes is the holder's to start; until then nobody writes any.
function spendNotes(access: Access): Access {
  const notes = access.epochs.get(Compartment.notes) ?? [];
  const spent = notes.map((epoch, i) => (i === notes.length - 1 ? { ...epoch, spent: true } : epoch));
  return access.with({ epochs: new Map(access.epochs).set(Compartment.notes, spent) });
}
