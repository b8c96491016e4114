// One line of a timeline as words: what happened, and what people wrote.
import { format_day, format_list, shown_name } from '../page/words/format.ts';
import type { Unconsented } from './lead.ts';
import type { AccessRow, Compartment, EntryHead, Organisation, TimelineRow } from './session.ts';
import type { Words } from './words/shape.ts';

export interface RowText {
  readonly line: string; // by the app; empty when people's own words say it all
  readonly written: readonly string[]; // people's own words
}

// What a step is called: by the organisation, or in the adviser's own words.
export function step_name(step: string, organisation: Organisation | null, t: Words): string {
  const named = step === '' ? '' : organisation?.text(`step_${step}`, t.code);
  return named || t.lead.own_words;
}

// "Mieke, 3 maart 2026".
export const by_whom = ({ mine, author, day }: EntryHead, t: Words): string =>
  t.case.row.by(mine ? t.common.you : shown_name(author), format_day(day, t));

export const reads_what = (parts: readonly Compartment[], t: Words): string =>
  format_list(parts.map((one) => t.case.compartment[one]), t);
// Since when, or when at all; and until when.
export function reads_when({ dormant, stands_in_for, since_day, last_day }: AccessRow, t: Words): string {
  const from = dormant ? t.lead.access.dormant(shown_name(stands_in_for)) : t.case.access_since(format_day(since_day, t));
  return last_day === null ? from : `${from}, ${t.lead.access.until(format_day(last_day, t))}`;
}

// By whom, and why, as they say themselves.
export const unconsented_text = ({ cause, name, day }: Unconsented, t: Words): string =>
  // Not by a name made of `cause`: a name of the rules that stands in no text is a short one in the built app.
  ({
    danger: t.lead.unconsented_danger,
    duty: t.lead.unconsented_duty,
    unknown: t.lead.unconsented_unknown,
  })[cause](shown_name(name), format_day(day, t));

export function row_text(row: TimelineRow, organisation: Organisation | null, t: Words): RowText {
  const { content } = row;
  const names = (list: readonly string[]): string => format_list(list.map(shown_name), t);
  const only = (line: string, ...written: readonly string[]): RowText => ({
    line,
    written: written.filter((text) => text !== ''),
  });
  switch (content.kind) {
    case 'open':
      return only(t.case.row.open);
    case 'opening': {
      const wants = format_list(content.wants.map((want) => t.want[want].title), t);
      const chose = t.case.row.opening(t.welcome.door[content.case_kind].title);
      return only(wants === '' ? chose : `${chose} ${t.case.row.wants(wants)}`);
    }
    case 'report': {
      const { compartment } = content;
      const own = compartment === 'people' || compartment === 'identity' ? compartment : 'story';
      return only(t.case.row[own], content.text);
    }
    case 'message':
      return only('', content.text);
    case 'status':
      return only(t.case.row.status(t.case.state[content.state]), content.text);
    case 'outcome':
      return only(t.case.row.outcome, content.text, content.reason);
    case 'grant':
      if (content.dormant) return only(t.case.row.dormant(names(content.names)));
      if (!row.mine) return only(t.lead.row.let_in(shown_name(row.author), names(content.names)));
      return only(t.case.row.grant(names(content.names)));
    case 'renewed':
      return only(t.lead.row.renewed);
    case 'revoke':
      return only(t.lead.row.revoke(names(content.names)));
    case 'delegate':
      if (content.ended) return only(t.lead.row.delegate_end(shown_name(content.name)));
      return only(t.lead.row.delegate(shown_name(content.name), names(content.names)));
    case 'release':
      return only((content.own ? t.lead.row.released : t.lead.row.missed)(shown_name(content.name)));
    case 'proposal':
      return only(t.lead.row.proposal(step_name(content.step, organisation, t)), content.text);
    case 'decision': {
      const answer = t.lead.question.choices[content.choice].title;
      return only(t.lead.row.decision(step_name(content.step, organisation, t), answer), content.text);
    }
    case 'retraction':
      return only(t.lead.row.retraction(step_name(content.step, organisation, t)));
    case 'summary':
      return only(t.lead.row.summary, content.text);
    case 'unconsented':
      return only(t.lead.row.unconsented, content.text);
    case 'identity_opened':
      return only(t.lead.row.identity_opened);
    case 'assessment':
    case 'sensitive':
    case 'consultation':
      return only(t.lead.row[content.kind], content.text);
    case 'triage':
      return only(t.lead.row.triage(t.lead.row.ruling[content.ruling]), content.text, content.reason);
    case 'stay':
      return only(content.ended ? t.lead.row.stay_ended : t.lead.row.stay, content.text);
    case 'files':
      return only(t.case.row.files, ...content.files.map(({ name }) => name));
    case 'purged':
      return only(t.case.row.purged(content.days));
    case 'unknown':
      return only(t.case.row.unknown);
  }
}
