// How one piece of work stands: going on, done, or what went wrong. That it is done, the frame says aloud.
import { shown_name } from '../../page/words/format.ts';
import { use_app } from '../app_context.ts';

interface WorkLineProps {
  readonly name: string;
  readonly done?: string;
  readonly quiet?: boolean; // goes on by itself, again and again
}

export function WorkLine({ name, done, quiet }: WorkLineProps) {
  const { app, t } = use_app();
  const { status, error, lapsed } = app.working(name);
  if (status === 'failed')
    return (
      <p class="strip strip-failed" role="alert">
        {lapsed ? t.lapsed(shown_name(lapsed)) : t.trouble[error ?? 'defect']}
      </p>
    );
  if (status === 'going')
    return quiet ? null : (
      <p class="hint going" role="status">
        {t.going}
      </p>
    );
  return status === 'done' && done ? (
    <p class="hint">
      <span class="tick" aria-hidden="true" />
      {done}
    </p>
  ) : null;
}
