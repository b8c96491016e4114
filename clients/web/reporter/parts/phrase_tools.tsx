// Ways to keep the words: copy, paper, or one's own second device.
import { useState } from 'preact/hooks';
import { use_app } from '../app_context.ts';
import { copy_text } from '../../page/parts/clipboard.ts';
import { PhraseCard } from './phrase_words.tsx';
import { Qr } from '../../page/parts/qr.tsx';

export function PhraseTools({ words }: { words: readonly string[] }) {
  const { app, t } = use_app();
  const [copied, set_copied] = useState(false);
  const [shows_qr, set_shows_qr] = useState(false);
  const text = words.join(' ');
  const copy = async (): Promise<void> => {
    if (!(await copy_text(text))) return;
    set_copied(true);
    app.announce(t.common.copied);
  };
  return (
    <div class="tools">
      <div class="tool-row">
        <button type="button" class="button button-quiet" id="copy" onClick={() => void copy()}>
          {t.phrase.copy}
        </button>
        <button type="button" class="button button-quiet" id="card" onClick={() => window.print()}>
          {t.phrase.card}
        </button>
        <button
          type="button"
          class="button button-quiet"
          id="qr"
          aria-expanded={shows_qr}
          onClick={() => set_shows_qr(!shows_qr)}
        >
          {shows_qr ? t.phrase.qr_hide : t.phrase.qr}
        </button>
      </div>
      {copied && <p class="hint">{t.common.copied}</p>}
      {shows_qr && (
        <figure>
          <Qr text={text} label={t.phrase.qr} />
          <figcaption class="hint">{t.phrase.qr_text}</figcaption>
        </figure>
      )}
      <PhraseCard words={words} />
    </div>
  );
}
