// How one piece of work stands: going on, done, or what went wrong.
import { use_app } from '../app_context.ts';

interface WorkLineProps {
  readonly name: string;
  readonly done?: string;
}

export function WorkLine({ name, done }: WorkLineProps) {
  const { app, t } = use_app();
  const { status, error } = app.working(name);
  if (status === 'failed')
    return (
      <p class="strip strip-failed" role="alert">
        {t.trouble[error ?? 'defect']}
      </p>
    );
  if (status === 'going')
    return (
      <p class="hint going" role="status">
        {t.going}
      </p>
    );
  return status === 'done' && done ? (
    <p class="hint" role="status">
      <span class="tick" aria-hidden="true" />
      {done}
    </p>
  ) : null;
}
