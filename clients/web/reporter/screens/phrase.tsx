// The words, while the report travels.
import { use_app } from '../app_context.ts';
import { use_copying } from '../parts/copying.tsx';
import { FilesSending } from '../parts/files.tsx';
import { Page } from '../parts/page.tsx';
import { PhraseTools } from '../parts/phrase_tools.tsx';
import { PhraseWords } from '../parts/phrase_words.tsx';
import { WorkStrip } from '../parts/work_strip.tsx';
import { new_case } from '../draft.ts';

export function Phrase() {
  const { app, state, t } = use_app();
  return (
    <Page title={t.phrase.title} intro={t.phrase.intro}>
      <PhraseWords words={state.phrase} />
      <p class="strip warn">
        <strong>{t.phrase.nobody}</strong> {t.phrase.keep}
      </p>
      <PhraseTools words={state.phrase} />
      <Sending />
      <button type="button" class="button" id="next" onClick={() => app.go('check')}>
        {t.phrase.keep_done}
      </button>
    </Page>
  );
}

// How far the report is; what to do when it does not get there.
export function Sending() {
  const { app, state, t } = use_app();
  const [copy, told] = use_copying();
  const { error } = state.filing;
  const copy_all = (): void => {
    const { story, people, identity } = new_case(state.draft, t);
    void copy([story, people, identity].filter(Boolean).join('\n\n'));
  };
  return (
    <>
      <WorkStrip work={state.filing} done={t.sending.accepted} retry={() => app.send_again()} />
      {state.filing.status === 'failed' && (
        <>
          <button type="button" class="link" onClick={copy_all}>
            {t.trouble.copy_text}
          </button>
          {/* Sent again it would be refused again: another adviser may have to be chosen, under other words. */}
          {error !== 'unreachable' && error !== 'defect' && (
            <button type="button" class="link" id="change" onClick={() => app.change_filing()}>
              {t.common.change}
            </button>
          )}
          {told}
        </>
      )}
      <FilesSending to="story" words={state.phrase} />
    </>
  );
}
