// A screen whose subject is not there: the directory not yet, a step's reader or question not any more.
import { use_app } from '../app_context.ts';
import { Page } from './page.tsx';

export function Waiting({ title }: { title: string }) {
  const { state, t } = use_app();
  return (
    <Page title={title} back>
      <p class="strip" role="status">
        {state.greeting_error ? t.trouble[state.greeting_error] : t.trouble.waiting_people}
      </p>
    </Page>
  );
}

export function Gone() {
  const { t } = use_app();
  return (
    <Page title={t.lead.refused} back>
      {null}
    </Page>
  );
}
