// Asked once more before what can't be undone. It takes the focus when it appears, and gives it back when it is let go.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { use_app } from '../app_context.ts';
import { WorkLine } from './work_line.tsx';

interface QuestionProps {
  readonly id: string; // of the button that does it
  readonly work: string; // by name
  readonly sure: string;
  readonly on_sure: () => void;
  readonly on_cancel: () => void;
  readonly asked_by: string; // a selector of what had the focus before
  readonly children: ComponentChildren;
}

export function Question({ id, work, sure, on_sure, on_cancel, asked_by, children }: QuestionProps) {
  const { app, t } = use_app();
  const question = useRef<HTMLDivElement>(null);
  useEffect(() => question.current?.focus(), []);
  const cancel = (): void => {
    on_cancel();
    setTimeout(() => document.querySelector<HTMLElement>(asked_by)?.focus()); // it is drawn again first
  };
  return (
    <div class="strip warn question" ref={question} tabIndex={-1}>
      {children}
      <WorkLine name={work} />
      <div class="actions">
        <button type="button" class="button" id={id} aria-disabled={app.working(work).status === 'going'} onClick={on_sure}>
          {sure}
        </button>
        <button type="button" class="link" onClick={cancel}>
          {t.common.cancel}
        </button>
      </div>
    </div>
  );
}
