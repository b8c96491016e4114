// Two of the words typed back: then the person knows that they have them.
import { useMemo, useState } from 'preact/hooks';
import { use_app } from '../app_context.ts';
import { Errors, type FieldError } from '../../page/parts/errors.tsx';
import { Page } from '../parts/page.tsx';
import { Line } from '../../page/parts/writing.tsx';
import { Sending } from './phrase.tsx';

function two_places(words: readonly string[]): readonly [number, number] {
  const lot = crypto.getRandomValues(new Uint8Array(2));
  const first = lot[0]! % words.length;
  const second = (first + 1 + (lot[1]! % (words.length - 1))) % words.length;
  return first < second ? [first, second] : [second, first];
}

export function Check() {
  const { app, state, t } = use_app();
  const places = useMemo(() => two_places(state.phrase), [state.phrase]);
  const [typed, set_typed] = useState<readonly string[]>(['', '']);
  const [errors, set_errors] = useState<readonly FieldError[]>([]);
  const check = (): void => {
    const wrong = places.filter((place, row) => {
      const read = app.read_words(typed[row] ?? '');
      return read.length !== 1 || read[0]?.word !== state.phrase[place];
    });
    set_errors(wrong.map((place) => ({ field: `word-${place}`, text: t.phrase.check_wrong(place + 1) })));
    if (wrong.length > 0) return;
    app.set({ phrase_kept: true });
    app.go('done');
  };
  return (
    <Page title={t.phrase.check_title} intro={t.phrase.check_hint}>
      <Errors errors={errors} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          check();
        }}
      >
        {places.map((place, row) => (
          <Line
            key={place}
            id={`word-${place}`}
            label={t.phrase.word(place + 1)}
            value={typed[row] ?? ''}
            invalid={errors.some((error) => error.field === `word-${place}`)}
            on_input={(text) => set_typed(row === 0 ? [text, typed[1]!] : [typed[0]!, text])}
          />
        ))}
        <div class="actions">
          <button type="submit" class="button" id="next">
            {t.phrase.check_done}
          </button>
          <button type="button" class="link" id="show-again" onClick={() => app.go('phrase')}>
            {t.phrase.show_again}
          </button>
        </div>
      </form>
      <Sending />
    </Page>
  );
}
