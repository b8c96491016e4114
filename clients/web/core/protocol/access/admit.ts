// Which rules an entry falls under; and those of Open, events and Withdraw.

import { Compartment, Milestone, milestoneOf, Role } from '../../../generated/rules.ts';
import { equal } from '../../crypto/bytes.ts';
import { bad, done, good } from '../../expected.ts';
import type { Access } from '../access.ts';
import type { Directory, Person } from '../directory.ts';
import { handleOf, type Header } from '../entry.ts';
import { kOwnersCompartments, type Event, type Open } from '../kinds.ts';
import { Milestones } from '../milestones.ts';
import { asked, type Admitted, type Asked, type Checked } from './asked.ts';
import { admitDelegate } from './delegate.ts';
import { admitOwnersGrant } from './grants.ts';
import { admitMembersGrant } from './member_grants.ts';
import { admitRelease } from './release.ts';
import { admitRevoke } from './revoke.ts';

// What happened, to whom, who says so and what a committee gets of it is the reporter's to write; members talk and keep
// notes. Whoever is let in to judge a summary writes beside it what they think: the triage committee and the
// coordinator. (An adviser's draft travels in their proposal.)
const kJudges: readonly Role[] = [Role.triage, Role.triage_chair, Role.coordinator];
const memberMayWrite = (compartment: Compartment, { role }: Person): boolean =>
  compartment === Compartment.talk ||
  compartment === Compartment.notes ||
  (compartment === Compartment.summary && kJudges.includes(role));
const ownerMayWrite = (compartment: Compartment): boolean => kOwnersCompartments.includes(compartment);

export function admitEntry(access: Access, header: Header, directory: Directory): Admitted {
  if (access.withdrawn !== undefined) return bad('withdrawn');
  const { fields } = header;
  if (fields.kind === 'open') return admitOpen(access, header, fields);
  if (!access.opened) return bad('opening');
  const ask = asked(access, header, directory);
  switch (fields.kind) {
    case 'event': return admitEvent(access, ask, fields);
    case 'grant': return ask.byOwner ? admitOwnersGrant(access, ask, fields) : admitMembersGrant(access, ask, fields);
    case 'revoke': return admitRevoke(access, ask, fields);
    case 'delegate': return admitDelegate(access, ask, fields);
    case 'release': return admitRelease(access, ask, fields);
    case 'withdraw': return admitWithdraw(access, ask);
    case 'unknown': return bad('newer version');
  }
}

function admitOpen(access: Access, header: Header, opening: Open): Admitted {
  if (access.opened || header.seq !== 0 || header.payloadSize !== 0) return bad('opening');
  if (!equal(handleOf(header.author), header.handle)) return bad('author');
  const startsWhatItMust =
    opening.starts.length === kOwnersCompartments.length &&
    opening.starts.every((start, i) => start.compartment === kOwnersCompartments[i] && start.epoch === 1);
  if (!startsWhatItMust) return bad('epoch');
  const first = { number: 1, startedSeq: header.seq, startedAfter: header.prevHash, byOwner: true, spent: false };
  const epochs = new Map(opening.starts.map(({ compartment, commitment }) => [compartment, [{ ...first, commitment }]]));
  const milestones = Milestones.open(header.day, opening.unclocked);
  return good(access.with({ open: { owner: header.author, opening }, epochs, milestones }));
}

function admitEvent(access: Access, ask: Asked, event: Event): Admitted {
  const newest = access.newestEpoch(event.compartment);
  if (newest === undefined || event.epoch !== newest.number || newest.spent) return bad('epoch');
  if (milestoneOf(event.milestone) === undefined) return bad('newer version');
  const checked = checkEventsAuthor(access, ask, event);
  if (!checked.ok) return checked;
  const { seq, day } = ask.header;
  const taken = access.milestones.take(seq, event.milestone, day);
  return good(access.with({ milestones: event.dispute === 0 ? taken : taken.dispute(event.dispute, day) }));
}

function checkEventsAuthor(access: Access, { header: { day }, byOwner, member }: Asked, event: Event): Checked {
  const marks = event.milestone !== Milestone.none;
  const disputes = event.dispute !== 0;
  const inTalk = event.compartment === Compartment.talk;
  if (byOwner) {
    if (!ownerMayWrite(event.compartment)) return bad('compartment');
    if (marks) return bad('milestone');
    return disputes && (!inTalk || !access.milestones.mayDispute(event.dispute)) ? bad('dispute') : done;
  }
  if (member === undefined || !access.isIn(member.memberId, day)) return bad('author');
  if (!memberMayWrite(event.compartment, member) || !access.mayRead(member.memberId, event.compartment, event.epoch, day))
    return bad('compartment');
  if (event.urgent) return bad('urgent');
  if (disputes) return bad('dispute');
  return marks && !inTalk ? bad('milestone') : done;
}

function admitWithdraw(access: Access, { header: { day, seq, payloadSize }, byOwner }: Asked): Admitted {
  if (!byOwner) return bad('author');
  if (payloadSize !== 0) return bad('payload');
  return good(access.with({ withdrawn: { day, seq } }));
}
