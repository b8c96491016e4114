// Who reads it: from any unit, without whom the reporter does not want.
import { useState } from 'preact/hooks';
import { language_name, shown_name } from '../../page/words/format.ts';
import { use_app } from '../app_context.ts';
import { candidates, type Draft } from '../draft.ts';
import { Choice, Choices } from '../../page/parts/choice.tsx';
import { Errors, type FieldError } from '../../page/parts/errors.tsx';
import { Page } from '../parts/page.tsx';
import { PersonLines } from '../parts/person.tsx';
import { Waiting } from '../parts/waiting.tsx';
import type { Person } from '../session.ts';

export function Adviser() {
  const { app, state, t } = use_app();
  const [errors, set_errors] = useState<readonly FieldError[]>([]);
  const [language, set_language] = useState('');
  const organisation = state.organisation;
  const { draft } = state;
  if (!organisation) return <Waiting title={t.adviser.title} />;

  const open = candidates(draft, organisation).filter((person) => !person.stand_in);
  const offered = open.filter((person) => language === '' || person.languages.includes(language));
  const spoken = [...new Set(open.flatMap((person) => person.languages))].sort();
  const units = organisation.units.filter((unit) =>
    organisation.advisers.some((person) => person.unit_id === unit.id && !person.stand_in),
  );
  const choose = (id: string | null): void =>
    app.write({ adviser: id, ...(draft.stand_in === id ? { stand_in: null } : {}) });
  const choose_for_me = (): void => {
    // Blind chance; nobody is favoured by the order of a list.
    const lot = crypto.getRandomValues(new Uint32Array(1))[0]!;
    const person = offered[lot % offered.length];
    if (!person) return;
    choose(person.id);
    app.announce(t.adviser.chosen_for_me(shown_name(person.name)));
  };
  // Who is left out reads nothing, and takes nothing over either.
  const leave_out = (change: Partial<Draft>): void => {
    const left = candidates({ ...draft, ...change }, organisation);
    const kept = (id: string | null): string | null => left.find((person) => person.id === id)?.id ?? null;
    app.write({ ...change, adviser: kept(draft.adviser), stand_in: kept(draft.stand_in) });
  };
  const exclude = (person: Person): void => leave_out({ excluded: [...draft.excluded, person.id] });
  const exclude_unit = (id: number, out: boolean): void =>
    leave_out({ excluded_units: [...draft.excluded_units.filter((one) => one !== id), ...(out ? [id] : [])] });
  const next = (): void => {
    if (draft.adviser !== null) return app.next();
    set_errors([offered.length > 0 ? { field: 'adviser-0', text: t.adviser.required } : { field: 'next', text: t.adviser.nobody_left }]);
  };

  return (
    <Page title={t.adviser.title} intro={t.adviser.hint} back>
      <Errors errors={errors} />
      {organisation.review_overdue && <p class="strip warn">{t.honest.review}</p>}
      {spoken.length > 1 && (
        <div class="field field-short">
          <label for="language">{t.common.languages}</label>
          <select
            id="language"
            autocomplete="off"
            value={language}
            onChange={(event) => set_language(event.currentTarget.value)}
          >
            <option value="">{t.adviser.any_language}</option>
            {spoken.map((code) => (
              <option key={code} value={code}>
                {language_name(code, t)}
              </option>
            ))}
          </select>
        </div>
      )}
      <fieldset class="choices">
        <legend class="unseen">{t.adviser.title}</legend>
        {offered.map((person, place) => (
          <div class="person" key={person.id}>
            <Choice
              type="radio"
              name="adviser"
              id={`adviser-${place}`}
              checked={draft.adviser === person.id}
              title={shown_name(person.name)}
              on_change={() => choose(person.id)}
            >
              <PersonLines person={person} />
            </Choice>
            <button
              type="button"
              class="link not-this"
              onClick={() => exclude(person)}
            >
              {t.adviser.not_this}
              <span class="unseen">: {shown_name(person.name)}</span>
            </button>
          </div>
        ))}
      </fieldset>
      {offered.length === 0 && <p class="strip warn">{t.adviser.nobody_left}</p>}
      <details class="panel" open={draft.excluded.length + draft.excluded_units.length > 0}>
        <summary>{t.adviser.hidden}</summary>
        <Choices legend={t.adviser.units} hint={t.adviser.hidden_text}>
          {units.map((unit) => (
            <Choice
              key={unit.id}
              type="checkbox"
              name="unit"
              checked={draft.excluded_units.includes(unit.id)}
              title={unit.name}
              on_change={(out) => exclude_unit(unit.id, out)}
            />
          ))}
        </Choices>
        {draft.excluded.length > 0 && (
          <div class="tool-row">
            {organisation.advisers
              .filter((person) => draft.excluded.includes(person.id))
              .map((person) => (
                <button
                  type="button"
                  class="button button-quiet"
                  key={person.id}
                  onClick={() => app.write({ excluded: draft.excluded.filter((id) => id !== person.id) })}
                >
                  {t.adviser.undo(shown_name(person.name))}
                </button>
              ))}
          </div>
        )}
      </details>
      <div class="actions">
        <button type="button" class="button" id="next" onClick={next}>
          {t.common.next}
        </button>
        {offered.length > 1 && (
          <button type="button" class="button button-quiet" id="choose-for-me" onClick={choose_for_me}>
            {t.adviser.choose_for_me}
          </button>
        )}
      </div>
    </Page>
  );
}
