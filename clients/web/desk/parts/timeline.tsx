// What happened in a case, oldest first. Internal notes stand elsewhere; they are no part of the conversation.
import { choiceName, Compartment, Milestone, milestoneName, PayloadState, ReleaseCause } from '../../generated/rules.ts';
import type { OpenedEntry } from '../../core/case_log.ts';
import { equal } from '../../core/crypto/bytes.ts';
import { is_renewal } from '../../page/renewal.ts';
import { format_day, shown_name } from '../../page/words/format.ts';
import { use_case } from '../app_context.ts';
import { CaseFiles } from './case_files.tsx';
import { kind_word, part_words, people_words, state_word, step_word } from './names.ts';
import { Written } from './written.tsx';

function EventContent({ row }: { row: OpenedEntry }) {
  const { app, t } = use_case();
  const { directory } = app.session;
  const { event } = row;
  const { fields } = row.entry.header;
  const part = fields.kind === 'event' ? fields.compartment : Compartment.talk;
  if (event && part === Compartment.identity) return <p>{t.row.report(part_words([part], t))}</p>;
  switch (event?.kind) {
    case undefined:
      return <p class="hint">{t.row.sealed}</p>;
    case 'opening':
      return <p>{t.row.opening(kind_word(event.caseKind, t))}</p>;
    case 'report':
      return <p>{t.row.report(part_words([part], t))}</p>;
    case 'message':
      return <Written text={event.text} />;
    case 'check_in':
      return (
        <>
          <p>{t.row.check_in}</p>
          {event.text !== '' && <Written text={event.text} />}
        </>
      );
    case 'status':
      return (
        <>
          <p>{t.row.status(state_word(event.state, t))}</p>
          {event.text !== '' && <Written text={event.text} />}
        </>
      );
    case 'outcome':
      return (
        <>
          <h3>{t.row.outcome}</h3>
          <Written text={event.text} />
          <h3>{t.row.reason}</h3>
          <Written text={event.reason} />
        </>
      );
    case 'proposal':
      return (
        <>
          <p>
            {t.row.proposal(row.entry.header.seq)}
            {event.step !== '' && `: ${step_word(event.step, directory, t)}`}
          </p>
          {event.text !== '' && <Written text={event.text} />}
        </>
      );
    case 'decision': {
      const choice = t.choice[choiceName(event.choice) as keyof typeof t.choice] ?? t.kind.unknown;
      return (
        <>
          <p>{t.row.decision(event.proposalSeq, choice)}</p>
          {event.text !== '' && <Written text={event.text} />}
        </>
      );
    }
    case 'retraction':
      return <p>{t.row.retraction(event.proposalSeq)}</p>;
    case 'summary':
      return <p>{t.row.summary}</p>;
    case 'unconsented':
      return (
        <>
          <p>{t.row.unconsented}</p>
          <Written text={event.text} />
        </>
      );
    case 'identity_opened':
      return <p>{t.row.identity_opened}</p>;
    case 'attachment':
      return (
        <>
          <p>{t.row.files}</p>
          <CaseFiles seq={row.entry.header.seq} />
        </>
      );
    case 'assessment':
      return <p>{t.row.assessment}</p>;
    case 'triage':
      return <p>{t.row.triage}</p>;
    case 'consultation':
      return <p>{t.row.consultation}</p>;
    case 'sensitive':
      return <p>{t.row.sensitive}</p>;
    case 'stay':
      return (
        <>
          <p>{event.ended ? t.row.stay_ended : t.row.stay}</p>
          {event.text !== '' && <Written text={event.text} />}
        </>
      );
    case 'note':
      return <p>{t.row.note}</p>;
    case 'unknown':
      return <p>{t.row.unknown}</p>;
  }
}

