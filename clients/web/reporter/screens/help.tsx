import { use_app } from '../app_context.ts';
import { Page } from '../parts/page.tsx';
import { PhoneText } from '../parts/phone_text.tsx';

export function Help() {
  const { state, t } = use_app();
  const own = state.organisation?.text('help_line', t.code) ?? '';
  return (
    <Page title={t.help.title} intro={t.help.intro} back>
      <ul class="help-lines">
        {t.help.lines.map((line) => (
          <li key={line}>
            <PhoneText text={line} />
          </li>
        ))}
      </ul>
      {own !== '' && (
        <section class="panel">
          <h2>{t.help.own}</h2>
          <p dir="auto">
            <PhoneText text={own} />
          </p>
        </section>
      )}
      <p class="hint">{t.help.call}</p>
    </Page>
  );
}
