// A screen that needs the directory before it is there.
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
