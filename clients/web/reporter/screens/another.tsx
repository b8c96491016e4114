// Another adviser: what is possible today, and what is not yet.
import { format_list, shown_name } from '../../page/words/format.ts';
import { use_app } from '../app_context.ts';
import { kEmptyDraft } from '../draft.ts';
import { Page } from '../parts/page.tsx';

export function Another() {
  const { app, state, t } = use_app();
  const names = (state.view?.access ?? []).filter((row) => !row.dormant).map((row) => row.name);
  const start_again = (): void => {
    const present = state.organisation?.advisers.filter((person) => names.includes(person.name)) ?? [];
    app.forget();
    app.write({ ...kEmptyDraft, excluded: present.map((person) => person.id) });
    app.go('welcome');
  };
  const ask = (): void => {
    app.set({ message: t.another.ask_default });
    app.back();
  };
  return (
    <Page title={t.another.title} intro={t.another.no_reason} back>
      <p class="strip warn">{t.another.limit(format_list(names.map(shown_name), t))}</p>
      <section class="panel">
        <h2>{t.another.fresh}</h2>
        <p>
          {t.another.fresh_text} {t.another.fresh_link}
        </p>
        <button type="button" class="button" id="start-again" onClick={start_again}>
          {t.another.fresh}
        </button>
      </section>
      <section class="panel">
        <h2>{t.another.ask}</h2>
        <p>{t.another.ask_text}</p>
        <button type="button" class="button button-quiet" id="ask" onClick={ask}>
          {t.another.ask}
        </button>
      </section>
    </Page>
  );
}
