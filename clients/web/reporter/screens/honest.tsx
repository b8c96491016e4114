// What we don't know and what we can't hide: each claim with its test.
import { use_app } from '../app_context.ts';
import { kCannotHide, kCannotSee, type Claim } from '../claims.ts';
import { Fingerprint } from '../parts/fingerprint.tsx';
import { Page } from '../parts/page.tsx';

function Claims({ id, title, claims }: { id: string; title: string; claims: readonly Claim[] }) {
  const { t } = use_app();
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul class="claims">
        {claims.map((claim) => (
          <li key={claim.key}>
            {t.honest.claims[claim.key]}
            <span class="test">
              {t.honest.test}{' '}
              <code lang="en" translate={false}>
                {claim.test}
              </code>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Honest() {
  const { app, state, t } = use_app();
  return (
    <Page title={t.honest.title} intro={t.honest.intro} back>
      <Claims id="cannot-see" title={t.honest.cannot_see} claims={kCannotSee} />
      <Claims id="cannot-hide" title={t.honest.cannot_hide} claims={kCannotHide} />
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
