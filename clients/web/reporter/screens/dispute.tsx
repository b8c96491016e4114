// A legal term was not met as the adviser says: it runs again.
import { Writing } from '../../page/parts/writing.tsx';
import { use_app } from '../app_context.ts';
import { moving, StepPage } from '../parts/step.tsx';

export function Dispute() {
  const { app, t } = use_app();
  const { text } = app.acting.form;
  const seq = Number(app.acting.subject);
  return (
    <StepPage
      title={t.lead.dispute.title}
      intro={t.lead.dispute.intro}
      send={t.review.send}
      check={() => (text.trim() === '' ? [{ field: 'wrong', text: t.lead.dispute.empty }] : [])}
      take={moving(app, () => ({ kind: 'dispute', seq, text: text.trim() }))}
    >
      <Writing
        id="wrong"
        label={t.lead.dispute.label}
        lines={4}
        value={text}
        on_input={(words) => app.acting.write({ text: words })}
      />
    </StepPage>
  );
}
