// A complaint that the adviser neither sees nor hears of: the second case of the same words.
import { useEffect } from 'preact/hooks';
import { Choice, Choices } from '../../page/parts/choice.tsx';
import type { FieldError } from '../../page/parts/errors.tsx';
import { Writing } from '../../page/parts/writing.tsx';
import { shown_name } from '../../page/words/format.ts';
import { use_app } from '../app_context.ts';
import { Page } from '../parts/page.tsx';
import { StepPage } from '../parts/step.tsx';
import { Timeline } from '../parts/timeline.tsx';
import { WorkStrip } from '../parts/work_strip.tsx';

export function Complaint() {
  const { app, state, t } = use_app();
  const { complaint, complaining } = state.lead;
  useEffect(() => void app.acting.look_for_complaint(), []);
  if (complaint === null && complaining.status !== 'done')
    return (
      <Page title={t.lead.complaint.title} intro={t.lead.complaint.looking} back>
        <WorkStrip work={complaining} retry={() => void app.acting.look_for_complaint()} />
      </Page>
    );
  return <Write />;
}

function Write() {
  const { app, state, t } = use_app();
  const { complaint } = state.lead;
  const { text, who } = app.acting.form;
  const inside = state.view?.access.map(({ id }) => id) ?? [];
  const outside = state.organisation?.people.filter(({ id }) => !inside.includes(id)) ?? [];
  const coordinators = outside.filter(({ seat }) => seat === 'coordinator');
  const readers = coordinators.length > 0 ? coordinators : outside.filter(({ seat }) => seat === 'adviser');
  const to = readers.filter(({ id }) => id === who || (who === '' && coordinators.length === 1));
  const check = (): FieldError[] => {
    const errors: FieldError[] = [];
    if (text.trim() === '') errors.push({ field: 'complaint', text: t.lead.complaint.empty });
    if (!complaint && to.length === 0) errors.push({ field: 'reader-0', text: t.lead.complaint.no_to });
    return errors;
  };
  return (
    <StepPage
      title={t.lead.complaint.title}
      intro={t.lead.complaint.intro}
      send={complaint ? t.case.say_send : t.lead.complaint.send}
      check={check}
      take={() => app.acting.complain(text.trim(), to.map(({ id }) => id))}
    >
      {complaint ? (
        <Timeline view={complaint} closed />
      ) : (
        <>
          <p class="strip">
            {t.lead.complaint.how} {t.lead.complaint.server}
          </p>
          {coordinators.length === 0 && <p class="strip warn">{t.lead.complaint.nobody}</p>}
          <Choices legend={t.lead.complaint.readers}>
            {readers.map(({ id, name, unit }, place) => (
              <Choice
                key={id}
                type="radio"
                name="reader"
                id={`reader-${place}`}
                checked={to.some((one) => one.id === id)}
                title={shown_name(name)}
                line={t.adviser.unit(unit)}
                on_change={() => app.acting.write({ who: id })}
              />
            ))}
          </Choices>
        </>
      )}
      <Writing
        id="complaint"
        label={complaint ? t.lead.complaint.label_more : t.lead.complaint.label}
        value={text}
        on_input={(words) => app.acting.write({ text: words })}
      />
    </StepPage>
  );
}
