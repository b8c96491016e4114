// Stand-ins: who was given a dormant grant takes over when the adviser says so, or says nothing until a legal term has
// passed.

import { kAcknowledgeDays, kFeedbackMonths, ReleaseCause, releaseCauseOf } from '../../../generated/rules.ts';
import { equal } from '../../crypto/bytes.ts';
import { bad, done, good } from '../../expected.ts';
import type { Access } from '../access.ts';
import type { Directory, Terms } from '../directory.ts';
import type { Header } from '../entry.ts';
import { isExpired, isLive, type LiveGrant } from '../grants.ts';
import type { Day, MemberId } from '../ids.ts';
import type { Release } from '../kinds.ts';
import type { Admitted, Asked, Checked } from './asked.ts';
import { endDelegationsTo, endLapsedDelegations } from './delegate.ts';
import { endGrants } from './revoke.ts';

// The terms that an entry is judged by. Those of an earlier directory are not known any more: then the law's own, where
// the organisation's have been lengthened since, or what was right when it was written would become a breach.
function termsFor(header: Header, directory: Directory): Terms {
  const { terms } = directory.content;
  if (equal(header.directoryHash, directory.hash)) return terms;
  return {
    ...terms,
    acknowledgeDays: Math.min(terms.acknowledgeDays, kAcknowledgeDays),
    feedbackMonths: Math.min(terms.feedbackMonths, kFeedbackMonths),
  };
}

const waitsFor = (grant: LiveGrant, member: MemberId, today: Day): boolean =>
  grant.dormant && equal(grant.standsInFor, member) && !isExpired(grant, today);

export function admitRelease(access: Access, ask: Asked, release: Release): Admitted {
  const { memberId, cause } = release;
  const { day, seq } = ask.header;
  if (releaseCauseOf(cause) === undefined) return bad('newer version');
  const checked = checkRelease(access, ask, release);
  if (!checked.ok) return checked;
  let next = endLapsedDelegations(access, day);
  if (cause !== ReleaseCause.deadline) {
    next = endGrants(next, ask, (grant) => (equal(grant.memberId, memberId) ? 'released' : undefined));
    next = endDelegationsTo(next, memberId);
  }
  return good(wake(next, memberId, day).with({ releases: [...next.releases, { memberId, cause, day, seq }] }));
}

function checkRelease(access: Access, { header, directory, member }: Asked, release: Release): Checked {
  if (member === undefined) return bad('author');
  const { day, payloadSize } = header;
  const author = member.memberId;
  const authorIsIn = access.isIn(author, day);
  if (payloadSize !== 0) return bad('payload');
  const isOwn = equal(author, release.memberId);
  if (release.cause !== ReleaseCause.deadline) {
    if (!authorIsIn) return bad('author');
    return isOwn ? done : bad('release');
  }
  const waiting = access.grants.filter((grant) => waitsFor(grant, release.memberId, day));
  if (!authorIsIn && !waiting.some((grant) => equal(grant.memberId, author))) return bad('author');
  const missed = access.milestones.missed(termsFor(header, directory), day);
  return isOwn || waiting.length === 0 || !missed ? bad('release') : done;
}

// A dormant grant that was marked brings the holder's mark along, from whom it stands in for or when nobody has it.
function wake(access: Access, stoodInFor: MemberId, today: Day): Access {
  const oneIsMarked = access.grants.some((grant) => waitsFor(grant, stoodInFor, today) && grant.holder);
  const unmarked = access.grants.map((grant) =>
    oneIsMarked && !grant.dormant && equal(grant.memberId, stoodInFor) ? { ...grant, holder: false } : grant,
  );
  let marked = unmarked.some((grant) => grant.holder && isLive(grant, today));
  const grants = unmarked.map((grant) => {
    if (!waitsFor(grant, stoodInFor, today)) return grant;
    const holder = grant.holder && !marked;
    marked ||= holder;
    return { ...grant, holder, dormant: false, wokenDay: today };
  });
  return access.with({ grants });
}
