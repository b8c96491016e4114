// What happened in a case, oldest first. People's own words each find their own direction.
import { format_day, format_list, shown_name } from '../../page/words/format.ts';
import { use_app } from '../app_context.ts';
import type { CaseView, TimelineRow } from '../session.ts';
import { CaseFiles } from './case_files.tsx';

function Written({ text }: { text: string }) {
  return (
    <p class="written" dir="auto" translate={false}>
      {text}
    </p>
  );
}

function OwnReport({ title, text }: { title: string; text: string }) {
  const { t } = use_app();
  return (
    <>
      <p>{title}</p>
      <details>
        <summary>{t.case.row.read}</summary>
        <Written text={text} />
      </details>
    </>
  );
}

function Content({ row }: { row: TimelineRow }) {
  const { t } = use_app();
  const content = row.content;
  switch (content.kind) {
    case 'open':
      return <p>{t.case.row.open}</p>;
    case 'opening':
      return (
        <p>
          {t.case.row.opening(t.welcome.door[content.case_kind].title)}{' '}
          {content.wants.length > 0 &&
            t.case.row.wants(format_list(content.wants.map((want) => t.want[want].title), t))}
        </p>
      );
    case 'report': {
      const own =
        content.compartment === 'people' || content.compartment === 'identity'
          ? content.compartment
          : 'story';
      return <OwnReport title={t.case.row[own]} text={content.text} />;
    }
    case 'message':
      return <Written text={content.text} />;
    case 'status':
      return (
        <>
          <p>{t.case.row.status(t.case.state[content.state])}</p>
          {content.text !== '' && <Written text={content.text} />}
        </>
      );
    case 'outcome':
      return (
        <>
          <h3>{t.case.row.outcome}</h3>
          <Written text={content.text} />
          <h3>{t.case.row.reason}</h3>
          <Written text={content.reason} />
        </>
      );
    case 'grant': {
      const names = format_list(content.names.map(shown_name), t);
      return <p>{content.dormant ? t.case.row.dormant(names) : t.case.row.grant(names)}</p>;
    }
    case 'files':
      return (
        <>
          <p>{t.case.row.files}</p>
          <CaseFiles files={content.files} />
        </>
      );
    case 'unknown':
      return <p>{t.case.row.unknown}</p>;
  }
}

function shape_of(row: TimelineRow): string {
  const said = row.content.kind === 'message' || row.content.kind === 'outcome';
  if (!row.counts) return 'row row-void';
  if (!said) return 'row';
  return row.mine ? 'row said said-mine' : 'row said said-theirs';
}

// One more line of the same person on the same day needs no name and day again.
function goes_on(row: TimelineRow, before: TimelineRow | undefined): boolean {
  const plain = row.content.kind !== 'message' && row.content.kind !== 'outcome';
  return plain && before?.day === row.day && before.mine === row.mine && before.author === row.author;
}

export function Timeline({ view }: { view: CaseView }) {
  const { t } = use_app();
  const last_mine = view.rows.findLast((row) => row.mine)?.seq ?? -1;
  const fresh_from = view.rows.find((row) => row.seq > last_mine)?.seq;
  return (
    <section aria-labelledby="talk">
      <h2 id="talk">{t.case.talk}</h2>
      <ol class="timeline">
        {view.rows.map((row, place) => (
          <li key={row.seq} class={shape_of(row)}>
            {row.seq === fresh_from && (
              <p class="fresh" id="fresh" tabIndex={-1}>
                {t.case.fresh}
              </p>
            )}
            {!goes_on(row, view.rows[place - 1]) && (
              <p class="row-by">
                {t.case.row.by(row.mine ? t.common.you : shown_name(row.author), format_day(row.day, t))}
                {row.content.kind === 'message' && row.content.urgent && (
                  <strong class="state state-urgent">{t.case.urgent}</strong>
                )}
              </p>
            )}
            <Content row={row} />
            {!row.counts && <p class="warn">{t.case.row.void}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}
