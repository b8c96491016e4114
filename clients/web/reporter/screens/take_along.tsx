// The reporter's own copy: to read without us, and to have checked.
import { useState } from 'preact/hooks';
import { use_app } from '../app_context.ts';
import { own_text } from '../own_text.ts';
import { Page } from '../parts/page.tsx';
import { save_file } from '../parts/save_file.ts';

export function TakeAlong() {
  const { app, state, t } = use_app();
  const [saved, set_saved] = useState(false);
  const { view, organisation } = state;
  if (!view) return null;
  const save = (name: string, content: string): void => {
    save_file(name, content);
    set_saved(true);
    app.announce(t.lead.take_along.saved);
  };
  const texts = [view, ...(state.lead.complaint ? [state.lead.complaint] : [])].map((one) => own_text(one, organisation, t));
  const has_files = view.rows.some(({ content }) => content.kind === 'files');
  return (
    <Page title={t.lead.take_along.title} intro={t.lead.take_along.intro} back>
      <p class="strip warn">{t.lead.take_along.warning}</p>
      <div class="keeping">
        <button
          type="button"
          class="button"
          id="save-read"
          onClick={() => save(t.lead.take_along.file_read, texts.join('\n\n'))}
        >
          {t.lead.take_along.read}
        </button>
        <p>{t.lead.take_along.read_text}</p>
        <button
          type="button"
          class="button button-quiet"
          id="save-check"
          onClick={() => save(t.lead.take_along.file_check, app.copy())}
        >
          {t.lead.take_along.check}
        </button>
        <p>{t.lead.take_along.check_text}</p>
      </div>
      {has_files && <p class="hint">{t.lead.take_along.files}</p>}
      {saved && (
        <p class="strip strip-done" role="status">
          {t.lead.take_along.saved}
        </p>
      )}
    </Page>
  );
}
