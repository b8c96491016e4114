// A form of the case page: what it asks, what is not right yet, how far it is.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { kTextBytesMax } from '../../generated/rules.ts';
import { Errors, type FieldError } from '../../page/parts/errors.tsx';
import { rounded } from '../../page/words/format.ts';
import { use_app } from '../app_context.ts';
import { too_long } from '../drafts.ts';
import { WorkLine } from './work_line.tsx';

interface FormProps {
  readonly name: string; // of the work, and of the button
  readonly submit: string;
  readonly check: () => readonly FieldError[];
  readonly send: () => void;
  readonly done?: string;
  readonly quiet?: boolean;
  readonly children?: ComponentChildren;
}

export function Form({ name, submit, check, send, done, quiet, children }: FormProps) {
  const { app, state, t } = use_app();
  const [errors, set_errors] = useState<readonly FieldError[]>([]);
  const going = app.working(name).status === 'going';
  const go = (event: Event): void => {
    event.preventDefault();
    if (going) return;
    const long = state.open_case ? too_long(state.drafts, state.open_case.row.key, name) : undefined;
    const found = long ? [{ field: long, text: t.say.too_long(rounded(kTextBytesMax, t)) }] : check();
    set_errors(found);
    if (found.length === 0) send();
  };
  return (
    <form onSubmit={go} noValidate>
      <Errors errors={errors} />
      {children}
      <WorkLine name={name} {...(done && { done })} />
      <button
        type="submit"
        class={quiet ? 'button button-quiet' : 'button'}
        id={`do-${name}`}
        aria-disabled={going}
      >
        {submit}
      </button>
    </form>
  );
}
