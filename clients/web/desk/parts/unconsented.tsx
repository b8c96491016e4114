// What an adviser had to do without the reporter's consent, with its reason: the first thing the reporter will see.
import { Cause, EventKind } from '../../generated/rules.ts';
import { use_case } from '../app_context.ts';
import { Draft, use_choice, use_draft } from './draft.tsx';
import { Form } from './form.tsx';

export function Unconsented() {
  const { cases, rights, t } = use_case();
  const [cause, choose] = use_choice('unconsented');
  const [text] = use_draft('unconsented');
  if (!rights.may(EventKind.unconsented)) return null;
  const check = () => {
    if (cause === '') return [{ field: 'cause-danger', text: t.unconsented.empty }];
    return text.trim() === '' ? [{ field: 'unconsented', text: t.unconsented.empty }] : [];
  };
  return (
    <details class="fold" id="fold-unconsented">
      <summary>{t.unconsented.title}</summary>
      <Form
        name="unconsented"
        submit={t.unconsented.save}
        check={check}
        send={() => void cases.act_without_consent(Cause[cause as keyof typeof Cause], text)}
        done={t.done.unconsented}
      >
        <p class="hint">{t.unconsented.hint}</p>
        <fieldset class="choices">
          <legend>{t.unconsented.cause}</legend>
          {(['danger', 'duty'] as const).map((one) => (
            <label class="tick-line" key={one}>
              <input
                type="radio"
                name="cause"
                id={`cause-${one}`}
                checked={cause === one}
                autocomplete="off"
                onChange={() => choose(one)}
              />
              <span>{t.unconsented.causes[one]}</span>
            </label>
          ))}
        </fieldset>
        <Draft name="unconsented" label={t.unconsented.text} />
      </Form>
    </details>
  );
}
