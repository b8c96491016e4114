// The field for the eight words: takes pasting and password managers, and is hidden until asked
// for. A word that is on no list is pointed at, with what may be meant, before anything is sent.
import { useState } from 'preact/hooks';
import { use_app } from '../app_context.ts';
import type { TypedWord } from '../session.ts';

export const kPhraseWords = 8;

interface PhraseFieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly autocomplete: 'current-password' | 'off';
  readonly on_input: (value: string) => void;
}

export function PhraseField({ id, label, value, autocomplete, on_input }: PhraseFieldProps) {
  const { t } = use_app();
  const [shown, set_shown] = useState(false);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <p class="hint" id={`${id}-hint`}>
        {t.back.hint}
        {autocomplete !== 'off' && ` ${t.back.asks}`}
      </p>
      <input
        id={id}
        type={(shown ? 'text' : 'password') as 'password'}
        value={value}
        autocomplete={autocomplete}
        autocapitalize="none"
        autocorrect="off"
        spellcheck={false}
        translate={false}
        aria-describedby={`${id}-hint`}
        onInput={(event) => on_input(event.currentTarget.value)}
      />
      <button type="button" class="link" onClick={() => set_shown(!shown)}>
        {shown ? t.back.hide : t.back.show}
      </button>
    </div>
  );
}

// What stands between the typed text and eight words of the lists.
export function WordTrouble({ words, replace }: { words: readonly TypedWord[]; replace: (place: number, word: string) => void }) {
  const { t } = use_app();
  return (
    <>
      {words.map(
        (word, place) =>
          word.word === null && (
            <div class="word-trouble" key={place} translate={false}>
              <p>
                {t.back.unknown(word.typed, place + 1)} {word.suggestions.length > 0 && t.back.meant}
              </p>
              <div class="tool-row">
                {word.suggestions.map((suggestion) => (
                  <button
                    type="button"
                    class="button button-quiet"
                    key={suggestion}
                    onClick={() => replace(place, suggestion)}
                  >
                    {suggestion}
                  </button>
                ))}
              </div>
            </div>
          ),
      )}
    </>
  );
}
