// How far something is that travels with the rhythm: what arrived, how long it may take, what went
// wrong. Never further than the truth.
import type { WorkState } from '../../page/work.ts';
import { shown_name } from '../../page/words/format.ts';
import { use_app } from '../app_context.ts';

interface WorkStripProps {
  readonly work: WorkState;
  readonly done?: string;
  readonly retry?: () => void;
}

export function WorkStrip({ work, done, retry }: WorkStripProps) {
  const { state, t } = use_app();
  if (work.status === 'idle') return null;
  if (work.status === 'done') {
    return done ? (
      <p class="strip strip-done" role="status">
        <span class="tick" aria-hidden="true" />
        {done}
      </p>
    ) : null;
  }
  if (work.status === 'failed') {
    return (
      <div class="strip strip-failed" role="alert">
        <p>{work.lapsed ? t.trouble.lapsed(shown_name(work.lapsed)) : t.trouble[work.error ?? 'defect']}</p>
        {retry && (
          <button type="button" class="button" onClick={retry}>
            {t.common.retry}
          </button>
        )}
      </div>
    );
  }
  // Said aloud is what changes for the person; each step, every few seconds, is only shown.
  const { progress } = work;
  const begun = progress && progress.done > 0;
  return (
    <div class="strip">
      <p>
        <span role="status">{state.lost ? `${t.trouble.offline_title}. ${t.trouble.offline}` : !begun && t.sending.waiting}</span>
        {begun && !state.lost && t.sending.progress(progress.done, progress.total)}{' '}
        {progress && progress.seconds_left > 0 && t.sending.left(progress.seconds_left)}
      </p>
      <progress max={progress?.total ?? 1} value={progress?.done ?? 0} aria-label={t.sending.title} />
      <p class="hint">{t.sending.pace}</p>
    </div>
  );
}
