// An adviser may let others in without asking: whom, what of, until when.
import type { FieldError } from '../../page/parts/errors.tsx';
import { date_of } from '../../page/words/format.ts';
import { use_app } from '../app_context.ts';
import { chosen_people, committee_of, Members, PeopleSelect } from '../parts/people.tsx';
import { moving, StepPage } from '../parts/step.tsx';
import { day_of, Until, What } from '../parts/what_and_until.tsx';

export function Delegate() {
  const { app, state, t } = use_app();
  const { view, organisation } = state;
  if (!view || !organisation) return null;
  const inside = view.access.filter(({ dormant }) => !dormant).map(({ id }) => id);
  const { who, left_out, parts, until, by: chosen } = app.acting.form;
  const by = chosen !== '' ? chosen : (view.access.find(({ holder, dormant }) => holder && !dormant)?.id ?? '');
  const people = chosen_people(who, left_out, organisation).filter((id) => id !== by);
  const last_day = day_of(until);
  const check = (): FieldError[] => {
    const errors: FieldError[] = [];
    if (by === '') errors.push({ field: 'by', text: t.lead.delegate.no_by });
    if (people.length === 0) errors.push({ field: 'who', text: t.lead.let_in.nobody });
    if (parts.length === 0) errors.push({ field: 'parts', text: t.lead.let_in.nothing });
    if (last_day === null) errors.push({ field: 'until', text: t.lead.delegate.no_day });
    else if (until < date_of(view.today)) errors.push({ field: 'until', text: t.lead.let_in.past });
    return errors;
  };
  return (
    <StepPage
      title={t.lead.delegate.title}
      intro={t.lead.delegate.intro}
      send={t.lead.delegate.send}
      check={check}
      take={moving(app, () => ({ kind: 'delegate', to: by, people, parts, last_day: last_day! }))}
    >
      <PeopleSelect
        id="by"
        label={t.lead.delegate.by}
        value={by}
        offered={({ id }) => inside.includes(id)}
        on_change={(one) => app.acting.write({ by: one })}
      />
      <PeopleSelect
        id="who"
        label={t.lead.delegate.with}
        value={who}
        offered={({ id }) => id !== by}
        committees
        on_change={(value) => app.acting.write({ who: value, left_out: [] })}
      />
      <Members
        members={committee_of(who, organisation)}
        left_out={left_out}
        on_change={(out) => app.acting.write({ left_out: out })}
      />
      <What legend={t.lead.let_in.what} parts={parts} on_change={(some) => app.acting.write({ parts: some })} />
      <Until
        label={t.lead.let_in.until}
        value={until}
        on_input={(date) => app.acting.write({ until: date })}
      />
      <p class="strip">{t.lead.delegate.warning}</p>
    </StepPage>
  );
}
