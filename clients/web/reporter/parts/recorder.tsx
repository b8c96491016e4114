// Speaking instead of writing. What is heard here is what is sent: disguised. The voice itself is wiped.
import { useEffect, useRef, useState } from 'preact/hooks';
import { use_app } from '../app_context.ts';
import { can_record, kSecondsMax } from '../../voice/recorder.ts';
import { Recording, type Phase } from '../recording.ts';
import { take_focus } from './take_focus.ts';

export function VoiceRecorder() {
  const { app, t } = use_app();
  const told = t.telling;
  const [{ phase, url }, show] = useState<{ phase: Phase; url?: string }>({ phase: 'idle' });
  const [seconds, set_seconds] = useState(0);
  const shown = useRef(''); // the address of what is heard, let go of with it
  const ref = useRef<Recording>(null);
  const recording = (ref.current ??= new Recording(app.preparing, app.in_turn, (phase, made) => {
    URL.revokeObjectURL(shown.current);
    const url = (shown.current = made ? URL.createObjectURL(new Blob([made], { type: 'audio/wav' })) : '');
    show({ phase, url });
  }));
  useEffect(() => () => recording.leave(), []);
  if (!can_record()) return null;

  const start = (): void => {
    set_seconds(0);
    void recording.start((now) => {
      set_seconds(Math.floor(now));
      if (now >= kSecondsMax) void recording.stop(); // nobody goes on talking to a microphone that takes nothing more
    });
  };
  return (
    <div class="field recorder">
      {(phase === 'idle' || phase === 'refused') && (
        <button type="button" class="button button-quiet" id="record" onClick={start}>
          {told.record}
        </button>
      )}
      {/* A timer is not read out: it would be in the recording. */}
      <p class="hint" role={phase === 'recording' ? 'timer' : 'status'}>
        {phase === 'recording'
          ? told.recording(seconds)
          : phase === 'refused'
            ? told.record_no
            : phase === 'disguising'
              ? told.disguising
              : phase === 'done'
                ? told.disguised
                : told.record_hint}
      </p>
      {phase === 'recording' && (
        <button type="button" class="button" id="record-stop" ref={take_focus} onClick={() => void recording.stop()}>
          {told.record_stop}
        </button>
      )}
      {url && (
        <>
          <audio controls src={url} aria-label={told.disguised} />
          <div class="tool-row">
            <button type="button" class="button" id="record-use" ref={take_focus} onClick={() => recording.leave()}>
              {told.record_use}
            </button>
            <button type="button" class="link" onClick={start}>
              {told.record_again}
            </button>
            <button type="button" class="link" onClick={() => recording.drop()}>
              {told.record_drop}
            </button>
          </div>
        </>
      )}
    </div>
  );
}
