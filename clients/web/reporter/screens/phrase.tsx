// The words, while the report travels.
import { useState } from 'preact/hooks';
import { use_app } from '../app_context.ts';
import { copy_text } from '../../page/parts/clipboard.ts';
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
      <LeaveQuestion />
    </Page>
  );
}

// How far the report is; what to do when it does not get there.
export function Sending() {
  const { app, state, t } = use_app();
  const [copied, set_copied] = useState(false);
  const copy = async (): Promise<void> => {
    if (!(await copy_text(new_case(state.draft, t).story))) return;
    set_copied(true);
    app.announce(t.common.copied);
  };
  return (
    <>
      <WorkStrip work={state.filing} done={t.sending.accepted} retry={() => app.send_again()} />
      {state.filing.status === 'failed' && (
        <>
          <button type="button" class="link" onClick={() => void copy()}>
            {t.trouble.copy_text}
          </button>
          {copied && <p class="hint">{t.common.copied}</p>}
        </>
      )}
      <FilesSending to="story" words={state.phrase} />
    </>
  );
}

// Asked before the words are out of sight for good.
export function LeaveQuestion() {
  const { app, state, t } = use_app();
  if (!state.asks_to_leave) return null;
  return (
    <div class="question" role="alertdialog" aria-labelledby="leave-title" aria-describedby="leave-text">
      <h2 id="leave-title">{t.phrase.leave_title}</h2>
      <p id="leave-text">{t.phrase.leave_text}</p>
      <div class="actions">
        <button
          type="button"
          class="button"
          ref={(button) => button?.focus()}
          onClick={() => app.set({ asks_to_leave: null })}
        >
          {t.phrase.leave_stay}
        </button>
        <button type="button" class="button button-quiet" onClick={() => app.leave_anyway()}>
          {t.phrase.leave_go}
        </button>
      </div>
    </div>
  );
}
