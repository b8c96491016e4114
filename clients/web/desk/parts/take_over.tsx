// Cases of colleagues this person stands in for, who let a legal term pass: nothing of them is read before they are
// taken over, and that stands in the log.
import { useState } from 'preact/hooks';
import { toHex } from '../../core/crypto/bytes.ts';
import { handleWords } from '../../core/names.ts';
import { use_app } from '../app_context.ts';
import { person_word } from './names.ts';
import { Question } from './question.tsx';

export function ToTakeOver() {
  const { app, state, t } = use_app();
  const [asked, ask] = useState('');
  if (state.overdue.length === 0) return null;
  return (
    <section class="alarms-list" aria-labelledby="overdue">
      <h2 id="overdue">{t.take_over.title}</h2>
      <p class="hint">{t.take_over.hint}</p>
      <ul class="access">
        {state.overdue.map((item) => {
          const key = toHex(item.handle);
          const name = handleWords(item.handle);
          return (
            <li key={key} class="alert-row" data-overdue={name}>
              <span>
                <strong translate={false}>{name}</strong> ·{' '}
                {t.take_over.from(person_word(item.standsInFor, app.session.directory, t))}
              </span>
              {asked !== key && (
                <button type="button" class="link take" aria-label={`${t.take_over.take}: ${name}`} onClick={() => ask(key)}>
                  {t.take_over.take}
                </button>
              )}
              {asked === key && (
                <Question
                  id="take-over"
                  work="take_over"
                  sure={t.take_over.sure}
                  on_sure={() => void app.take_over(item)}
                  on_cancel={() => ask('')}
                  asked_by={`[data-overdue="${name}"] .take`}
                >
                  <p>{t.take_over.ask}</p>
                </Question>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
