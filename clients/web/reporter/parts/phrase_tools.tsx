// Ways to keep the words: copy, paper, or one's own second device.
import { useState } from 'preact/hooks';
import { use_app } from '../app_context.ts';
import { use_copying } from './copying.tsx';
import { PhraseCard } from './phrase_words.tsx';
import { Qr } from '../../page/parts/qr.tsx';

export function PhraseTools({ words }: { words: readonly string[] }) {
  const { t } = use_app();
  const [copy, told] = use_copying();
  const [shows_qr, set_shows_qr] = useState(false);
  const text = words.join(' ');
  return (
    <div class="tools">
      <div class="tool-row">
        <button type="button" class="button button-quiet" id="copy" onClick={() => void copy(text)}>
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
      {told}
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
