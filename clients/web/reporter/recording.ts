// From the microphone to a file in a voice that is nobody's. What was spoken is lost only where somebody says so:
// whoever looks elsewhere meanwhile finds it among the files.
import { disguise, draw_disguise } from '../voice/disguise.ts';
import { Recorder } from '../voice/recorder.ts';
import { voice_wav } from '../voice/voice_file.ts';
import type { Preparing } from './preparing.ts';
import type { Session } from './session.ts';

export type Phase = 'idle' | 'recording' | 'disguising' | 'done' | 'refused';
type Made = Uint8Array<ArrayBuffer>;

// Nobody can guess how a voice was bent.
const draw = (): number => crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32;

// The microphone is off as soon as this begins; the voice itself is wiped.
async function disguised(running: Recorder, in_turn: Session['in_turn']): Promise<Made> {
  const voice = await running.stop(in_turn);
  try {
    return await voice_wav(await disguise(voice, draw_disguise(draw), Math.random, in_turn), in_turn);
  } finally {
    voice.fill(0);
  }
}

export class Recording {
  private running_: Recorder | null = null;
  private making_: Promise<Made> | null = null; // since it was stopped
  private round_ = 0; // one more with every `drop`: what comes after it is nobody's, and no microphone stays on

  constructor(
    private readonly preparing_: Preparing,
    private readonly in_turn_: Session['in_turn'],
    private readonly show_: (phase: Phase, made?: Made) => void,
  ) {}

  async start(on_seconds: (seconds: number) => void): Promise<void> {
    this.drop();
    const round = this.round_;
    try {
      const started = await Recorder.start(on_seconds);
      if (round !== this.round_) return started.cancel();
      this.running_ = started;
      this.tell('recording');
    } catch {
      if (round === this.round_) this.tell('refused');
    }
  }
  async stop(): Promise<void> {
    const { running_: running, round_: round } = this;
    if (!running) return;
    this.running_ = null;
    if (running.seconds() === 0) {
      running.cancel(); // a browser that never let the microphone begin
      return this.tell('refused');
    }
    this.tell('disguising');
    try {
      const made = await (this.making_ = disguised(running, this.in_turn_));
      if (round === this.round_) this.tell('done', made);
    } catch {
      if (round === this.round_) this.drop('refused');
    }
  }
  drop(phase: Phase = 'idle'): void {
    this.round_ += 1;
    this.running_?.cancel();
    this.running_ = this.making_ = null;
    this.tell(phase);
  }
  // Whoever closes the page has forgotten it before.
  leave(): void {
    if (this.preparing_.recording) {
      void this.stop();
      if (this.making_) void this.preparing_.take_recording(this.making_);
    }
    this.drop();
  }

  private tell(phase: Phase, made?: Made): void {
    this.preparing_.recording = phase !== 'idle' && phase !== 'refused'; // nobody goes on past it and loses it
    this.show_(phase, made);
  }
}
