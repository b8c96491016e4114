import { use_app } from '../app_context.ts';
import { Page } from '../parts/page.tsx';
import { PhoneText } from '../parts/phone_text.tsx';
import { Talk } from '../parts/talk.tsx';

export function Urgent() {
  const { app, t } = use_app();
  return (
    <Page title={t.urgent.title} intro={t.urgent.text} back>
      <p class="strip warn">
        <PhoneText text={t.help.danger} />
      </p>
      <Talk
        label={t.urgent.label}
        hint={t.case.say_hint}
        send={t.urgent.send}
        urgent
        said={() => app.state.screen === 'urgent' && app.back()}
      />
    </Page>
  );
}
