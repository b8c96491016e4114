// Whom the reporter allowed an adviser to let in, each by one delegation: what they would read is fixed with it, so
// that what is chosen can't become another person, or more, before it is pressed.
import type { Compartment } from '../generated/rules.ts';
import { equal, toHex } from '../core/crypto/bytes.ts';
import type { Access } from '../core/protocol/access.ts';
import type { Delegation } from '../core/protocol/grants.ts';
import type { Day, MemberId } from '../core/protocol/ids.ts';

export interface Allowed {
  readonly key: string; // of this person by this delegation, and of nothing else
  readonly since: number; // the delegation's entry
  readonly to: MemberId;
  readonly parts: readonly Compartment[];
  readonly may_lead: boolean;
}

// Under one delegation each: the rules never add two of them up (core/protocol/access/member_grants.ts).
export const allowed_by = (delegations: readonly Delegation[]): readonly Allowed[] =>
  delegations.flatMap(({ seq, people, compartments, mayMoveHolder }) =>
    people.map((to) => ({ key: `${seq}/${toHex(to)}`, since: seq, to, parts: compartments, may_lead: mayMoveHolder })),
  );

export const delegations_to = (access: Access, me: MemberId, today: Day): readonly Delegation[] =>
  access.delegations.filter((one) => equal(one.delegateId, me) && access.mayDelegate(one, today));

export interface Chosen {
  readonly key: string; // empty: nobody
  readonly lead: boolean;
}
export const kNobody: Chosen = { key: '', lead: false };

// Nobody in anybody's place: where whoever was chosen is not allowed any more, nobody is chosen.
export const chosen_of = (all: readonly Allowed[], { key }: Chosen): Allowed | undefined => all.find((one) => one.key === key);
