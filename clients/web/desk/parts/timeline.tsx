// What happened in a case, oldest first. Internal notes stand elsewhere; they are no part of the conversation.
import { Compartment, milestoneName, ReleaseCause, choiceName } from '../../generated/rules.ts';
import type { OpenedEntry } from '../../core/case_log.ts';
import { equal } from '../../core/crypto/bytes.ts';
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
    case 'note':
      return <p>{t.row.note}</p>;
    case 'unknown':
      return <p>{t.row.unknown}</p>;
  }
}

function Content({ row }: { row: OpenedEntry }) {
  const { app, t } = use_case();
  const { directory } = app.session;
  const { fields } = row.entry.header;
  switch (fields.kind) {
    case 'open':
      return <p>{t.row.open}</p>;
    case 'event':
      return <EventContent row={row} />;
    case 'grant': {
      const names = people_words(fields.members.map(({ memberId }) => memberId), directory, t);
      if (fields.starts.length > 0) return <p>{t.row.grant_keys}</p>;
      return <p>{fields.dormant ? t.row.dormant(names) : t.row.grant(names)}</p>;
    }
    case 'revoke':
      return <p>{t.row.revoke(people_words(fields.memberIds, directory, t))}</p>;
    case 'delegate':
      return <p>{fields.ended ? t.row.delegate_ended : t.row.delegate}</p>;
    case 'release':
      return <p>{fields.cause === ReleaseCause.deadline ? t.row.release_deadline : t.row.release}</p>;
    case 'withdraw':
      return <p>{t.row.withdraw}</p>;
    default:
      return <p>{t.row.unknown}</p>;
  }
}

const is_note = ({ entry: { header: { fields } } }: OpenedEntry): boolean =>
  fields.kind === 'event' && fields.compartment === Compartment.notes;

export function Timeline() {
  const { app, open, t } = use_case();
  const { opened } = open.fetched;
  const me = app.session.member.signingKey.publicKey;
  return (
    <ol class="timeline">
      {opened.entries.filter((row) => !is_note(row)).map((row) => {
        const { seq, day, author, fields } = row.entry.header;
        const mine = equal(author, me);
        const said = row.event?.kind === 'message' || row.event?.kind === 'outcome';
        const by = mine ? t.common.you : row.author === 'reporter' ? t.common.reporter : shown_name(row.author);
        const milestone = fields.kind === 'event' ? milestoneName(fields.milestone) : 'none';
        const shape = !row.counts ? 'row row-void' : said ? `row said ${mine ? 'said-mine' : 'said-theirs'}` : 'row';
        return (
          <li key={seq} class={shape} data-seq={seq}>
            <p class="row-by">
              <span translate={false}>{by}</span> · {format_day(day, t)}
              {fields.kind === 'event' && fields.urgent && <strong class="tag tag-urgent">{t.row.urgent}</strong>}
              {milestone !== 'none' && (
                <span class="tag">{t.row.milestone[milestone as keyof typeof t.row.milestone] ?? ''}</span>
              )}
            </p>
            <Content row={row} />
            {!row.counts && <p class="warn">{t.row.void}</p>}
          </li>
        );
      })}
    </ol>
  );
}
