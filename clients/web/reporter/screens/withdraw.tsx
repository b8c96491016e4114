// The end of a case, by its owner: what is destroyed, what stays, and the question before it.
import { useState } from 'preact/hooks';
import { Choice } from '../../page/parts/choice.tsx';
import { Errors, type FieldError } from '../../page/parts/errors.tsx';
import { use_app } from '../app_context.ts';
import { Page } from '../parts/page.tsx';
import { Proof } from '../parts/proof.tsx';
import { StepStrip } from '../parts/step.tsx';

export function Withdraw() {
  const { app, state, t } = use_app();
  const [errors, set_errors] = useState<readonly FieldError[]>([]);
  const [sure, set_sure] = useState(false);
  const { acting, proof } = state.lead;
  if (!state.view) return null;
  const send = async (): Promise<void> => {
    set_errors(sure ? [] : [{ field: 'sure', text: t.lead.withdraw.not_sure }]);
    if (sure && (await app.acting.withdraw())) app.ended();
  };
  return (
    <Page title={t.lead.withdraw.title} intro={t.lead.withdraw.intro} back>
      <Errors errors={errors} />
      <p>{t.lead.withdraw.seen}</p>
      <p>{t.lead.withdraw.stays}</p>
      <button type="button" class="link" id="copy-first" onClick={() => app.step('take_along')}>
        {t.lead.withdraw.first}
      </button>
      <Choice
        type="checkbox"
        name="sure"
        id="sure"
        checked={sure}
        title={t.lead.withdraw.sure}
        on_change={set_sure}
      />
      <StepStrip />
      {acting.status !== 'going' && proof !== '' && (
        <>
          <p class="strip warn">{t.lead.withdraw.unsure}</p>
          <Proof json={proof} />
        </>
      )}
      <button
        type="button"
        class="button"
        id="send"
        aria-disabled={acting.status === 'going'}
        onClick={() => void send()}
      >
        {t.lead.withdraw.send}
      </button>
    </Page>
  );
}

export function Withdrawn() {
  const { app, state, t } = use_app();
  return (
    <Page title={t.lead.withdraw.done_title}>
      <Proof json={state.lead.proof} />
      <button type="button" class="button" id="close" onClick={() => app.close()}>
        {t.case.close}
      </button>
    </Page>
  );
}
