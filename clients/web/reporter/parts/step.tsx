// What every step of the reporter's lead has in common: the form around it, how far it is, and what went wrong.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Errors, type FieldError } from '../../page/parts/errors.tsx';
import { use_app } from '../app_context.ts';
import { too_long } from '../draft.ts';
import type { Move } from '../lead.ts';
import { Page } from './page.tsx';
import { WorkStrip } from './work_strip.tsx';

interface StepProps {
  readonly title: string;
  readonly intro?: string;
  readonly send: string;
  readonly check: () => readonly FieldError[]; // what is not right yet
  readonly take: () => Promise<boolean>; // true once it was accepted
  readonly said?: string; // then told, where one comes back to
  readonly after?: ComponentChildren; // below the form
  readonly children: ComponentChildren;
}

export function StepPage({ title, intro, send, check, take, said, after, children }: StepProps) {
  const { app, state, t } = use_app();
  const [errors, set_errors] = useState<readonly FieldError[]>([]);
  const submit = async (): Promise<void> => {
    const { text, summary } = app.acting.form;
    const long = [text, summary].some(too_long);
    const found = long ? [{ field: 'send', text: t.story.too_long }] : check();
    set_errors(found);
    if (found.length > 0) return;
    const { screen, lead } = app.state;
    if (!(await take())) return;
    if (app.state.screen === screen && app.state.lead.about === lead.about) app.back();
    app.announce(said ?? t.lead.accepted);
  };
  return (
    <Page title={title} {...(intro ? { intro } : {})} back>
      <Errors errors={errors} />
      <form
        noValidate // the summary on top says it, in this language
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {children}
        <StepStrip />
        <button type="submit" class="button" id="send" aria-disabled={state.lead.acting.status === 'going'}>
          {send}
        </button>
      </form>
      {after}
    </Page>
  );
}

// For a step that is one move, made from the form.
export const moving = (app: ReturnType<typeof use_app>['app'], move: () => Move) => (): Promise<boolean> =>
  app.acting.move(move());

export function StepStrip() {
  const { app, state, t } = use_app();
  const { acting } = state.lead;
  if (acting.status !== 'failed' || acting.error !== 'refused') return <WorkStrip work={acting} />;
  const look = (): void => {
    app.back();
    app.look_again();
    void app.look_who_is_here();
  };
  return (
    <div class="strip strip-failed" role="alert">
      <p>{t.lead.refused}</p>
      <button type="button" class="button button-quiet" id="to-case" onClick={look}>
        {t.lead.to_case}
      </button>
    </div>
  );
}
