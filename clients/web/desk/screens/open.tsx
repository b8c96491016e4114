// The key file and the passphrase.
import { useRef, useState } from 'preact/hooks';
import { Choice } from '../../page/parts/choice.tsx';
import { Errors, type FieldError } from '../../page/parts/errors.tsx';
import { Heading } from '../../page/parts/heading.tsx';
import { use_app } from '../app_context.ts';

function KeyFileField() {
  const { app, state, t } = use_app();
  const [over, set_over] = useState(false);
  const take = (files: FileList | null | undefined): void => {
    const file = files?.[0];
    if (file) void app.door.choose_file(file);
  };
  return (
    <div
      class={over ? 'field drop drop-over' : 'field drop'}
      onDragOver={(event) => {
        event.preventDefault();
        set_over(true);
      }}
      onDragLeave={() => set_over(false)}
      onDrop={(event) => {
        event.preventDefault();
        set_over(false);
        take(event.dataTransfer?.files);
      }}
    >
      {state.key_file && (
        <p id="chosen" translate={false}>
          <span class="tick" aria-hidden="true" />
          {state.kept ? t.open.from_browser(state.key_file.name) : t.open.chosen(state.key_file.name)}
        </p>
      )}
      <label for="key-file" class={state.key_file ? 'quiet' : ''}>
        {state.key_file ? t.open.other : t.open.file}
      </label>
      <p class="hint" id="key-file-hint">
        {t.open.file_hint}
      </p>
      <input
        type="file"
        id="key-file"
        accept=".key"
        autocomplete="off"
        aria-describedby="key-file-hint"
        onChange={(event) => take(event.currentTarget.files)}
      />
      {state.kept && (
        <button type="button" class="link" id="forget" onClick={() => void app.door.forget_file()}>
          {t.open.forget}
        </button>
      )}
    </div>
  );
}

export function Open() {
  const { app, state, t } = use_app();
  const passphrase = useRef<HTMLInputElement>(null);
  const [errors, set_errors] = useState<readonly FieldError[]>([]);
  const [keep, set_keep] = useState(false);
  const { going, part, trouble } = state.opening;
  const closed = going || !state.organisation;
  const submit = (event: Event): void => {
    event.preventDefault();
    if (closed) return;
    const typed = passphrase.current?.value ?? '';
    const found: FieldError[] = [];
    if (!state.key_file) found.push({ field: 'key-file', text: t.open.no_file });
    if (typed === '') found.push({ field: 'passphrase', text: t.open.no_passphrase });
    set_errors(found);
    if (found.length > 0) return;
    void app.door.open(typed, keep).then(() => {
      passphrase.current?.select();
    });
  };
  const percent = Math.floor(part * 100);
  return (
    <main id="content" class="page">
      <Heading title={t.open.title} />
      <p class="intro">{t.open.intro}</p>
      {state.idle && <p class="strip">{t.open.idle}</p>}
      {state.waits && <p class="strip">{t.open.waits}</p>}
      {!state.organisation && (
        <p class="strip" role="status">
          {state.greeting_error ? t.open.trouble[state.greeting_error] : t.open.waiting}
        </p>
      )}
      <form onSubmit={submit} noValidate>
        <Errors errors={errors} />
        <KeyFileField />
        <div class="field">
          <label for="passphrase">{t.open.passphrase}</label>
          <p class="hint" id="passphrase-hint">
            {t.open.passphrase_hint}
          </p>
          <input
            type="password"
            id="passphrase"
            ref={passphrase}
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            aria-describedby="passphrase-hint"
            aria-invalid={trouble === 'wrong passphrase or altered' ? 'true' : undefined}
          />
        </div>
        {!state.kept && (
          <Choice
            type="checkbox"
            name="keep"
            id="keep"
            checked={keep}
            title={t.open.keep}
            line={t.open.keep_line}
            on_change={set_keep}
          />
        )}
        {going && (
          <div class="strip">
            <p>{t.open.checking(percent)}</p>
            <progress max={100} value={percent} aria-label={t.open.passphrase} />
          </div>
        )}
        {trouble && (
          <p class="strip strip-failed" role="alert" id="trouble">
            {t.open.trouble[trouble]}
          </p>
        )}
        <button type="submit" class="button" id="open" aria-disabled={closed}>
          {t.open.submit}
        </button>
      </form>
    </main>
  );
}
