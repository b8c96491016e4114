// Closing erases all that is on the page, and so does beginning again: where something of it was not sent, that is said
// first.
import { useState } from 'preact/hooks';
import { use_app } from '../app_context.ts';

interface CloseProps {
  readonly quiet?: boolean;
  readonly again?: () => void; // instead: beginning with somebody else
}

export function Close({ quiet, again }: CloseProps) {
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
        id={again ? 'start-again' : 'close'}
        onClick={() => (asked || !app.unsent() ? (again ? again() : app.close()) : ask(true))}
      >
        {again ? t.another.fresh : t.case.close}
      </button>
    </>
  );
}
