// To stay with the adviser, without the triage committee; or not any more.
import { Writing } from '../../page/parts/writing.tsx';
import { use_app } from '../app_context.ts';
import { moving, StepPage } from '../parts/step.tsx';

export function Stay() {
  const { app, state, t } = use_app();
  const { text } = app.acting.form;
  const ended = state.view?.stays ?? false;
  return (
    <StepPage
      title={ended ? t.lead.stay.back_title : t.lead.stay.title}
      intro={ended ? t.lead.stay.back_intro : t.lead.stay.intro}
      send={t.review.send}
      check={() => []}
      take={moving(app, () => ({ kind: 'stay', ended, text: text.trim() }))}
    >
      <Writing
        id="wish"
        label={t.lead.question.more}
        lines={3}
        value={text}
        on_input={(words) => app.acting.write({ text: words })}
      />
    </StepPage>
  );
}
