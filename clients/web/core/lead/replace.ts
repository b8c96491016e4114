// Another adviser in one step: `to` instead of `from`. What is handed on is what `from` may read that day, epoch by
// epoch and each part until the last day that `from` had, and no more: what was written before `from` came, or after
// they had left, stays shut. A grant has one last day, so it is one grant for each.

import { Compartment } from '../../generated/rules.ts';
import { done } from '../expected.ts';
import type { Result } from '../errors.ts';
import { covers } from '../protocol/access/grants.ts';
import { holds, type Access } from '../protocol/access.ts';
import type { Certificate } from '../protocol/certificate.ts';
import type { CompartmentEpoch } from '../protocol/entry.ts';
import type { Day, MemberId } from '../protocol/ids.ts';
import { memberOf, sealGrant } from '../seal.ts';
import { forbidden, type Addition, type Certificates } from './addition.ts';
import { letIn, revoke } from './moves.ts';

// With what a share may need before it, an epoch that begins, and the word that goes with it all, so many fit one
// append.
const kSharesMax = 6;

// What somebody reads until one last day.
export interface Share {
  readonly keys: readonly CompartmentEpoch[];
  readonly lastDay: Day; // 0: until revoked
  readonly holder: boolean;
}

const lengthOf = (lastDay: Day): number => lastDay || Infinity;
const isPersonal = ({ compartment }: CompartmentEpoch): boolean =>
  compartment === Compartment.notes || compartment === Compartment.identity;
const compartmentsOf = ({ keys }: Share): Compartment[] => [...new Set(keys.map(({ compartment }) => compartment))];

// What of a member's live grants can be handed on, the longest first: neither notes, which are the holder's own, nor
// the identity, which the reporter says to each by name. The mark goes with the share of its own last day; where that
// leaves nothing to read, with the longest.
export function sharesOf(access: Access, member: MemberId, today: Day): Share[] {
  const live = access.live(member, today);
  const marked = live.find(({ holder }) => holder)?.lastDay;
  const shares = [...new Set(live.map(({ lastDay }) => lastDay))]
    .sort((a, b) => lengthOf(b) - lengthOf(a))
    .map((lastDay) => ({
      keys: live.flatMap((grant) => (grant.lastDay === lastDay ? grant.keys.filter((key) => !isPersonal(key)) : [])),
      lastDay,
      holder: lastDay === marked,
    }))
    .filter(({ keys }) => keys.length > 0);
  // Sooner over than `from` had it, where there are too many.
  while (shares.length > kSharesMax) {
    const shortest = shares.pop()!;
    const longer = shares.at(-1)!;
    longer.keys.push(...shortest.keys);
    longer.lastDay = shortest.lastDay;
    longer.holder ||= shortest.holder;
  }
  if (marked !== undefined && shares.length > 0 && !shares.some(({ holder }) => holder)) shares[0]!.holder = true;
  return shares;
}

// By the owner. `from` goes first, so that nothing after is sealed under a key they hold. 'refused' where they have
// nothing to hand on.
export async function replace(
  addition: Addition,
  from: MemberId,
  to: MemberId,
  certificates: Certificates,
): Promise<Result<void>> {
  const shares = sharesOf(addition.access, from, addition.day);
  if (shares.length === 0) return forbidden('revoke');
  const missed = shares.flatMap(compartmentsOf).filter((compartment) => !readsNewest(addition, from, compartment));
  const out = await revoke(addition, [from], certificates);
  if (!out.ok) return out;
  const theirs = await certificates([to]);
  if (!theirs.ok) return theirs;
  for (const share of shares) {
    const given = await handOn(addition, share, missed, theirs.value[0]!, certificates);
    if (!given.ok) return given;
  }
  return done;
}

async function handOn(
  addition: Addition,
  share: Share,
  missed: readonly Compartment[],
  certificate: Certificate,
  certificates: Certificates,
): Promise<Result<void>> {
  const to = certificate.content.memberId;
  const { holder, lastDay } = share;
  // What of it had its newest epoch begun without them, because they had left: it begins anew for whoever comes, who
  // else could not read on.
  const due = compartmentsOf(share).filter(
    (compartment) => missed.includes(compartment) && !readsNewest(addition, to, compartment),
  );
  if (due.length > 0) {
    const begun = await letIn(addition, { people: [to], compartments: due, lastDay, fromNow: true }, certificates);
    if (!begun.ok) return begun;
  }
  const { access, author, day, place, random, work } = addition;
  const keys = addition.keys.which.filter(
    ({ compartment, epoch }) =>
      holds(share, compartment, epoch) ||
      // Which the revocation began.
      (epoch === access.newestEpoch(compartment)!.number && holds(share, compartment, epoch - 1)),
  );
  const grantee = { certificate, keys, holder, lastDay };
  // A grant of what they have already the rules refuse.
  const hasIt = access.live(to, day).some((stands) => covers(stands, stands, memberOf(grantee)));
  if (hasIt || keys.length === 0) return done;
  return addition.take(await sealGrant(author, place, [grantee], undefined, addition.keys, random, work));
}

const readsNewest = ({ access, day }: Addition, member: MemberId, compartment: Compartment): boolean =>
  access.mayRead(member, compartment, access.newestEpoch(compartment)!.number, day);
