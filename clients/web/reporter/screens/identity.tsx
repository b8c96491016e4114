import { shown_name } from '../../page/words/format.ts';
import { use_app } from '../app_context.ts';
import { Page } from '../parts/page.tsx';
import { Writing } from '../../page/parts/writing.tsx';

export function Identity() {
  const { app, state, t } = use_app();
  const { draft, organisation } = state;
  const adviser = organisation?.advisers.find((person) => person.id === draft.adviser);
  return (
    <Page title={t.identity.title} intro={t.identity.hint(shown_name(adviser?.name ?? ''))} back>
      <Writing
        id="identity"
        label={t.identity.label}
        hint={t.identity.warning}
        lines={3}
        value={draft.identity}
        on_input={(identity) => app.write({ identity })}
      />
      <button type="button" class="button" id="next" onClick={() => app.back()}>
        {t.common.next}
      </button>
    </Page>
  );
}
