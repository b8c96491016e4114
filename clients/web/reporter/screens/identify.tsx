// Who the reporter is, for one named person; and that it can't be unsaid.
import type { FieldError } from '../../page/parts/errors.tsx';
import { Writing } from '../../page/parts/writing.tsx';
import { format_list, shown_name } from '../../page/words/format.ts';
import { use_app } from '../app_context.ts';
import { PeopleSelect } from '../parts/people.tsx';
import { moving, StepPage } from '../parts/step.tsx';

export function Identify() {
  const { app, state, t } = use_app();
  const { view } = state;
  if (!view) return null;
  const live = view.access.filter(({ dormant }) => !dormant);
  const { who: to, text } = app.acting.form;
  const told = view.rows.some(({ content }) => content.kind === 'report' && content.compartment === 'identity');
  const know = live.filter((row) => row.compartments.includes('identity') && row.id !== to);
  const name = shown_name(live.find(({ id }) => id === to)?.name ?? '');
  const check = (): FieldError[] => {
    const errors: FieldError[] = [];
    if (to === '') errors.push({ field: 'to', text: t.lead.identify.no_to });
    if (text.trim() === '' && !told) errors.push({ field: 'identity', text: t.lead.identify.empty });
    return errors;
  };
  return (
    <StepPage
      title={t.lead.identify.title}
      send={name === '' ? t.lead.identify.send_nobody : t.lead.identify.send(name)}
      check={check}
      take={moving(app, () => ({ kind: 'identify', to, text: text.trim() }))}
    >
      <p class="strip warn">{t.lead.identify.warning}</p>
      <PeopleSelect
        id="to"
        label={t.lead.identify.to}
        value={to}
        offered={({ id }) => live.some((row) => row.id === id)}
        on_change={(who) => app.acting.write({ who })}
      />
      {know.length > 0 && (
        <p class="strip">{t.lead.identify.also(format_list([...new Set(know.map((row) => shown_name(row.name)))], t))}</p>
      )}
      <Writing
        id="identity"
        label={t.identity.label}
        {...(told ? { hint: t.lead.identify.again } : {})}
        lines={4}
        value={text}
        on_input={(words) => app.acting.write({ text: words })}
      />
    </StepPage>
  );
}
