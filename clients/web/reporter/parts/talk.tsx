// Writing to the advisers. What was typed stays until it is accepted.
import { useState } from 'preact/hooks';
import { use_app } from '../app_context.ts';
import { Errors, type FieldError } from './errors.tsx';
import { WorkStrip } from './work_strip.tsx';
import { Writing } from './writing.tsx';

interface TalkProps {
  readonly label?: string;
  readonly hint?: string;
  readonly send?: string;
  readonly urgent?: boolean;
  readonly said?: () => void;
}

export function Talk({ label, hint, send, urgent = false, said }: TalkProps) {
  const { app, state, t } = use_app();
  const [errors, set_errors] = useState<readonly FieldError[]>([]);
  const going = state.saying.status === 'going';
  const say = async (): Promise<void> => {
    if (state.message.trim() === '') return set_errors([{ field: 'message', text: t.case.say_empty }]);
    set_errors([]);
    if (await app.say(state.message, urgent)) said?.();
  };
  return (
    <form
      class="talk"
      onSubmit={(event) => {
        event.preventDefault();
        void say();
      }}
    >
      <Errors errors={errors} />
      <Writing
        id="message"
        label={label ?? t.case.say}
        hint={hint ?? t.case.say_hint}
        lines={4}
        value={state.message}
        invalid={errors.length > 0}
        on_input={(message) => app.set({ message })}
      />
      <WorkStrip work={state.saying} done={t.case.said} />
      <button type="submit" class="button" id="say" disabled={going}>
        {send ?? t.case.say_send}
      </button>
    </form>
  );
}
