// Letting somebody else let people in: by name, compartment and last day, and taken back at any time. It cannot be
// passed on, and it ends when its delegate does.

import { Compartment } from '../../../generated/rules.ts';
import { equal } from '../../crypto/bytes.ts';
import { bad, good } from '../../expected.ts';
import type { Access } from '../access.ts';
import type { Day, MemberId } from '../ids.ts';
import type { Delegate } from '../kinds.ts';
import type { Admitted, Asked } from './asked.ts';

// Who the reporter is they say themself; notes are the holder's, sheets oversight's.
export const mayBeDelegated = (compartment: Compartment): boolean =>
  compartment === Compartment.story ||
  compartment === Compartment.people ||
  compartment === Compartment.talk ||
  compartment === Compartment.summary;

export function admitDelegate(access: Access, ask: Asked, delegate: Delegate): Admitted {
  const { day, seq, payloadSize } = ask.header;
  if (!ask.byOwner) return bad('grantor');
  if (payloadSize !== 0) return bad('payload');
  const { delegateId, people, compartments, lastDay, mayMoveHolder } = delegate;
  if (delegate.ended) {
    const any = access.delegations.some((stands) => equal(stands.delegateId, delegateId));
    return any ? good(endDelegationsTo(access, delegateId)) : bad('delegation');
  }
  if (!access.isIn(delegateId, day) || lastDay < day || !compartments.every(mayBeDelegated)) return bad('delegation');
  if (people.some((id) => equal(id, delegateId) || ask.directory.person(id) === undefined)) return bad('delegation');
  const made = { delegateId, people, compartments, lastDay, mayMoveHolder, sinceDay: day, seq };
  return good(access.with({ delegations: [...access.delegations, made] }));
}

export const endDelegationsTo = (access: Access, delegate: MemberId): Access =>
  access.with({ delegations: access.delegations.filter((stands) => !equal(stands.delegateId, delegate)) });

// Before anybody is let in: a delegate whose grants have run out does not get the delegation back with a new grant.
export const endLapsedDelegations = (access: Access, today: Day): Access =>
  access.with({ delegations: access.delegations.filter((stands) => access.isIn(stands.delegateId, today)) });