function Content({ row }: { row: OpenedEntry }) {
  const { app, open, t } = use_case();
  const { directory } = app.session;
  const { fields } = row.entry.header;
  switch (fields.kind) {
    case 'open':
      return <p>{t.row.open}</p>;
    case 'event':
      return <EventContent row={row} />;
    case 'grant': {
      const names = people_words(fields.members.map(({ memberId }) => memberId), directory, t);
      if (is_renewal(open.fetched.opened, row.entry.header.seq, directory)) return <p>{t.row.grant_keys}</p>;
      return <p>{fields.dormant ? t.row.dormant(names) : t.row.grant(names)}</p>;
    }
    case 'revoke':
      return <p>{t.row.revoke(people_words(fields.memberIds, directory, t))}</p>;
    case 'delegate':
      return <p>{fields.ended ? t.row.delegate_ended : t.row.delegate}</p>;
    case 'release':
      if (fields.cause === ReleaseCause.deadline) return <p>{t.row.release_deadline}</p>;
      return <p>{fields.cause === ReleaseCause.recused ? t.row.recused : t.row.release}</p>;
    case 'withdraw':
      return <p>{t.row.withdraw}</p>;
    case 'purge':
      return <p>{t.row.purge}</p>;
    default:
      return <p>{t.row.unknown}</p>;
  }
}

const is_note = ({ entry: { header: { fields } } }: OpenedEntry): boolean =>
  fields.kind === 'event' && fields.compartment === Compartment.notes;
const is_sealed = ({ entry: { header: { fields } }, event }: OpenedEntry): boolean =>
  fields.kind === 'event' && event === undefined;
const is_said = ({ event }: OpenedEntry): boolean => event?.kind === 'message' || event?.kind === 'outcome';

// One more line of the same person on the same day needs no name and day again.
function goes_on(row: OpenedEntry, before: OpenedEntry | undefined): boolean {
  if (!before || is_said(row) || is_said(before) || is_sealed(before)) return false;
  const [now, then] = [row.entry.header, before.entry.header];
  const marked = now.fields.kind === 'event' && (now.fields.urgent || now.fields.milestone !== Milestone.none);
  return !marked && now.day === then.day && equal(now.author, then.author);
}

function By({ row, mine }: { row: OpenedEntry; mine: boolean }) {
  const { t } = use_case();
  const { day, fields } = row.entry.header;
  const by = mine ? t.common.you : row.byOwner ? t.common.reporter : shown_name(row.author);
  const milestone = fields.kind === 'event' ? milestoneName(fields.milestone) : 'none';
  return (
    <p class="row-by">
      <span translate={false}>{by}</span> · {format_day(day, t)}
      {fields.kind === 'event' && fields.urgent && <strong class="tag tag-urgent">{t.row.urgent}</strong>}
      {milestone !== 'none' && (
        <span class="tag">{t.row.milestone[milestone as keyof typeof t.row.milestone] ?? ''}</span>
      )}
    </p>
  );
}

const is_gone = (row: OpenedEntry): boolean => is_sealed(row) && row.payloadState === PayloadState.destroyed;

// What this reader may not read stands there as how much it is, in one line; what was destroyed as that.
function Sealed({ count, gone }: { count: number; gone: boolean }) {
  const { t } = use_case();
  return (
    <li class="row">
      <p class="hint">{gone ? t.case.destroyed : t.row.sealed_some(count)}</p>
    </li>
  );
}

export function Timeline() {
  const { app, open, t } = use_case();
  const me = app.session.member.signingKey.publicKey;
  const rows = open.fetched.opened.entries.filter((row) => !is_note(row));
  return (
    <ol class="timeline">
      {rows.map((row, place) => {
        const before = rows[place - 1];
        if (is_sealed(row)) {
          const gone = is_gone(row);
          const is_like_it = (other: OpenedEntry): boolean => is_sealed(other) && is_gone(other) === gone;
          if (before && is_like_it(before)) return null;
          const end = rows.findIndex((other, at) => at > place && !is_like_it(other));
          return <Sealed key={row.entry.header.seq} count={(end < 0 ? rows.length : end) - place} gone={gone} />;
        }
        const mine = equal(row.entry.header.author, me);
        const said = `row said ${mine ? 'said-mine' : 'said-theirs'}`;
        const shape = !row.counts ? 'row row-void' : is_said(row) ? said : 'row';
        return (
          <li key={row.entry.header.seq} class={shape} data-seq={row.entry.header.seq}>
            {!goes_on(row, before) && <By row={row} mine={mine} />}
            <Content row={row} />
            {!row.counts && <p class="warn">{t.row.void}</p>}
          </li>
        );
      })}
    </ol>
  );
}
