// Internal notes, apart from the conversation and looking so.
import { Compartment } from '../../generated/rules.ts';
import { equal } from '../../core/crypto/bytes.ts';
import { format_day, shown_name } from '../../page/words/format.ts';
import { use_case } from '../app_context.ts';
import { Draft, use_draft } from './draft.tsx';
import { Form } from './form.tsx';
import { Written } from './written.tsx';

export function Notes() {
  const { app, cases, open, t } = use_case();
  const [text] = use_draft('note');
  const { opened } = open.fetched;
  const { member, today } = app.session;
  const holder = opened.access.holder(today);
  const may_write = holder !== undefined && equal(holder, member.memberId);
  const notes = opened.entries.filter(({ entry: { header: { fields } }, event }) =>
    event !== undefined && fields.kind === 'event' && fields.compartment === Compartment.notes);
  return (
    <section class="notes" aria-labelledby="notes">
      <h2 id="notes">{t.notes.title}</h2>
      <p class="hint">{t.notes.hint}</p>
      {notes.length === 0 && <p class="hint">{t.notes.empty}</p>}
      {notes.map(({ entry: { header: { seq, day } }, event, author }) => (
        <div key={seq} class="note">
          <p class="row-by">
            {shown_name(author)} · {format_day(day, t)}
          </p>
          <Written text={event?.kind === 'note' ? event.text : ''} />
        </div>
      ))}
      {may_write ? (
        <Form
          name="note"
          quiet
          submit={t.notes.save}
          check={() => (text.trim() === '' ? [{ field: 'note', text: t.say.empty }] : [])}
          send={() => void cases.note(text)}
          done={t.done.note}
        >
          <Draft name="note" label={t.notes.label} />
        </Form>
      ) : (
        <p class="hint">{t.notes.not_holder}</p>
      )}
    </section>
  );
}
