// A choice as large as its words: the whole card is the label of a radio button or checkbox.
import type { ComponentChildren } from 'preact';

interface ChoiceProps {
  readonly type: 'radio' | 'checkbox';
  readonly name: string;
  readonly id?: string;
  readonly checked: boolean;
  readonly title: string;
  readonly line?: string;
  readonly on_change: (checked: boolean) => void;
  readonly children?: ComponentChildren;
}

// What differs from its default, Firefox writes to the disk, to restore it: `autocomplete` keeps it from that with
// texts alone. So the default is always what is chosen.
export function Choice(props: ChoiceProps) {
  const { type, name, id, checked, title, line, on_change, children } = props;
  return (
    <label class="choice">
      <input
        type={type}
        name={name}
        {...(id ? { id } : {})}
        checked={checked}
        defaultChecked={checked}
        autocomplete="off"
        onChange={(event) => on_change(event.currentTarget.checked)}
      />
      <span class="choice-words">
        <span class="choice-title">{title}</span>
        {line && <span class="choice-line">{line}</span>}
        {children}
      </span>
    </label>
  );
}

interface ChoicesProps {
  readonly legend: string;
  readonly unseen?: boolean; // the page's heading says the same
  readonly hint?: string;
  readonly children: ComponentChildren;
}

export function Choices({ legend, unseen, hint, children }: ChoicesProps) {
  return (
    <fieldset class="choices">
      <legend class={unseen ? 'unseen' : ''}>{legend}</legend>
      {hint && <p class="hint">{hint}</p>}
      {children}
    </fieldset>
  );
}
