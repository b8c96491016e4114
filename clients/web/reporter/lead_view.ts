// What the reporter's lead has come to, from the core's state of a case.
import { causeName, choiceName, compartmentName } from '../generated/rules.ts';
import type { CaseState } from '../core/case_state.ts';
import type { OpenedCase } from '../core/case_log.ts';
import { keyChangedDay } from '../core/changed_key.ts';
import { toHex } from '../core/crypto/bytes.ts';
import { isGone, type Directory } from '../core/protocol/directory.ts';
import type { Day } from '../core/protocol/ids.ts';
import { is_renewal } from '../page/renewal.ts';
import type { Choice, LeadView, News, Proposal, Unconsented } from './lead.ts';
import type { Compartment } from './session.ts';
import { names_in, type Names } from './timeline_view.ts';

export const compartments_of = (list: readonly number[]): Compartment[] =>
  list.map((one) => compartmentName(one as never) as Compartment);
// Of days and entries; 0 stands for none.
export const or_null = (number: number): number | null => (number === 0 ? null : number);

export function lead_view(opened: OpenedCase, state: CaseState, directory: Directory, today: Day): LeadView {
  const name = names_in(directory);
  const { purged, milestones } = opened.access;
  const { outcome } = milestones;
  const { retentionDays } = directory.content.terms;
  return {
    proposals: state.proposals.map((record): Proposal => {
      const { seq, author, sinceDay, standing, decision, proposal } = record;
      return {
        ...proposal,
        seq,
        author: name(author),
        day: sinceDay,
        readers: proposal.readers.map(({ memberId, compartments, lastDay, lead = false }) => ({
          id: toHex(memberId),
          name: name(memberId),
          compartments: compartments_of(compartments),
          last_day: or_null(lastDay),
          lead,
        })),
        standing,
        decision: decision
          ? {
              seq: decision.seq,
              choice: choiceName(decision.choice) as Choice,
              text: decision.text,
              day: decision.day,
              carried_out: decision.carriedOut,
            }
          : null,
      };
    }),
    delegations: opened.access.delegations
      .filter((one) => opened.access.mayDelegate(one, today))
      .map(({ delegateId, people, compartments, lastDay }) => ({
        id: toHex(delegateId),
        name: name(delegateId),
        people: people.map(name),
        compartments: compartments_of(compartments),
        last_day: lastDay,
      })),
    unconsented: state.unconsented.map(({ seq, day, author, cause, text }) => ({
      seq,
      day,
      name: name(author),
      cause: causeName(cause) as Unconsented['cause'],
      text,
    })),
    news: news_of(opened, state, directory, today, name),
    stays: state.triage.stay !== undefined,
    erase_day: outcome.seq !== 0 && !purged ? Math.max(outcome.day, opened.chain.headDay) + retentionDays : null,
    outcome_by: or_null(outcome.seq),
    erased_day: purged?.day ?? null,
  };
}

// Since the reporter last wrote: a browser keeps nothing, so nobody knows when they last looked.
function news_of(opened: OpenedCase, state: CaseState, directory: Directory, today: Day, name: Names): News[] {
  const mine = opened.entries.findLast(({ byOwner }) => byOwner)?.entry.header;
  const since = opened.entries.filter((one) => one.counts && one.entry.header.seq > (mine?.seq ?? 0));
  const news: News[] = [];
  for (const { entry, author } of since) {
    const { fields, day } = entry.header;
    if (fields.kind === 'release') news.push({ kind: 'released', name: name(fields.memberId), day });
    if (fields.kind !== 'grant' || is_renewal(opened, entry.header.seq, directory)) continue;
    news.push({ kind: 'let_in', name: author, names: fields.members.map(({ memberId }) => name(memberId)), day });
  }
  for (const { seq, author, day } of state.identityOpened)
    if (seq > (mine?.seq ?? 0)) news.push({ kind: 'identity_opened', name: name(author), day });
  const inside = new Map(opened.access.grants.map(({ memberId }) => [toHex(memberId), memberId]));
  for (const id of inside.values()) {
    const person = directory.person(id);
    if (person && isGone(person, today)) news.push({ kind: 'left', name: person.name, day: person.leftDay });
    const day = person && keyChangedDay(person);
    if (day && day >= (mine?.day ?? 0)) news.push({ kind: 'key_changed', name: person.name, day });
  }
  const count = since.filter(({ byOwner, event }) => !byOwner && event?.kind === 'message').length;
  return count > 0 ? [...news, { kind: 'messages', count }] : news;
}
