// Where the case stands: what the table of states lets an adviser say now.
import { format_day } from '../../page/words/format.ts';
import { use_case } from '../app_context.ts';
import { Draft, use_choice, use_draft } from './draft.tsx';
import { Form } from './form.tsx';
import { state_word } from './names.ts';

export function Status() {
  const { app, cases, open, t } = use_case();
  const states = cases.states();
  const [wanted, choose] = use_choice('status');
  const [text] = use_draft('status');
  const state = states.find((one) => String(one) === wanted) ?? states[0];
  const { mayPauseDay } = open.state;
  return (
    <details class="fold" id="fold-status">
      <summary>{t.status.title}</summary>
      {state === undefined ? (
        <p class="hint">{t.status.none}</p>
      ) : (
        <Form
          name="status"
          quiet
          submit={t.status.save}
          check={() => []}
          send={() => void cases.set_state(state, text)}
          done={t.done.status}
        >
          <div class="field">
            <label for="new-state">{t.status.label}</label>
            <select id="new-state" value={state} onChange={(event) => choose(event.currentTarget.value)}>
              {states.map((one) => (
                <option key={one} value={one}>
                  {state_word(one, t)}
                </option>
              ))}
            </select>
          </div>
          {mayPauseDay > app.session.today && <p class="hint">{t.status.pause_from(format_day(mayPauseDay, t))}</p>}
          <Draft name="status" label={t.status.text} />
        </Form>
      )}
    </details>
  );
}
