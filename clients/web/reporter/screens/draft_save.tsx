// A draft on the device, only because the reporter asks: a file, sealed under words of its own.
import { useState } from 'preact/hooks';
import { use_app } from '../app_context.ts';
import { Page } from '../parts/page.tsx';
import { PhraseTools } from '../parts/phrase_tools.tsx';
import { PhraseWords } from '../parts/phrase_words.tsx';
import { save_file } from '../parts/save_file.ts';

export function DraftSave() {
  const { app, t } = use_app();
  const [saved, set_saved] = useState(false);
  const words = app.draft_words();
  const save = (): void => {
    save_file(t.draft.file_name, app.seal_draft(words));
    set_saved(true);
    app.announce(t.draft.saved);
  };
  return (
    <Page title={t.draft.save_title} intro={t.draft.save_text} back>
      <p class="strip warn">
        {t.draft.save_words} {t.draft.save_seen}
      </p>
      <PhraseWords words={words} />
      <PhraseTools words={words} />
      <button type="button" class="button" id="save" onClick={save}>
        {t.draft.save_do}
      </button>
      {saved && (
        <p class="strip strip-done" role="status">
          {t.draft.saved}
        </p>
      )}
    </Page>
  );
}
