// What members may do with keys they hold: keep a case alive, re-seal to a newer key of their own, keep notes, and let
// in whom the owner named for it. None of it but the last adds anybody.

import { Compartment } from '../../../generated/rules.ts';
import { equal } from '../../crypto/bytes.ts';
import type { Digest } from '../../crypto/hash.ts';
import { bad, good } from '../../expected.ts';
import type { Access } from '../access.ts';
import { isExpired, isLive, type Delegation, type LiveGrant } from '../grants.ts';
import type { MemberId } from '../ids.ts';
import { compareKeys, sameKeys, type CompartmentEpoch, type Grant, type GrantMember } from '../kinds.ts';
import type { Admitted, Asked } from './asked.ts';
import { carriers, checkCarried, checkStarts, holdKeys, standing, start } from './epochs.ts';
import { checkGrantee, checkTogether, letIn } from './grants.ts';

const withKeys = (grant: LiveGrant, { keys, xwingKeyHash }: GrantMember, seq: number): LiveGrant => ({
  ...grant,
  keys: holdKeys(grant.keys, keys, xwingKeyHash),
  wrappedAt: [...grant.wrappedAt, seq],
});

export function admitMembersGrant(access: Access, ask: Asked, grant: Grant): Admitted {
  const author = ask.member?.memberId;
  if (author === undefined || !access.isIn(author, ask.header.day)) return bad('author');
  const startsNotes = grant.starts.some(({ compartment }) => compartment === Compartment.notes);
  if (startsNotes) return admitNotesEpoch(access, ask, author, grant);
  if (grant.starts.length > 0) return admitMembersEpochs(access, ask, author, grant);
  if (grant.ownerKeys.length > 0) return bad('owner keys');
  if (grant.dormant) return admitStandInsNotes(access, ask, author, grant);
  const forThemself = grant.members.length === 1 && equal(grant.members[0]!.memberId, author);
  return forThemself ? admitReseal(access, ask, author, grant) : admitDelegated(access, ask, author, grant);
}

// The next epoch of what the author holds, for all who hold it, and for the owner.
function admitMembersEpochs(access: Access, ask: Asked, author: MemberId, grant: Grant): Admitted {
  const { day } = ask.header;
  if (grant.dormant) return bad('dormant');
  const follow = checkStarts(access, grant.starts);
  if (!follow.ok) return follow;
  const holdsAll = grant.starts.every(({ compartment, epoch }) => access.mayRead(author, compartment, epoch - 1, day));
  if (!holdsAll) return bad('compartment');
  if (!sameKeys(grant.ownerKeys, grant.starts)) return bad('owner keys');
  const checked = checkCarried(ask, grant.members, carriers(grant.starts, standing(access, day)));
  return checked.ok ? good(start(access, ask, grant.starts, grant.members)) : checked;
}

// By the holder, for themself, and for those of their choice who are in or stand in for them. The owner never reads
// notes.
function admitNotesEpoch(access: Access, ask: Asked, author: MemberId, grant: Grant): Admitted {
  const { day, seq, prevHash } = ask.header;
  if (!isHolder(access, ask, author)) return bad('holder');
  if (grant.ownerKeys.length > 0) return bad('owner keys');
  const before = access.epochs.get(Compartment.notes) ?? [];
  const number = before.length + 1;
  if (grant.dormant || grant.starts.length !== 1) return bad('notes');
  const { epoch, commitment } = grant.starts[0]!;
  if (epoch !== number) return bad('epoch');
  const receives = (stands: LiveGrant, member: MemberId): boolean =>
    equal(stands.memberId, member) && !isExpired(stands, day) && (!stands.dormant || equal(stands.standsInFor, author));
  const fits = ({ memberId, keys, holder, lastDay }: GrantMember): boolean =>
    access.grants.some((stands) => receives(stands, memberId)) &&
    sameKeys(keys, [{ compartment: Compartment.notes, epoch }]) &&
    !holder &&
    lastDay === 0;
  const sealedToAuthor = grant.members.some(({ memberId }) => equal(memberId, author));
  if (!grant.members.every(fits) || !sealedToAuthor) return bad('notes');
  const grants = access.grants.map((stands) => {
    const sealed = grant.members.find(({ memberId }) => receives(stands, memberId));
    return sealed === undefined ? stands : withKeys(stands, sealed, seq);
  });
  const begun = { number, commitment, startedSeq: seq, startedAfter: prevHash, byOwner: false, spent: false };
  return good(access.with({ grants, epochs: new Map(access.epochs).set(Compartment.notes, [...before, begun]) }));
}

