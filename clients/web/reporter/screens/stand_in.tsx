import { shown_name } from '../../page/words/format.ts';
import { use_app } from '../app_context.ts';
import { stand_ins } from '../draft.ts';
import { Choice } from '../../page/parts/choice.tsx';
import { Page } from '../parts/page.tsx';
import { PersonLines } from '../parts/person.tsx';
import { Waiting } from '../parts/waiting.tsx';

export function StandIn() {
  const { app, state, t } = use_app();
  const { draft, organisation } = state;
  if (!organisation) return <Waiting title={t.stand_in.title} />;
  const adviser = organisation.advisers.find((person) => person.id === draft.adviser);
  const name = shown_name(adviser?.name ?? '');
  return (
    <Page title={t.stand_in.title} intro={t.stand_in.hint(name)} back>
      <fieldset class="choices">
        <legend class="unseen">{t.stand_in.title}</legend>
        <Choice
          type="radio"
          name="stand-in"
          checked={draft.stand_in === null}
          title={t.stand_in.nobody}
          line={t.stand_in.nobody_line}
          on_change={() => app.write({ stand_in: null })}
        />
        {stand_ins(draft, organisation).map((person) => (
          <Choice
            key={person.id}
            type="radio"
            name="stand-in"
            checked={draft.stand_in === person.id}
            title={shown_name(person.name)}
            on_change={() => app.write({ stand_in: person.id })}
          >
            <PersonLines person={person} />
          </Choice>
        ))}
      </fieldset>
      <p class="hint">{t.stand_in.warning}</p>
      <button type="button" class="button" id="next" onClick={() => app.next()}>
        {t.common.next}
      </button>
    </Page>
  );
}
