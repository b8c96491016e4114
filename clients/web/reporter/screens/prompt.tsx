// One optional question, on a screen of its own.
import { use_app } from '../app_context.ts';
import { kWithheld, type PromptKey, type Withheld } from '../draft.ts';
import { after_prompts } from '../flow.ts';
import { Page } from '../parts/page.tsx';
import { Writing } from '../../page/parts/writing.tsx';

export function Prompt({ prompt }: { prompt: PromptKey }) {
  const { app, state, t } = use_app();
  const { answers, kind } = state.draft;
  const answer = answers[prompt] ?? { text: '', withheld: null };
  const put = (text: string, withheld: Withheld | null): void => {
    const others = { ...answers };
    delete others[prompt];
    const empty = text.trim() === '' && withheld === null;
    app.write({ answers: empty ? others : { ...others, [prompt]: { 'text': text, 'withheld': withheld } } }); // as in draft.ts
  };
  const on = (): void => app.next();
  return (
    <Page title={t.prompts[prompt].title} intro={t.prompts.intro} back>
      <Writing
        id={`answer-${prompt}`}
        label={t.prompts.label}
        hint={t.prompts[prompt].hint}
        lines={4}
        value={answer.text}
        on_input={(text) => put(text, null)}
      />
      <div class="actions">
        <button type="button" class="button" id="next" onClick={on}>
          {t.common.next}
        </button>
      </div>
      <div class="withheld">
        {kWithheld.map((withheld) => (
          <button
            type="button"
            class="button button-quiet"
            key={withheld}
            aria-pressed={answer.withheld === withheld}
            onClick={() => {
              put(answer.text, withheld);
              on();
            }}
          >
            {t.prompts[withheld]}
          </button>
        ))}
      </div>
      <button type="button" class="link" id="skip-all" onClick={() => app.go(after_prompts(kind))}>
        {t.prompts.skip_all}
      </button>
    </Page>
  );
}
