// What is not right yet, on top of the page; each line leads to its field.
import { useEffect, useRef } from 'preact/hooks';
import { use_words } from '../words/words_context.ts';

export interface FieldError {
  readonly field: string; // the id of the field
  readonly text: string;
}

export function Errors({ errors }: { errors: readonly FieldError[] }) {
  const { common } = use_words();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (errors.length > 0) box.current?.focus();
  }, [errors]);
  if (errors.length === 0) return null;
  return (
    <div class="errors" role="alert" tabIndex={-1} ref={box} aria-label={common.errors}>
      <h2>{common.errors}</h2>
      <ul>
        {errors.map((error) => (
          <li key={error.text}>
            <button
              type="button"
              class="link"
              onClick={() => document.getElementById(error.field)?.focus()}
            >
              {error.text}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
