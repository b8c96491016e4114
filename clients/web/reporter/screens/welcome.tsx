import { use_app } from '../app_context.ts';
import { Page } from '../parts/page.tsx';
import type { CaseKind } from '../session.ts';

const kDoors: readonly CaseKind[] = ['advice', 'report', 'witness', 'signal'];

export function Welcome() {
  const { app, state, t } = use_app();
  return (
    <Page title={t.welcome.title} wide>
      <ul class="promises">
        {t.welcome.lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p>
        <button type="button" class="link" onClick={() => app.go('honest')}>
          {t.honest.link}
        </button>
      </p>
      <h2 id="doors">{t.welcome.doors}</h2>
      <div class="doors" role="group" aria-labelledby="doors">
        {kDoors.map((kind) => (
          <button type="button" class="door" key={kind} id={`door-${kind}`} onClick={() => app.begin(kind)}>
            <span class="door-title">{t.welcome.door[kind].title}</span>
            <span class="door-line">{t.welcome.door[kind].line}</span>
          </button>
        ))}
      </div>
      <div class="again">
        <button type="button" class="button button-quiet" id="again" onClick={() => app.go('back')}>
          {t.welcome.again}
        </button>
        <button type="button" class="link" id="open-draft" onClick={() => app.go('draft_open')}>
          {t.welcome.draft}
        </button>
      </div>
      {state.greeting_error && (
        <div class="strip strip-failed" role="status">
          <p>
            <strong>{t.trouble.offline_title}</strong>
          </p>
          <p>{state.greeting_error === 'unreachable' ? t.trouble.offline : t.trouble[state.greeting_error]}</p>
        </div>
      )}
    </Page>
  );
}
