// Proposals that wait for the reporter, on top of their case.
import { shown_name } from '../../page/words/format.ts';
import { use_app } from '../app_context.ts';
import { open_proposals } from '../lead.ts';
import { step_name } from '../row_text.ts';
import type { CaseView } from '../session.ts';

export function Questions({ view }: { view: CaseView }) {
  const { app, state, t } = use_app();
  const open = open_proposals(view);
  if (open.length === 0) return null;
  return (
    <section class="questions" aria-labelledby="questions">
      <h2 id="questions">{t.lead.open_title(open.length)}</h2>
      <p>{t.lead.open_text}</p>
      <ul>
        {open.map(({ seq, author, step, summary, standing }) => (
          <li key={seq}>
            <p>
              <span class="hint">
                {standing === 'put_off' ? t.lead.put_off : t.lead.asks(shown_name(author))}{' '}
              </span>
              <strong>{step_name(step, state.organisation, t)}</strong>
            </p>
            <button
              type="button"
              class="button"
              data-question={seq}
              onClick={() => app.step('question', seq, { summary })}
            >
              {t.lead.look}
              <span class="unseen">: {step_name(step, state.organisation, t)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
