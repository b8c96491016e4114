// Choosing files, what they cost, and how far they are.
import { use_app } from '../app_context.ts';
import { kCoveredSecondsMax, type FilePlace } from '../files.ts';
import { Choice } from '../../page/parts/choice.tsx';
import { PreparedFiles } from './prepared.tsx';
import { VoiceRecorder } from './recorder.tsx';
import { WorkStrip } from './work_strip.tsx';

export function FilePicker() {
  const { app, state, t } = use_app();
  const { chosen, too_large, uncovered } = state.files;
  const seconds = app.files.seconds();
  const take = (input: HTMLInputElement): void => {
    app.preparing.take([...(input.files ?? [])]);
    input.value = ''; // the same file may be chosen again, and its path stays nowhere
  };
  return (
    <>
      <div class="field files">
        <label for="files">{t.files.add}</label>
        <p class="hint" id="files-hint">
          {t.giving.hint}
        </p>
        <input
          type="file"
          id="files"
          multiple
          autocomplete="off"
          aria-describedby="files-hint"
          onChange={(event) => take(event.currentTarget)}
        />
      </div>
      {too_large.map((name) => (
        <p class="strip warn" role="alert" key={name}>
          {t.files.too_large(name)}
        </p>
      ))}
      <PreparedFiles />
      <VoiceRecorder />
      {chosen.length > 0 && (
        <>
          <p id="files-time">{seconds > kCoveredSecondsMax ? t.files.too_long : t.files.time(seconds)}</p>
          {app.files.may_choose() && (
            <Choice
              type="checkbox"
              name="uncovered"
              id="uncovered"
              checked={uncovered}
              title={t.files.uncovered}
              line={t.files.uncovered_shows}
              on_change={(now) => app.set({ files: { ...state.files, uncovered: now } })}
            />
          )}
        </>
      )}
    </>
  );
}

// How far the files are; what to do when they do not get there.
export function FilesSending({ to, words }: { to: FilePlace; words: readonly string[] | null }) {
  const { app, state, t } = use_app();
  const { attaching, chosen } = state.files;
  if (attaching.status !== 'failed') return <WorkStrip work={attaching} done={t.files.accepted} />;
  return (
    <div class="strip strip-failed" role="alert">
      <p>
        {t.files.trouble[attaching.error ?? 'defect']} {t.files.goes_on}
      </p>
      <p dir="auto" translate={false}>
        {chosen.map((file) => file.name).join(', ')}
      </p>
      <button type="button" class="button" id="attach-again" onClick={() => void app.files.attach(to, words)}>
        {t.common.retry}
      </button>
    </div>
  );
}
