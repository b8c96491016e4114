// What we don't know and what we can't hide: each claim with its test.
import { useState } from 'preact/hooks';
import { use_app } from '../app_context.ts';
import { kCannotHide, kCannotSee, type Claim } from '../claims.ts';
import { Fingerprint } from '../parts/fingerprint.tsx';
import { Page } from '../parts/page.tsx';

interface ClaimsProps {
  readonly id: string;
  readonly title: string;
  readonly claims: readonly Claim[];
  readonly tests: boolean; // shows what each was held to
}

function Claims({ id, title, claims, tests }: ClaimsProps) {
  const { t } = use_app();
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul class="claims">
        {claims.map((claim) => (
          <li key={claim.key}>
            {t.honest.claims[claim.key]}
            {tests && (
              <span class="test">
                {t.honest.test}{' '}
                <code lang="en" translate={false}>
                  {claim.test}
                </code>
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Honest() {
  const { app, state, t } = use_app();
  const [tests, set_tests] = useState(false);
  return (
    <Page title={t.honest.title} intro={t.honest.intro} back>
      <button type="button" class="link" id="tests" onClick={() => set_tests(!tests)}>
        {tests ? t.honest.hide_tests : t.honest.show_tests}
      </button>
      <Claims id="cannot-see" title={t.honest.cannot_see} claims={kCannotSee} tests={tests} />
      <Claims id="cannot-hide" title={t.honest.cannot_hide} claims={kCannotHide} tests={tests} />
      <section aria-labelledby="yourself">
        <h2 id="yourself">{t.honest.yourself}</h2>
        <ul class="claims">
          {t.honest.advice.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </section>
      {state.organisation && (
        <section class="panel">
          <h2>
            {t.honest.organisation} {state.organisation.name}
          </h2>
          <Fingerprint />
          <p class="hint">{t.honest.fingerprint_text}</p>
          <button type="button" class="link" id="poster" onClick={() => app.go('poster')}>
            {t.poster.link}
          </button>
        </section>
      )}
    </Page>
  );
}
