// Writing to the reporter: own words, a sentence that is used often, a file.
import type { RefObject } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { EventKind, kFileBytesMax } from '../../generated/rules.ts';
import { format_list, size_text } from '../../page/words/format.ts';
import { use_case } from '../app_context.ts';
import { kUnfinished } from '../drafts.ts';
import { Draft, use_choice, use_draft } from './draft.tsx';
import { Form } from './form.tsx';
import { person_word } from './names.ts';
import { Question } from './question.tsx';
import { WorkLine } from './work_line.tsx';

function Snippets() {
  const { state, t } = use_case();
  const [text, type] = use_draft('say');
  // The organisation's own, where it has some.
  const own = state.book?.snippets.filter(({ language }) => language === t.code) ?? [];
  const all = own.length > 0 ? own : t.say.snippet.map((sentence) => ({ title: sentence, text: sentence }));
  return (
    <div class="field field-short">
      <label for="snippet">{t.say.snippets}</label>
      <select
        id="snippet"
        value=""
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          event.currentTarget.value = '';
          if (chosen) type(text.trim() === '' ? chosen : `${text.trimEnd()}\n${chosen}`);
        }}
      >
        <option value="">{t.say.snippet_none}</option>
        {all.map((snippet) => (
          <option key={snippet.title} value={snippet.text}>
            {snippet.title}
          </option>
        ))}
      </select>
    </div>
  );
}

// Before it goes: what, to whom, and that nobody brings it back.
function MaySend({ file, field }: { file: File; field: RefObject<HTMLInputElement | null> }) {
  const { app, cases, rights, t } = use_case();
  // In any case: a browser does not say that the same file was chosen again.
  const empty = (): void => {
    if (field.current) field.current.value = '';
  };
  const listeners = rights.listeners().map((id) => person_word(id, app.session.directory, t));
  return (
    <Question
      id="attach-sure"
      work="attach"
      sure={t.files.sure}
      on_sure={() => {
        void cases.attach().then(empty);
        field.current?.focus();
      }}
      on_cancel={() => {
        cases.offer(null);
        empty();
      }}
      asked_by="#attach"
    >
      <p>{t.files.ask}</p>
      <p>
        <strong>
          <bdi translate={false}>{file.name}</bdi>
        </strong>{' '}
        <span class="hint">{size_text(file.size, t.code)}</span>
      </p>
      <p>{t.files.who_reads(format_list([t.common.reporter, ...listeners], t))}</p>
      <p>{t.files.goes}</p>
    </Question>
  );
}

function SendFile() {
  const { app, cases, state, t } = use_case();
  const [heavy, set_heavy] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const [unfinished] = use_draft(kUnfinished);
  const { status, progress } = app.working('attach');
  return (
    <div class="field">
      <label for="attach">{t.files.add}</label>
      <p class="hint" id="attach-hint">
        {t.files.add_hint}
      </p>
      <input
        type="file"
        id="attach"
        ref={input}
        aria-disabled={status === 'going'}
        autocomplete="off"
        aria-describedby="attach-hint"
        onClick={(event) => status === 'going' && event.preventDefault()}
        onDrop={(event) => status === 'going' && event.preventDefault()} // or it would seem to have gone with the first
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          const is_heavy = file !== undefined && file.size > kFileBytesMax;
          set_heavy(is_heavy);
          cases.offer(is_heavy ? null : (file ?? null));
        }}
      />
      {state.offered && <MaySend key={state.offered.name} file={state.offered} field={input} />}
      {heavy && <p class="warn" role="alert">{t.files.too_heavy}</p>}
      {status !== 'going' && unfinished && <p class="warn" id="attach-unfinished">{t.files.unfinished(unfinished)}</p>}
      {status === 'going' && progress && <p class="hint">{t.files.sending(Math.floor((100 * progress.done) / progress.total))}</p>}
      <WorkLine name="attach" done={t.done.attach} />
    </div>
  );
}

// How is it now? Asked on a day that was agreed, also after the outcome.
function CheckIn() {
  const { cases, t } = use_case();
  const [text] = use_draft('check_in');
  return (
    <details class="fold" id="fold-check_in">
      <summary>{t.check_in.title}</summary>
      <Form
        name="check_in"
        quiet
        submit={t.check_in.send}
        check={() => []}
        send={() => void cases.check_in(text.trim() === '' ? t.check_in.usual : text)}
        done={t.done.check_in}
      >
        <Draft name="check_in" label={t.check_in.label} hint={t.check_in.hint} />
      </Form>
    </details>
  );
}

export function Talk() {
  const { cases, rights, open, t } = use_case();
  const [text] = use_draft('say');
  const [chosen, choose] = use_choice('say');
  const { clocked, clocks } = open.state;
  const is_due = clocked && clocks.feedback.metDay === 0;
  const feedback = is_due && chosen !== '';
  return (
    <div class="talk">
      <Form
        name="say"
        submit={t.say.send}
        check={() => (text.trim() === '' ? [{ field: 'say', text: t.say.empty }] : [])}
        send={() => void cases.say(text, feedback)}
        done={t.done.say}
      >
        <Draft name="say" label={t.say.label} hint={t.say.hint} lines={4} />
        <Snippets />
        {is_due && (
          <label class="tick-line">
            <input
              type="checkbox"
              id="feedback"
              checked={feedback}
              autocomplete="off"
              onChange={(event) => choose(event.currentTarget.checked ? 'feedback' : '')}
            />
            <span>{t.say.feedback}</span>
          </label>
        )}
      </Form>
      <SendFile />
      {rights.may(EventKind.check_in) && <CheckIn />}
    </div>
  );
}
