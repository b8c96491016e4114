// Somebody new, or a committee without those left out: what they read, and until when.
import { Choice } from '../../page/parts/choice.tsx';
import type { FieldError } from '../../page/parts/errors.tsx';
import { date_of, shown_name } from '../../page/words/format.ts';
import { use_app } from '../app_context.ts';
import { chosen_people, committee_of, Members, PeopleSelect, usual_parts } from '../parts/people.tsx';
import { moving, StepPage } from '../parts/step.tsx';
import { day_of, half_a_day, Until, What } from '../parts/what_and_until.tsx';

export function LetIn() {
  const { app, state, t } = use_app();
  const { view, organisation } = state;
  if (!view || !organisation) return null;
  const { who, left_out, parts, until, stand_in } = app.acting.form;
  const lead = view.access.find(({ holder, dormant }) => holder && !dormant);
  const chosen = organisation.people.find(({ id }) => id === who);
  const may_stand_in = lead !== undefined && chosen?.seat === 'adviser' && chosen.id !== lead.id;
  const stands_in_for = may_stand_in && stand_in ? lead.id : null;
  const people = chosen_people(who, left_out, organisation);
  const check = (): FieldError[] => {
    const errors: FieldError[] = [];
    if (people.length === 0) errors.push({ field: 'who', text: t.lead.let_in.nobody });
    else if (parts.length === 0) errors.push({ field: 'parts', text: t.lead.let_in.nothing });
    if (half_a_day()) errors.push({ field: 'until', text: t.lead.delegate.no_day });
    if (until !== '' && until < date_of(view.today)) errors.push({ field: 'until', text: t.lead.let_in.past });
    return errors;
  };
  return (
    <StepPage
      title={t.lead.let_in.title}
      send={t.lead.let_in.send}
      check={check}
      take={moving(app, () => ({ kind: 'let_in', people, parts, last_day: day_of(until), stands_in_for }))}
    >
      <PeopleSelect
        id="who"
        label={t.lead.let_in.who}
        value={who}
        offered={() => true}
        committees
        on_change={(value) => app.acting.write({ who: value, left_out: [], parts: usual_parts(value) })}
      />
      <Members
        members={committee_of(who, organisation)}
        left_out={left_out}
        on_change={(out) => app.acting.write({ left_out: out })}
      />
      {may_stand_in && (
        <Choice
          type="checkbox"
          name="stand-in"
          id="stand-in"
          checked={stand_in}
          title={t.lead.let_in.stand_in(shown_name(lead.name))}
          line={t.stand_in.warning}
          on_change={(chosen) => app.acting.write({ stand_in: chosen })}
        />
      )}
      {who !== '' && (
        <>
          <What legend={t.lead.let_in.what} parts={parts} on_change={(some) => app.acting.write({ parts: some })} />
          <Until
            label={t.lead.let_in.until}
            hint={t.lead.let_in.until_hint}
            value={until}
            on_input={(date) => app.acting.write({ until: date })}
          />
        </>
      )}
      <p class="strip">{t.lead.let_in.warning}</p>
    </StepPage>
  );
}
