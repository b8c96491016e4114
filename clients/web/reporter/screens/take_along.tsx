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
  const has_files = view.rows.some(({ content }) => content.kind === 'files');
  return (
    <Page title={t.lead.take_along.title} intro={t.lead.take_along.intro} back>
      <p class="strip warn">{t.lead.take_along.warning}</p>
      <dl class="points">
        <dt>
          <button
            type="button"
            class="button"
            id="save-read"
            onClick={() => save(t.lead.take_along.file_read, own_text(view, organisation, t))}
          >
            {t.lead.take_along.read}
          </button>
        </dt>
        <dd>{t.lead.take_along.read_text}</dd>
        <dt>
          <button
            type="button"
            class="button button-quiet"
            id="save-check"
            onClick={() => save(t.lead.take_along.file_check, app.copy())}
          >
            {t.lead.take_along.check}
          </button>
        </dt>
        <dd>{t.lead.take_along.check_text}</dd>
      </dl>
      {has_files && <p class="hint">{t.lead.take_along.files}</p>}
      {saved && (
        <p class="strip strip-done" role="status">
          {t.lead.take_along.saved}
        </p>
      )}
    </Page>
  );
}
