// Where people write their own words. Nothing of it is offered again, spell-checked by a service,
// translated by one, or kept in the browser's session files.
import { useEffect, useRef } from 'preact/hooks';

interface WritingProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly lines?: number;
  readonly invalid?: boolean;
  readonly on_input: (value: string) => void;
}

const kPrivate = {
  autocomplete: 'off',
  spellcheck: false,
  translate: false,
  autocorrect: 'off',
  writingsuggestions: 'false',
  'data-gramm': 'false',
  dir: 'auto',
} as const;

export function Writing({ id, label, hint, value, lines = 6, invalid, on_input }: WritingProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  // Grows with what is written: no scrolling inside a small window.
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight + 4}px`;
  }, [value]);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <textarea
        ref={area}
        id={id}
        rows={lines}
        value={value}
        aria-invalid={invalid ? 'true' : undefined}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onInput={(event) => on_input(event.currentTarget.value)}
        {...kPrivate}
      />
    </div>
  );
}

export function Line({ id, label, hint, value, invalid, on_input }: WritingProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <input
        type="text"
        id={id}
        value={value}
        aria-invalid={invalid ? 'true' : undefined}
        aria-describedby={hint ? `${id}-hint` : undefined}
        autocapitalize="none"
        onInput={(event) => on_input(event.currentTarget.value)}
        {...kPrivate}
      />
    </div>
  );
}
