// Closing erases all that is on the page: where something of it was not sent, that is said first.
import { useState } from 'preact/hooks';
import { use_app } from '../app_context.ts';

export function Close({ quiet }: { quiet?: boolean }) {
  const { app, t } = use_app();
  const [asked, ask] = useState(false);
  return (
    <>
      {asked && (
        <div class="strip warn" role="alert">
          <p>{t.case.unsent}</p>
          <button type="button" class="link" onClick={() => ask(false)}>
            {t.telling.keep}
          </button>
        </div>
      )}
      <button
        type="button"
        class={quiet ? 'button button-quiet' : 'button'}
        id="close"
        onClick={() => (asked || !app.unsent() ? app.close() : ask(true))}
      >
        {t.case.close}
      </button>
    </>
  );
}
