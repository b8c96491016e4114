// Eight words, big, in the order they are read.
import { use_app } from '../app_context.ts';

export function PhraseWords({ words }: { words: readonly string[] }) {
  const { t } = use_app();
  return (
    <ol class="phrase" id="phrase-words" translate={false}>
      {words.map((word, place) => (
        <li key={place}>
          <span class="phrase-number" aria-hidden="true">
            {place + 1}
          </span>
          <span class="unseen">{t.phrase.word(place + 1)}: </span>
          <span class="phrase-word">{word}</span>
        </li>
      ))}
    </ol>
  );
}

// The same for paper: nothing else of the page is printed.
export function PhraseCard({ words }: { words: readonly string[] }) {
  const { t } = use_app();
  return (
    <section class="printable card" aria-hidden="true">
      <h2>{t.phrase.card_title}</h2>
      <ol>
        {words.map((word, place) => (
          <li key={place}>{word}</li>
        ))}
      </ol>
      <p>{t.phrase.intro}</p>
      <p>{t.phrase.nobody}</p>
    </section>
  );
}
