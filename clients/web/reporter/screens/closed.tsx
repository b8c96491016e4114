import { use_app } from '../app_context.ts';
import { Page } from '../parts/page.tsx';

export function Closed() {
  const { app, t } = use_app();
  return (
    <Page title={t.closed.title}>
      <p>{t.closed.text}</p>
      <button type="button" class="button button-quiet" id="begin" onClick={() => app.go('welcome')}>
        {t.closed.again}
      </button>
    </Page>
  );
}
