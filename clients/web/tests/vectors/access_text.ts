// What the rules found about a case, as text: the twin of tests/vectors/access_text.h.
import { toHex } from '../../core/crypto/bytes.ts';
import type { Access, LiveGrant } from '../../core/protocol/access.ts';
import { alertsOf, further, unitOf } from '../../core/protocol/alerts.ts';
import type { Directory } from '../../core/protocol/directory.ts';
import type { Day } from '../../core/protocol/ids.ts';

type Part = string | number | boolean | Uint8Array | undefined | readonly Part[];

function shown(part: Part): string {
  if (part === undefined) return '-';
  if (typeof part === 'boolean') return part ? '1' : '0';
  if (part instanceof Uint8Array) return toHex(part);
  if (typeof part === 'object') return part.map(shown).join(',') || '-';
  return `${part}`;
}
const line = (...parts: readonly Part[]): string => `${parts.map(shown).join(' ')}\n`;

const grantParts = (grant: LiveGrant): Part[] => [
  grant.memberId,
  grant.xwingKeyHash,
  grant.givenKeyHash,
  grant.keys.map(({ compartment, epoch }) => `${compartment}/${epoch}`),
  grant.holder,
  grant.dormant,
  grant.standsInFor,
  grant.sinceDay,
  grant.lastDay,
  grant.seq,
  grant.wokenDay,
  grant.byDelegate,
  grant.wrappedAt,
];

export function textOf(access: Access, directory: Directory, today: Day): string {
  const { terms, people } = directory.content;
  const { milestones, purged, withdrawn } = access;
  const { acknowledge, feedback } = milestones.clocks(terms);
  return [
    ...[...access.epochs]
      .sort(([a], [b]) => a - b)
      .flatMap(([compartment, epochs]) =>
        epochs.map(({ number, commitment, startedSeq, byOwner, spent }) =>
          line('epoch', compartment, number, commitment, startedSeq, byOwner, spent),
        ),
      ),
    ...access.grants.map((grant) => line('grant', ...grantParts(grant))),
    ...access.endedGrants.map(({ grant, why, endedDay, endedSeq }) =>
      line('ended', ...grantParts(grant), why.replaceAll(' ', '_'), endedDay, endedSeq),
    ),
    ...access.delegations.map((made) =>
      line('delegation', made.delegateId, made.people, made.compartments, made.lastDay, made.mayMoveHolder, made.sinceDay, made.seq),
    ),
    ...access.releases.map(({ memberId, cause, day, seq }) => line('release', memberId, cause, day, seq)),
    ...(withdrawn === undefined ? [] : [line('withdrawn', withdrawn.day, withdrawn.seq)]),
    ...(purged === undefined ? [] : [line('purged', purged.rule, purged.days, purged.day, purged.seq)]),
    ...milestones.all.map(({ seq, milestone, day, disputedDay }) => line('milestone', seq, milestone, day, disputedDay)),
    line(
      'clocks',
      acknowledge.dueDay,
      acknowledge.metDay,
      feedback.dueDay,
      feedback.metDay,
      milestones.outcomeDay,
      milestones.missed(terms, today),
    ),
    ...(access.opened ? alertsOf(access, terms, today) : []).map((alert) =>
      line('alert', alert.clock, alert.dueDay, alert.furtherDay, alert.metDay, further(alert, today)),
    ),
    line('told', unitOf(access, directory, today), access.mayBePurged(terms.retentionDays, today)),
    ...access.delegations.map((made) => line('lets', access.mayDelegate(made, today))),
    line('holder', access.holder(today)),
    ...people.map(({ memberId }) =>
      line('person', memberId, access.live(memberId, today).length, access.overdueFor(memberId, terms, today)),
    ),
  ].join('');
}
