// The proof of a withdrawal, to keep as a file or as text.
import { useState } from 'preact/hooks';
import { copy_text } from '../../page/parts/clipboard.ts';
import { use_app } from '../app_context.ts';
import { save_file } from './save_file.ts';

export function Proof({ json }: { json: string }) {
  const { app, t } = use_app();
  const [copied, set_copied] = useState(false);
  const copy = async (): Promise<void> => {
    if (!(await copy_text(json))) return;
    set_copied(true);
    app.announce(t.common.copied);
  };
  return (
    <section class="panel" aria-labelledby="proof">
      <h2 id="proof">{t.lead.withdraw.proof}</h2>
      <p>{t.lead.withdraw.proof_text}</p>
      <div class="tool-row">
        <button
          type="button"
          class="button button-quiet"
          id="save-proof"
          onClick={() => save_file(t.lead.withdraw.proof_file, json)}
        >
          {t.lead.withdraw.proof_save}
        </button>
        <button type="button" class="button button-quiet" id="copy-proof" onClick={() => void copy()}>
          {t.lead.withdraw.proof_copy}
        </button>
      </div>
      {copied && <p class="hint">{t.common.copied}</p>}
    </section>
  );
}
