// Letting people in: the owner, who may move the holder's mark and start epochs along with it.

import { kMembersPerCaseMax } from '../../../generated/rules.ts';
import { equal, toHex } from '../../crypto/bytes.ts';
import { bad, done, good } from '../../expected.ts';
import type { Access } from '../access.ts';
import { isGone } from '../directory.ts';
import { holds, isExpired, type LiveGrant } from '../grants.ts';
import { kOwnersCompartments, type Grant, type GrantMember } from '../kinds.ts';
import type { Admitted, Asked, Checked } from './asked.ts';
import { endLapsedDelegations } from './delegate.ts';
import { carriers, checkCarried, checkStarts, holdKeys, standing, start } from './epochs.ts';

// Whether the one grant leaves nothing for the other to give. Somebody whose keys are new since may be given again what
// only the ones before opened.
export const covers = (stands: LiveGrant, grant: Pick<Grant, 'dormant' | 'standsInFor'>, asked: GrantMember): boolean =>
  equal(stands.memberId, asked.memberId) &&
  stands.dormant === grant.dormant &&
  (!grant.dormant || equal(stands.standsInFor, grant.standsInFor)) &&
  equal(stands.givenKeyHash, asked.xwingKeyHash) &&
  (stands.holder || !asked.holder) &&
  (stands.lastDay === 0 || (asked.lastDay !== 0 && stands.lastDay >= asked.lastDay)) &&
  asked.keys.every(({ compartment, epoch }) => holds(stands, compartment, epoch));

export function admitOwnersGrant(access: Access, ask: Asked, grant: Grant): Admitted {
  if (grant.ownerKeys.length > 0) return bad('owner keys');
  if (grant.dormant && grant.starts.length > 0) return bad('dormant');
  const follow = checkStarts(access, grant.starts);
  if (!follow.ok) return follow;
  // Whoever carries on in what starts is listed for that alone; all others are let in.
  const carrying = carriers(grant.starts, standing(access, ask.header.day));
  const carriesOn = ({ memberId }: GrantMember): boolean => carrying.has(toHex(memberId));
  const carried = grant.members.filter(carriesOn);
  const newcomers = grant.members.filter((member) => !carriesOn(member));
  const checked = checkCarried(ask, carried, carrying);
  if (!checked.ok) return checked;
  const welcome = checkNewcomers(access, ask, grant, newcomers);
  if (!welcome.ok) return welcome;
  return good(letIn(start(access, ask, grant.starts, carried), ask, grant, newcomers));
}

// Each of them, then all together.
function checkNewcomers(access: Access, ask: Asked, grant: Grant, newcomers: readonly GrantMember[]): Checked {
  for (const member of newcomers) {
    const checked = checkGrantee(access, ask, grant, member);
    if (!checked.ok) return checked;
  }
  return checkTogether(access, ask, newcomers);
}

// One holder at most; and no more in the case than can be revoked from, and everybody else re-keyed, in one entry.
export function checkTogether(access: Access, ask: Asked, newcomers: readonly GrantMember[]): Checked {
  if (newcomers.filter((member) => member.holder).length > 1) return bad('holder');
  const inside = new Set(standing(access, ask.header.day).map((grant) => toHex(grant.memberId)));
  for (const { memberId } of newcomers) inside.add(toHex(memberId));
  return inside.size > kMembersPerCaseMax ? bad('crowded') : done;
}

export function checkGrantee(access: Access, ask: Asked, grant: Grant, member: GrantMember): Checked {
  const { day, directoryHash } = ask.header;
  // Under a later directory than its own an entry stays what it was: whoever has left since is served nothing, and the
  // epochs that began with it must not come undone.
  const person = ask.directory.person(member.memberId);
  const madeNow = equal(directoryHash, ask.directory.hash);
  if (person === undefined || (madeNow && isGone(person, day))) return bad('grantee');
  if (member.lastDay !== 0 && member.lastDay < day) return bad('grantee');
  for (const { compartment, epoch } of member.keys) {
    // `notes` are the holder's to give: the owner has no key to them.
    const startsHere = grant.starts.some((begun) => begun.compartment === compartment && begun.epoch === epoch);
    const exists = startsHere || access.epoch(compartment, epoch) !== undefined;
    if (!kOwnersCompartments.includes(compartment) || !exists) return bad('grant keys');
  }
  if (access.grants.some((stands) => !isExpired(stands, day) && covers(stands, grant, member))) return bad('grantee');
  const waitsForNobody = equal(member.memberId, grant.standsInFor) || !access.isIn(grant.standsInFor, day);
  return grant.dormant && waitsForNobody ? bad('dormant') : done;
}

export function letIn(access: Access, ask: Asked, grant: Grant, newcomers: readonly GrantMember[]): Access {
  if (newcomers.length === 0) return access;
  const { day, seq } = ask.header;
  const markMoves = !grant.dormant && newcomers.some((member) => member.holder);
  const before = access.grants.map((stands) =>
    markMoves && stands.holder && !stands.dormant ? { ...stands, holder: false } : stands,
  );
  const made = newcomers.map(
    ({ memberId, xwingKeyHash, keys, holder, lastDay }): LiveGrant => ({
      memberId,
      xwingKeyHash,
      givenKeyHash: xwingKeyHash,
      keys: holdKeys([], keys, xwingKeyHash),
      holder,
      dormant: grant.dormant,
      standsInFor: grant.standsInFor,
      sinceDay: day,
      lastDay,
      seq,
      wokenDay: 0,
      byDelegate: ask.member?.memberId,
      wrappedAt: [seq],
    }),
  );
  return endLapsedDelegations(access, day).with({ grants: [...before, ...made] });
}