// By the holder: notes for somebody whose dormant grant stands in for them already.
function admitStandInsNotes(access: Access, ask: Asked, author: MemberId, grant: Grant): Admitted {
  const { day, seq } = ask.header;
  const member = grant.members[0]!;
  if (!isHolder(access, ask, author)) return bad('holder');
  const onlyNotes = member.keys.every(({ compartment }) => compartment === Compartment.notes);
  if (!onlyNotes || member.holder || member.lastDay !== 0) return bad('notes');
  if (!mayReadAll(access, ask, author, member)) return bad('grant keys');
  const waits = access.grants.find(
    (stands) =>
      stands.dormant &&
      equal(stands.memberId, member.memberId) &&
      equal(stands.standsInFor, author) &&
      !isExpired(stands, day),
  );
  if (waits === undefined || !equal(grant.standsInFor, author)) return bad('dormant');
  const grants = access.grants.map((stands) => (stands === waits ? withKeys(stands, member, seq) : stands));
  return good(access.with({ grants }));
}

// To a newer key of one's own: what one holds, and for as long as one holds it.
function admitReseal(access: Access, ask: Asked, author: MemberId, grant: Grant): Admitted {
  const { day, seq } = ask.header;
  const sealed = grant.members[0]!;
  const { xwingKeyHash } = sealed;
  const names = (key: CompartmentEpoch): boolean => sealed.keys.some((other) => compareKeys(key, other) === 0);
  const isOlder = (hash: Digest): boolean => !equal(hash, xwingKeyHash);
  const isNewer = access
    .live(author, day)
    .some((stands) => isOlder(stands.xwingKeyHash) || stands.keys.some((key) => names(key) && isOlder(key.sealedTo)));
  if (!isNewer || sealed.holder || sealed.lastDay !== 0) return bad('reseal');
  if (!mayReadAll(access, ask, author, sealed)) return bad('reseal');
  const grants = access.grants.map((stands) => {
    if (!equal(stands.memberId, author) || !isLive(stands, day)) return stands;
    const again = withKeys(stands, { ...sealed, keys: stands.keys.filter(names) }, seq);
    return stands.keys.every(names) ? { ...again, xwingKeyHash } : again;
  });
  return good(access.with({ grants }));
}

// Whom the owner named, to what the owner named, of what the delegate holds. Each member under one delegation as a
// whole.
function admitDelegated(access: Access, ask: Asked, author: MemberId, grant: Grant): Admitted {
  const theirs = access.delegations.filter((delegation) => equal(delegation.delegateId, author));
  if (theirs.length === 0) return bad('grantor');
  const allows = ({ people, compartments, mayMoveHolder }: Delegation, member: GrantMember): boolean =>
    people.some((id) => equal(id, member.memberId)) &&
    (!member.holder || mayMoveHolder) &&
    member.keys.every(({ compartment }) => compartments.includes(compartment));
  const inForce = theirs.filter((delegation) => access.mayDelegate(delegation, ask.header.day));
  for (const member of grant.members) {
    if (!inForce.some((delegation) => allows(delegation, member))) return bad('delegation');
    if (!mayReadAll(access, ask, author, member)) return bad('grant keys');
    const checked = checkGrantee(access, ask, grant, member);
    if (!checked.ok) return checked;
  }
  const checked = checkTogether(access, ask, grant.members);
  return checked.ok ? good(letIn(access, ask, grant, grant.members)) : checked;
}

function isHolder(access: Access, ask: Asked, author: MemberId): boolean {
  const holder = access.holder(ask.header.day);
  return holder !== undefined && equal(holder, author);
}

const mayReadAll = (access: Access, ask: Asked, author: MemberId, { keys }: GrantMember): boolean =>
  keys.every(({ compartment, epoch }) => access.mayRead(author, compartment, epoch, ask.header.day));
