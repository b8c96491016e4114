// What the reporter told, part by part; who they are only after it was asked for.
import { Compartment, PayloadState } from '../../generated/rules.ts';
import type { OpenedEntry } from '../../core/case_log.ts';
import { format_day } from '../../page/words/format.ts';
import { use_case } from '../app_context.ts';
import { person_word } from './names.ts';
import { WorkLine } from './work_line.tsx';
import { Written } from './written.tsx';

function entries_in(entries: readonly OpenedEntry[], compartment: Compartment): readonly OpenedEntry[] {
  return entries.filter(({ entry: { header: { fields } }, counts }) =>
    counts && fields.kind === 'event' && fields.compartment === compartment);
}

const is_gone = (entries: readonly OpenedEntry[]): boolean =>
  entries.some(({ payloadState }) => payloadState === PayloadState.destroyed);

function Texts({ entries }: { entries: readonly OpenedEntry[] }) {
  const { t } = use_case();
  return (
    <>
      {entries.map(({ entry, event, payloadState }) => {
        const { seq, day } = entry.header;
        if (payloadState === PayloadState.destroyed) return <p key={seq}>{t.case.destroyed}</p>;
        if (event?.kind !== 'report' && event?.kind !== 'summary') return null;
        const answers = event.kind === 'report' ? event.answers : [];
        return (
          <div key={seq}>
            {entries.length > 1 && <p class="row-by">{format_day(day, t)}</p>}
            <Written text={event.text} />
            {answers.map(({ prompt, text }) => (
              <Written key={prompt} text={text} />
            ))}
          </div>
        );
      })}
    </>
  );
}

function Part({ title, id, compartment, nothing }: { title: string; id: string; compartment: Compartment; nothing: string }) {
  const { open } = use_case();
  const entries = entries_in(open.fetched.opened.entries, compartment);
  const readable = is_gone(entries) || entries.some(({ event }) => event !== undefined);
  if (entries.length === 0 && compartment === Compartment.people) return null;
  return (
    <section aria-labelledby={id} id={`part-${id}`}>
      <h2 id={id}>{title}</h2>
      {readable ? <Texts entries={entries} /> : <p class="hint">{nothing}</p>}
    </section>
  );
}

function Identity() {
  const { app, cases, open, t } = use_case();
  const entries = entries_in(open.fetched.opened.entries, Compartment.identity);
  const readable = entries.some(({ event }) => event !== undefined);
  const { identityOpened } = open.state;
  return (
    <section aria-labelledby="identity" id="part-identity">
      <h2 id="identity">{t.case.identity}</h2>
      {entries.length === 0 && <p class="hint">{t.case.identity_none}</p>}
      {entries.length > 0 && !readable && (
        <p class="hint">{is_gone(entries) ? t.case.destroyed : t.case.identity_not_yours}</p>
      )}
      {readable && open.identity_shown && <Texts entries={entries} />}
      {readable && !open.identity_shown && (
        <>
          <p class="hint">{t.case.identity_warning}</p>
          <WorkLine name="identity" />
          <button type="button" class="button button-quiet" id="open-identity" onClick={() => void cases.open_identity()}>
            {t.case.identity_open}
          </button>
        </>
      )}
      {identityOpened.map(({ seq, day, author }) => (
        <p class="hint" key={seq}>
          {t.case.identity_record(person_word(author, app.session.directory, t), format_day(day, t))}
        </p>
      ))}
    </section>
  );
}

// The summary first for whom it was written.
export function Told() {
  const { rights, t } = use_case();
  const summary = <Part title={t.case.summary} id="summary-told" compartment={Compartment.summary} nothing={t.case.no_summary} />;
  return (
    <>
      {!rights.talks() && summary}
      <Part title={t.case.story} id="story" compartment={Compartment.story} nothing={t.case.not_shared} />
      <Part title={t.case.people} id="people" compartment={Compartment.people} nothing={t.case.not_shared} />
      {rights.talks() && summary}
      <Identity />
    </>
  );
}
