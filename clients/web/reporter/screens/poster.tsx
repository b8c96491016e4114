// A poster to print: both languages, one link for everybody, the organisation's fingerprint.
import { use_app } from '../app_context.ts';
import { Fingerprint } from '../parts/fingerprint.tsx';
import { Mark } from '../../page/parts/mark.tsx';
import { Page } from '../parts/page.tsx';
import { Qr } from '../../page/parts/qr.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { kLanguages } from '../words/languages.ts';

export function Poster() {
  const { state, t } = use_app();
  if (!state.organisation) return <Waiting title={t.poster.title} />;
  const link = `${location.origin}/`;
  return (
    <Page title={t.poster.title} intro={t.poster.hint} back>
      <button type="button" class="button" id="print" onClick={() => window.print()}>
        {t.common.print}
      </button>
      <article class="printable poster">
        <Mark />
        {kLanguages.map((words) => (
          <div key={words.code} lang={words.code} dir={words.direction}>
            <p class="poster-heading">{words.poster.heading}</p>
            <p>{words.poster.line}</p>
          </div>
        ))}
        <Qr text={link} label={link} />
        <p class="poster-link" dir="ltr">
          {link}
        </p>
        {kLanguages.map((words) => (
          <p key={words.code} lang={words.code} dir={words.direction}>
            {words.poster.scan} {words.poster.check}
          </p>
        ))}
        <Fingerprint />
        <p class="hint">{state.organisation.name}</p>
      </article>
    </Page>
  );
}
