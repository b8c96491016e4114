// Where the case stands: what the table of states lets an adviser say now.
import { format_day } from '../../page/words/format.ts';
import { use_case } from '../app_context.ts';
import { Draft, use_choice, use_draft } from './draft.tsx';
import { Form } from './form.tsx';
import { state_word } from './names.ts';

export function Status() {
  const { app, cases, rights, open, t } = use_case();
  const states = rights.states();
  const [wanted, choose] = use_choice('status');
  const [text] = use_draft('status');
  const state = states.find((one) => String(one) === wanted); // what can't be set any more is not another one
  const { mayPauseDay } = open.state;
  return (
    <details class="fold" id="fold-status">
      <summary>{t.status.title}</summary>
      {states.length === 0 ? (
        <p class="hint">{rights.follows() ? t.status.none : t.status.unread}</p>
      ) : (
        <Form
          name="status"
          quiet
          submit={t.status.save}
          check={() => (state === undefined ? [{ field: 'new-state', text: t.status.empty }] : [])}
          send={() => void (state !== undefined && cases.set_state(state, text))}
          done={t.done.status}
        >
          <div class="field">
            <label for="new-state">{t.status.label}</label>
            <select id="new-state" value={state ?? ''} onChange={(event) => choose(event.currentTarget.value)}>
              <option value="">{t.common.choose}</option>
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
