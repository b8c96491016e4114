// Another adviser in one step: one out, another in. Or a new case, of which the present one hears nothing.
import type { FieldError } from '../../page/parts/errors.tsx';
import { Writing } from '../../page/parts/writing.tsx';
import { shown_name } from '../../page/words/format.ts';
import { use_app } from '../app_context.ts';
import { kEmptyDraft } from '../draft.ts';
import { Close } from '../parts/close.tsx';
import { PeopleSelect } from '../parts/people.tsx';
import { StandInsOut } from '../parts/stand_ins_out.tsx';
import { moving, StepPage } from '../parts/step.tsx';
import { Gone } from '../parts/waiting.tsx';
import type { Colleague } from '../session.ts';

export function Another() {
  const { app, state, t } = use_app();
  const live = (state.view?.access ?? []).filter((row) => !row.dormant);
  const { who: to, by: chosen, text } = app.acting.form;
  // Who goes: the lead adviser, unless another was chosen.
  const from = live.find(({ id }) => id === chosen) ?? live.find(({ holder }) => holder) ?? live[0];
  const inside = live.map(({ id }) => id);
  const name_of = (id: string): string =>
    shown_name(state.organisation?.people.find((person) => person.id === id)?.name ?? '');
  const start_again = (): void => {
    app.forget();
    app.write({ ...kEmptyDraft, excluded: inside });
    app.go('welcome');
  };
  const offered = ({ id, seat }: Colleague): boolean => seat === 'adviser' && !inside.includes(id);
  const check = (): FieldError[] => (to === '' ? [{ field: 'to', text: t.another.required }] : []);
  if (!from) return <Gone />;
  return (
    <StepPage
      title={t.another.title}
      intro={t.another.no_reason}
      send={t.another.send}
      check={check}
      take={moving(app, () => ({ kind: 'replace', from: from.id, to, text: text.trim() }))}
      after={
        <section class="panel">
          <h2>{t.another.fresh}</h2>
          <p>
            {t.another.fresh_text} {t.another.fresh_link}
          </p>
          {state.files.attaching.status !== 'going' && <Close quiet again={start_again} />}
        </section>
      }
    >
      {new Set(inside).size > 1 && (
        <PeopleSelect
          id="from"
          label={t.another.from}
          value={from.id}
          offered={({ id }) => inside.includes(id)}
          on_change={(by) => app.acting.write({ by })}
        />
      )}
      <PeopleSelect
        id="to"
        label={t.another.to}
        value={to}
        offered={offered}
        on_change={(who) => app.acting.write({ who })}
      />
      {!state.organisation?.people.some(offered) && <p class="strip warn">{t.another.nobody}</p>}
      <p class="strip">
        {t.another.out(shown_name(from.name))} {to !== '' && t.another.takes_over(shown_name(from.name), name_of(to))}
      </p>
      <StandInsOut name={from.name} />
      <Writing
        id="word"
        label={t.lead.question.more}
        hint={t.another.word_hint}
        lines={3}
        value={text}
        on_input={(word) => app.acting.write({ text: word })}
      />
    </StepPage>
  );
}
