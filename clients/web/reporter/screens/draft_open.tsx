import { useState } from 'preact/hooks';
import { use_app } from '../app_context.ts';
import { Errors, type FieldError } from '../../page/parts/errors.tsx';
import { is_started } from '../draft.ts';
import { Page } from '../parts/page.tsx';
import { PhraseField, use_phrase } from '../parts/phrase_field.tsx';

const kDraftBytesMax = 10_000_000; // whatever else was chosen is not read to its end

export function DraftOpen() {
  const { app, state, t } = use_app();
  const [file, set_file] = useState<File | null>(null);
  const [errors, set_errors] = useState<readonly FieldError[]>([]);
  const phrase = use_phrase(() => set_errors([]));
  const wrong = (field: string, text: string): void => set_errors([{ field, text }]);

  const open = async (): Promise<void> => {
    if (!file) return wrong('file', t.draft.open_no_file);
    const words = phrase.look();
    const unknown = words.findIndex((word) => word.word === null);
    if (unknown >= 0) return wrong('words', t.back.unknown(words[unknown]!.typed, unknown + 1));
    try {
      const bytes = new Uint8Array(await file.slice(0, kDraftBytesMax).arrayBuffer());
      if (app.state.screen === 'draft_open') app.open_draft(bytes, words.map((word) => word.word!));
    } catch {
      wrong('words', t.draft.open_wrong);
    }
  };
  return (
    <Page title={t.draft.open_title} back>
      <Errors errors={errors} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void open();
        }}
      >
        <div class="field">
          <label for="file">{t.draft.open_file}</label>
          <input
            type="file"
            id="file"
            autocomplete="off"
            onChange={(event) => set_file(event.currentTarget.files?.[0] ?? null)}
          />
        </div>
        <PhraseField id="words" label={t.draft.open_words} phrase={phrase} autocomplete="off" />
        {is_started(state.draft) && <p class="strip warn">{t.draft.open_over}</p>}
        <button type="submit" class="button" id="open">
          {t.draft.open_do}
        </button>
      </form>
    </Page>
  );
}
