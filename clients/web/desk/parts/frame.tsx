// What stands around every screen: whose desk it is, the lock, and whether the gateway answers.
import type { ComponentChildren } from 'preact';
import { Mark } from '../../page/parts/mark.tsx';
import { SkipLink } from '../../page/parts/skip_link.tsx';
import { shown_name } from '../../page/words/format.ts';
import { use_app } from '../app_context.ts';
import { kLanguages } from '../words/languages.ts';

function Languages() {
  const { app, state, t } = use_app();
  return (
    <nav class="languages" aria-label={t.common.languages}>
      {kLanguages.map((words) => (
        <button
          type="button"
          key={words.code}
          lang={words.code}
          class="language"
          aria-pressed={words.code === state.words.code}
          onClick={() => app.choose_language(words.code)}
        >
          {words.code.toUpperCase()}
          <span class="unseen"> {words.name}</span>
        </button>
      ))}
    </nav>
  );
}

export function Frame({ children }: { children: ComponentChildren }) {
  const { app, state, t } = use_app();
  const { me, organisation, screen } = state;
  const late = organisation !== null && app.session.today > organisation.content.reviewDay;
  return (
    <>
      <SkipLink text={t.common.to_content} />
      <header class="top">
        <div class="top-inside">
          <Mark />
          <p class="whose">
            {me ? <strong>{shown_name(me.name)}</strong> : <strong>{t.common.desk}</strong>}
            <span class="hint"> {organisation?.content.name ?? ''}</span>
          </p>
          {screen === 'case' && (
            <button type="button" class="link" id="to-inbox" onClick={() => app.to_inbox()}>
              {t.top.inbox}
            </button>
          )}
          <Languages />
          {me && (
            <button type="button" class="button button-quiet" id="lock" onClick={() => app.door.lock(false)}>
              {t.top.lock}
            </button>
          )}
        </div>
        {state.lost && (
          <p class="line-lost" role="status">
            {t.lost}
          </p>
        )}
        {late && <p class="line-lost">{t.top.review}</p>}
      </header>
      {children}
      <p class="unseen" aria-live="polite" id="said">
        {state.announcement}
      </p>
    </>
  );
}
