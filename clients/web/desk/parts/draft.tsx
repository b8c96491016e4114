// Where an adviser writes. What is typed lives in the controller, so it outlasts the screen, a failure and the lock.
import { Writing } from '../../page/parts/writing.tsx';
import { use_case } from '../app_context.ts';
import { field_at, kChoice } from '../drafts.ts';

interface DraftProps {
  readonly name: string; // of the field, within the case
  readonly label: string;
  readonly hint?: string;
  readonly lines?: number;
  readonly invalid?: boolean;
}

// What stands in a field of the open case, and a way to change it.
export function use_draft(name: string): readonly [string, (text: string) => void] {
  const { app, open } = use_case();
  const field = field_at(open.row.key, name);
  return [app.draft(field), (text) => app.type(field, text)];
}

// What is chosen beside the texts of a form: kept with them, and gone with the last of them.
export const use_choice = (form: string): readonly [string, (chosen: string) => void] => use_draft(`${form}-${kChoice}`);

export function Draft({ name, label, hint, lines = 3, invalid }: DraftProps) {
  const [value, type] = use_draft(name);
  return (
    <Writing
      id={name}
      label={label}
      {...(hint && { hint })}
      {...(invalid && { invalid })}
      lines={lines}
      value={value}
      on_input={type}
    />
  );
}
