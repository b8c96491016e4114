// Speaking instead of writing. What is heard here is what is sent: disguised. The voice itself is wiped.
import { useEffect, useRef, useState } from 'preact/hooks';
import { use_app } from '../app_context.ts';
import { disguise, draw_disguise } from '../../voice/disguise.ts';
import { can_record, kSecondsMax, Recorder } from '../../voice/recorder.ts';
import { voice_wav } from '../../voice/voice_file.ts';
import { take_focus } from './take_focus.ts';

type Phase = 'idle' | 'recording' | 'disguising' | 'done' | 'refused';

// Nobody can guess how a voice was bent.
function draw(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32;
}

export function VoiceRecorder() {
  const { app, t } = use_app();
  const told = t.telling;
  const [phase, show_phase] = useState<Phase>('idle');
  const set_phase = (now: Phase): void => {
    app.preparing.recording = now !== 'idle' && now !== 'refused'; // nobody goes on past it and loses it
    show_phase(now);
  };
  const [seconds, set_seconds] = useState(0);
  const [made, set_made] = useState<{ bytes: Uint8Array<ArrayBuffer>; url: string } | null>(null);
  const recorder = useRef<Recorder | null>(null);
  const dropped = useRef(0); // one more with every `drop`: what comes after it is nobody's, and no microphone stays on
  const drop = (): void => {
    dropped.current += 1;
    recorder.current?.cancel();
    recorder.current = null;
    if (made) URL.revokeObjectURL(made.url);
    set_made(null);
    set_phase('idle');
  };
  // Whoever looks elsewhere finds it among the files; whoever closes the page has forgotten it before.
  const leave = (): void => {
    if (made && app.preparing.recording) app.preparing.take_recording(made.bytes);
    drop();
  };
  const last_leave = useRef(leave);
  last_leave.current = leave;
  useEffect(() => () => last_leave.current(), []);
  if (!can_record()) return null;

  const start = async (): Promise<void> => {
    drop();
    const round = dropped.current;
    set_seconds(0);
    try {
      const started = await Recorder.start((now) => {
        set_seconds(Math.floor(now));
        if (now >= kSecondsMax) void stop(); // nobody goes on talking to a microphone that takes nothing more
      });
      if (round !== dropped.current) return started.cancel();
      recorder.current = started;
      set_phase('recording');
    } catch {
      if (round === dropped.current) set_phase('refused');
    }
  };
  const stop = async (): Promise<void> => {
    const running = recorder.current;
    if (!running) return;
    recorder.current = null;
    if (running.seconds() === 0) {
      running.cancel(); // a browser that never let the microphone begin
      return set_phase('refused');
    }
    const round = dropped.current;
    set_phase('disguising');
    try {
      const voice = await running.stop(app.in_turn);
      const bytes = await voice_wav(await disguise(voice, draw_disguise(draw), Math.random, app.in_turn), app.in_turn);
      voice.fill(0);
      if (round !== dropped.current) return;
      set_made({ bytes, url: URL.createObjectURL(new Blob([bytes], { type: 'audio/wav' })) });
      set_phase('done');
    } catch {
      if (round === dropped.current) set_phase('refused');
    }
  };
  return (
    <div class="field recorder">
      {(phase === 'idle' || phase === 'refused') && (
        <button type="button" class="button button-quiet" id="record" onClick={() => void start()}>
          {told.record}
        </button>
      )}
      {/* A timer is not read out: it would be in the recording. */}
      <p class="hint" role={phase === 'recording' ? 'timer' : 'status'}>
        {phase === 'recording' ? told.recording(seconds) : phase === 'refused' ? told.record_no : phase === 'disguising' ? told.disguising : phase === 'done' ? told.disguised : told.record_hint}
      </p>
      {phase === 'recording' && (
        <button type="button" class="button" id="record-stop" ref={take_focus} onClick={() => void stop()}>
          {told.record_stop}
        </button>
      )}
      {phase === 'done' && made && (
        <>
          <audio controls src={made.url} aria-label={told.disguised} />
          <div class="tool-row">
            <button type="button" class="button" id="record-use" ref={take_focus} onClick={leave}>
              {told.record_use}
            </button>
            <button type="button" class="link" onClick={() => void start()}>
              {told.record_again}
            </button>
            <button type="button" class="link" onClick={drop}>
              {told.record_drop}
            </button>
          </div>
        </>
      )}
    </div>
  );
}
