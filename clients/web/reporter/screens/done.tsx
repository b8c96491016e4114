import { use_app } from '../app_context.ts';
import { Close } from '../parts/close.tsx';
import { Page } from '../parts/page.tsx';
import { WorkStrip } from '../parts/work_strip.tsx';
import { Sending } from './phrase.tsx';

export function Done() {
  const { app, state, t } = use_app();
  const arrived = state.filing.status === 'done';
  const failed = state.filing.status === 'failed';
  const signal = state.draft.kind === 'signal';
  const days = state.organisation?.acknowledge_days ?? 7;
  return (
    <Page title={arrived ? t.done.title : failed ? t.done.title_failed : t.done.title_waiting}>
      {!failed && (!arrived || state.files.chosen.length > 0) && <p class="strip warn">{t.sending.not_yet}</p>}
      <Sending />
      {arrived && (
        <p>
          {signal ? t.done.signal : t.done.report(days)} {t.done.nothing}
        </p>
      )}
      {signal && !state.phrase_kept && (
        <section class="panel">
          <h2>{t.phrase.signal_title}</h2>
          <p>{t.phrase.signal_text}</p>
          <div class="actions">
            <button type="button" class="button button-quiet" id="show-words" onClick={() => app.go('phrase')}>
              {t.phrase.signal_show}
            </button>
          </div>
        </section>
      )}
      {arrived && (
        <>
          <WorkStrip work={state.opening} />
          <div class="actions">
            {state.phrase_kept && (
              <button
                type="button"
                class="button button-quiet"
                id="look"
                aria-disabled={state.opening.status === 'going'}
                onClick={() => app.open(state.phrase)}
              >
                {t.done.look}
              </button>
            )}
            {/* Nor with one tap what is still on its way. */}
            {state.files.attaching.status !== 'going' && <Close />}
          </div>
          <p class="hint">{t.done.trouble}</p>
          <button type="button" class="link" onClick={() => app.go('help')}>
            {t.help.link}
          </button>
        </>
      )}
    </Page>
  );
}
