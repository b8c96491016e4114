// The proof of a withdrawal, to keep as a file or as text.
import { use_app } from '../app_context.ts';
import { use_copying } from './copying.tsx';
import { save_file } from './save_file.ts';

export function Proof({ json }: { json: string }) {
  const { t } = use_app();
  const [copy, told] = use_copying();
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
        <button type="button" class="button button-quiet" id="copy-proof" onClick={() => void copy(json)}>
          {t.lead.withdraw.proof_copy}
        </button>
      </div>
      {told}
    </section>
  );
}
