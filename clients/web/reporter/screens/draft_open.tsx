import { useState } from 'preact/hooks';
import { use_app } from '../app_context.ts';
import { Errors, type FieldError } from '../../page/parts/errors.tsx';
import { Page } from '../parts/page.tsx';
import { PhraseField, WordTrouble } from '../parts/phrase_field.tsx';
import type { TypedWord } from '../session.ts';

export function DraftOpen() {
  const { app, t } = use_app();
  const [file, set_file] = useState<File | null>(null);
  const [typed, set_typed] = useState('');
  const [read, set_read] = useState<readonly TypedWord[]>([]);
  const [errors, set_errors] = useState<readonly FieldError[]>([]);
  const wrong = (field: string, text: string): void => set_errors([{ field, text }]);

  const open = async (): Promise<void> => {
    if (!file) return wrong('file', t.draft.open_no_file);
    const words = app.read_words(typed);
    set_read(words);
    const unknown = words.findIndex((word) => word.word === null);
    if (unknown >= 0) return wrong('words', t.back.unknown(words[unknown]!.typed, unknown + 1));
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      if (app.state.screen === 'draft_open') app.open_draft(bytes, words.map((word) => word.word!));
    } catch {
      wrong('words', t.draft.open_wrong);
    }
  };
  const replace = (place: number, word: string): void => {
    const words = read.map((one, at) => (at === place ? word : one.typed)).join(' ');
    set_typed(words);
    set_read(app.read_words(words));
    set_errors([]);
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
            onChange={(event) => set_file(event.currentTarget.files?.[0] ?? null)}
          />
        </div>
        <PhraseField id="words" label={t.draft.open_words} value={typed} autocomplete="off" on_input={set_typed} />
        <WordTrouble words={read} replace={replace} />
        <button type="submit" class="button" id="open">
          {t.draft.open_do}
        </button>
      </form>
    </Page>
  );
}
