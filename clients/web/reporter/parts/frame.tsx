// What stands around every screen: the way out on top, help and honesty below.
import type { ComponentChildren } from 'preact';
import { use_app } from '../app_context.ts';
import { all_languages } from '../words/languages.ts';
import { Mark } from '../../page/parts/mark.tsx';
import { SkipLink } from '../../page/parts/skip_link.tsx';
import { PhoneText } from './phone_text.tsx';

// Two languages stand beside each other; more of them take no more room than one.
function Languages() {
  const { app, state, t } = use_app();
  const all = all_languages();
  if (all.length > kLanguagesSideBySide)
    return (
      <select
        class="languages"
        id="languages"
        aria-label={t.common.languages}
        autocomplete="off"
        value={state.words.code}
        onChange={(event) => app.choose_language(event.currentTarget.value, all)}
      >
        {all.map((words) => (
          <option key={words.code} lang={words.code} value={words.code}>
            {words.name}
          </option>
        ))}
      </select>
    );
  return (
    <nav class="languages" aria-label={t.common.languages}>
      {all.map((words) => (
        <button
          type="button"
          key={words.code}
          lang={words.code}
          class="language"
          aria-pressed={words.code === state.words.code}
          onClick={() => app.choose_language(words.code, all)}
        >
          {words.code.toUpperCase()}
          <span class="unseen"> {words.name}</span>
        </button>
      ))}
    </nav>
  );
}
const kLanguagesSideBySide = 2;

function TopBar() {
  const { app, state, t } = use_app();
  return (
    <header class="top">
      <div class="top-inside">
        <Mark />
        <Languages />
        <button type="button" class="exit" id="exit" onClick={() => app.quick_exit()}>
          {t.exit.button}
        </button>
      </div>
      {state.shifts > 1 && (
        <p class="shifts" role="status">
          {t.exit.pressed}
        </p>
      )}
    </header>
  );
}

function Bottom() {
  const { app, state, t } = use_app();
  const own = state.organisation?.text('help_line', t.code) ?? '';
  return (
    <footer class="bottom">
      <div class="bottom-inside">
        <p class="night">{t.help.quiet}</p>
        <p class="numbers">
          <bdi>
            <PhoneText text={own === '' ? t.help.danger : own} />
          </bdi>
        </p>
        <nav class="bottom-links" aria-label={t.help.link}>
          <button type="button" class="link" onClick={() => app.go('help')}>
            {t.help.link}
          </button>
          <button type="button" class="link" onClick={() => app.go('honest')}>
            {t.honest.link}
          </button>
        </nav>
        <p class="hint">
          {t.exit.hint} <span class="with-keys">{t.exit.keys} </span>
          {t.exit.history}
        </p>
      </div>
    </footer>
  );
}

export function Frame({ children }: { children: ComponentChildren }) {
  const { state, t } = use_app();
  return (
    <>
      <SkipLink text={t.common.to_content} />
      <TopBar />
      {children}
      <Bottom />
      <p class="unseen" aria-live="polite">
        {state.announcement}
      </p>
    </>
  );
}
