// What the reporter's lead has come to, from the core's state of a case.
import { causeName, CaseState as State, choiceName, compartmentName } from '../generated/rules.ts';
import type { CaseState } from '../core/case_state.ts';
import type { OpenedCase } from '../core/case_log.ts';
import { equal, toHex } from '../core/crypto/bytes.ts';
import { isGone, type Directory } from '../core/protocol/directory.ts';
import type { Day, MemberId } from '../core/protocol/ids.ts';
import type { Choice, LeadView, News, Proposal, Unconsented } from './lead.ts';
import type { Compartment } from './session.ts';

type Names = (id: MemberId) => string;
export const compartments_of = (list: readonly number[]): Compartment[] =>
  list.map((one) => compartmentName(one as never) as Compartment);
export const day_or_null = (day: Day): Day | null => (day === 0 ? null : day);

export function lead_view(opened: OpenedCase, state: CaseState, directory: Directory, today: Day): LeadView {
  const name: Names = (id) => directory.person(id)?.name ?? '?';
  const { outcomeDay } = opened.access.milestones;
  return {
    proposals: state.proposals.map((record): Proposal => {
      const { seq, author, sinceDay, standing, decision, proposal } = record;
      return {
        seq,
        author: name(author),
        day: sinceDay,
        step: proposal.step,
        text: proposal.text,
        readers: proposal.readers.map(({ memberId, compartments, lastDay }) => ({
          id: toHex(memberId),
          name: name(memberId),
          compartments: compartments_of(compartments),
          last_day: day_or_null(lastDay),
        })),
        summary: proposal.summary,
        standing,
        decision: decision
          ? { choice: choiceName(decision.choice) as Choice, text: decision.text, day: decision.day, carried_out: decision.carriedOut }
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
    erase_day: state.state === State.closed && outcomeDay !== 0 ? outcomeDay + directory.content.terms.retentionDays : null,
  };
}

// Since the reporter last wrote: a browser keeps nothing, so nobody knows when they last looked.
function news_of(opened: OpenedCase, state: CaseState, directory: Directory, today: Day, name: Names): News[] {
  const mine = opened.entries.findLast((one) => one.author === 'reporter')?.entry.header;
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
    const newest = person?.signingKeys.at(-1);
    if (!person || !newest || person.signingKeys.length === 1 || newest.fromDay < (mine?.day ?? 0)) continue;
    if (newest.signedByPrevious === undefined)
      news.push({ kind: 'key_changed', name: person.name, day: newest.fromDay });
  }
  const count = since.filter(({ author, event }) => author !== 'reporter' && event?.kind === 'message').length;
  return count > 0 ? [...news, { kind: 'messages', count }] : news;
}

// New keys for people who are in already, whoever made them: nobody is let in.
export function is_renewal(opened: OpenedCase, seq: number, directory: Directory): boolean {
  const { entry, author } = opened.entries[seq]!;
  const { fields } = entry.header;
  if (fields.kind !== 'grant' || fields.dormant) return false;
  if (fields.ownerKeys.length > 0) return true; // a member's new epoch, which adds nobody
  if (author !== 'reporter') return fields.members.every(({ memberId }) => directory.person(memberId)?.name === author);
  const before = opened.entries.slice(0, seq).flatMap(({ entry: { header }, counts }) =>
    counts && header.fields.kind === 'grant' ? header.fields.members : [],
  );
  const read_already = (id: MemberId): boolean => before.some(({ memberId }) => equal(memberId, id));
  return fields.starts.length > 0 && fields.members.every(({ memberId }) => read_already(memberId));
}
