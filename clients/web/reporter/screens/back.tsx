// Coming back with the eight words.
import { useState } from 'preact/hooks';
import { use_app } from '../app_context.ts';
import { Errors, type FieldError } from '../../page/parts/errors.tsx';
import { Page } from '../parts/page.tsx';
import { kPhraseWords, PhraseField, use_phrase } from '../parts/phrase_field.tsx';
import { WorkStrip } from '../parts/work_strip.tsx';

export function Back() {
  const { app, state, t } = use_app();
  const [errors, set_errors] = useState<readonly FieldError[]>([]);
  const phrase = use_phrase(() => set_errors([]));
  const field = 'phrase';
  const going = state.opening.status === 'going';

  const open = (): void => {
    const words = phrase.look();
    const found: FieldError[] = [];
    if (words.length === 0) found.push({ field, text: t.back.empty });
    words.forEach((word, place) => {
      if (word.word === null) found.push({ field, text: t.back.unknown(word.typed, place + 1) });
    });
    if (found.length === 0 && words.length !== kPhraseWords)
      found.push({ field, text: t.back.count(words.length) });
    set_errors(found);
    if (found.length === 0) app.open(words.map((word) => word.word!));
  };
  const nothing = state.opening.status === 'failed' && state.opening.error === 'refused';

  return (
    <Page title={t.back.title} back>
      <Errors errors={errors} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          open();
        }}
      >
        <PhraseField id={field} label={t.back.label} phrase={phrase} autocomplete="current-password" />
        {nothing ? (
          <div class="strip strip-failed" role="alert">
            <h2>{t.back.nothing_title}</h2>
            <p>
              {t.back.nothing_typo} {t.back.nothing_gone}
            </p>
            <p>{t.back.nothing_which}</p>
          </div>
        ) : (
          <WorkStrip work={state.opening} retry={open} />
        )}
        <button type="submit" class="button" id="open" aria-disabled={going}>
          {going ? t.back.opening : t.back.open}
        </button>
      </form>
      <section class="panel">
        <h2>{t.back.lost}</h2>
        <p>{t.back.lost_text}</p>
        <button
          type="button"
          class="link"
          onClick={() => {
            app.write({ continues: true });
            app.begin('report');
          }}
        >
          {t.back.lost_start}
        </button>
      </section>
    </Page>
  );
}
