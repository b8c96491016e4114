// Writing to the advisers. What was typed stays until it is accepted.
import { useState } from 'preact/hooks';
import { use_app } from '../app_context.ts';
import { too_long } from '../draft.ts';
import { Errors, type FieldError } from '../../page/parts/errors.tsx';
import { FilePicker, FilesSending } from './files.tsx';
import { WorkStrip } from './work_strip.tsx';
import { Writing } from '../../page/parts/writing.tsx';

interface TalkProps {
  readonly label?: string;
  readonly hint?: string;
  readonly send?: string;
  readonly urgent?: boolean;
  readonly files?: boolean; // files may go along
  readonly said?: () => void;
}

export function Talk({ label, hint, send, urgent = false, files = false, said }: TalkProps) {
  const { app, state, t } = use_app();
  const [errors, set_errors] = useState<readonly FieldError[]>([]);
  // Words need not wait for files that are still on their way.
  const going = state.saying.status === 'going' || (state.files.attaching.status === 'going' && state.message.trim() === '');
  const say = async (): Promise<void> => {
    if (going) return;
    const { chosen } = state.files;
    const with_files = files && chosen.length > 0;
    const with_text = state.message.trim() !== '';
    if (files && app.preparing.undecided()) return set_errors([{ field: 'files', text: t.giving.decide }]);
    if (!with_text && !with_files) return set_errors([{ field: 'message', text: t.case.say_empty }]);
    if (with_files && app.files.must_choose()) return set_errors([{ field: 'files', text: t.files.choose }]);
    if (too_long(state.message)) return set_errors([{ field: 'message', text: t.story.too_long }]);
    set_errors([]);
    if (with_text && !(await app.say(state.message, urgent))) return;
    if (with_text) said?.();
    if (with_files) await app.files.attach('talk', null, chosen);
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
        invalid={errors.some((error) => error.field === 'message')}
        on_input={(message) => app.set({ message })}
      />
      {files && <FilePicker />}
      <WorkStrip work={state.saying} done={t.case.said} />
      {files && <FilesSending to="talk" words={null} />}
      <button type="submit" class="button" id="say" aria-disabled={going}>
        {send ?? t.case.say_send}
      </button>
    </form>
  );
}
