// The field for the eight words: takes pasting and password managers, and is hidden until asked
// for. A word that is on no list is pointed at, with what may be meant, before anything is sent.
import { useState } from 'preact/hooks';
import { use_app } from '../app_context.ts';
import type { TypedWord } from '../session.ts';

export const kPhraseWords = 8;

// What is typed as a phrase, and what was made of it when it was last read.
export function use_phrase(mended: () => void) {
  const { app } = use_app();
  const [typed, set_typed] = useState('');
  const [read, set_read] = useState<readonly TypedWord[]>([]);
  const read_as = (text: string): readonly TypedWord[] => {
    const words = app.read_words(text);
    set_read(words);
    return words;
  };
  const replace = (place: number, word: string): void => {
    const text = read.map((one, at) => (at === place ? word : one.typed)).join(' ');
    set_typed(text);
    read_as(text);
    mended();
  };
  return { typed, set_typed, words: read, replace, look: () => read_as(typed) };
}

interface PhraseFieldProps {
  readonly id: string;
  readonly label: string;
  readonly phrase: ReturnType<typeof use_phrase>;
  readonly autocomplete: 'current-password' | 'off';
}

export function PhraseField({ id, label, phrase, autocomplete }: PhraseFieldProps) {
  const { t } = use_app();
  const [shown, set_shown] = useState(false);
  return (
    <>
      <div class="field">
        <label for={id}>{label}</label>
        <p class="hint" id={`${id}-hint`}>
          {t.back.hint}
          {autocomplete !== 'off' && ` ${t.back.asks}`}
        </p>
        <input
          id={id}
          type={(shown ? 'text' : 'password') as 'password'}
          value={phrase.typed}
          autocomplete={shown ? 'off' : autocomplete}
          autocapitalize="none"
          autocorrect="off"
          spellcheck={false}
          translate={false}
          aria-describedby={`${id}-hint`}
          onInput={(event) => phrase.set_typed(event.currentTarget.value)}
        />
        <button type="button" class="link" onClick={() => set_shown(!shown)}>
          {shown ? t.back.hide : t.back.show}
        </button>
      </div>
      <WordTrouble {...phrase} />
    </>
  );
}

// What stands between the typed text and eight words of the lists.
function WordTrouble({ words, replace }: ReturnType<typeof use_phrase>) {
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
