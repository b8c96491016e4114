// Records in the page's own memory. The original leaves it for nobody: it is disguised here and wiped.
//
// An AudioWorklet would need a script of its own, fetched when somebody begins to record, and whoever watches
// the line would see that; MediaRecorder packs for a file, which a browser may keep on disk. So the older
// ScriptProcessorNode: it needs neither, and what it hands over is plain numbers that can be wiped.
import type { Work } from '../core/turns.ts';
import { kVoiceRate } from './disguise.ts';

export const kSecondsMax = 180;
const kPiece = 4096; // samples; at 48 kHz 85 ms

export function can_record(): boolean {
  return typeof navigator.mediaDevices?.getUserMedia === 'function' && 'OfflineAudioContext' in window && 'AudioContext' in window;
}

export class Recorder {
  private readonly pieces_: Float32Array[] = [];
  private readonly context_: AudioContext;
  private readonly stream_: MediaStream;
  private readonly tap_: ScriptProcessorNode;
  private samples_ = 0;

  private constructor(stream: MediaStream, on_seconds: (seconds: number) => void) {
    this.stream_ = stream;
    this.context_ = new AudioContext();
    this.tap_ = this.context_.createScriptProcessor(kPiece, 1, 1);
    this.tap_.onaudioprocess = ({ inputBuffer }) => {
      if (this.seconds() >= kSecondsMax) return;
      this.pieces_.push(inputBuffer.getChannelData(0).slice());
      this.samples_ += inputBuffer.length;
      on_seconds(this.seconds());
    };
    this.context_.createMediaStreamSource(stream).connect(this.tap_);
    this.tap_.connect(this.context_.destination); // silent: it writes nothing, and runs only when connected
  }

  // Asks for the microphone. Throws what the browser throws when it is refused.
  static async start(on_seconds: (seconds: number) => void): Promise<Recorder> {
    // Nothing that tells devices apart is asked for, nor improved.
    const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
    try {
      return new Recorder(stream, on_seconds);
    } catch (error) {
      switch_off(stream);
      throw error;
    }
  }

  seconds(): number {
    return this.samples_ / this.context_.sampleRate;
  }

  // What was recorded, at kVoiceRate. The caller wipes it.
  async stop(work: Work): Promise<Float32Array> {
    const rate = this.context_.sampleRate;
    this.close();
    const size = Math.max(1, this.samples_);
    const buffer = await work(() => new AudioBuffer({ length: size, sampleRate: rate, numberOfChannels: 1 }));
    const whole = buffer.getChannelData(0);
    let at = 0;
    for (const piece of this.pieces_.splice(0))
      await work(() => {
        whole.set(piece, at);
        at += piece.length;
        piece.fill(0);
      });
    const slow = new OfflineAudioContext(1, Math.ceil((size * kVoiceRate) / rate), kVoiceRate);
    const source = new AudioBufferSourceNode(slow, { buffer });
    source.connect(slow.destination);
    source.start();
    const rendered = await slow.startRendering();
    // Asked for anew: Firefox took the samples out of `whole` as the source got them.
    await work(() => buffer.getChannelData(0).fill(0));
    return rendered.getChannelData(0);
  }

  cancel(): void {
    this.close();
    this.wipe();
  }

  private close(): void {
    this.tap_.onaudioprocess = null;
    this.tap_.disconnect();
    switch_off(this.stream_);
    void this.context_.close();
  }
  private wipe(): void {
    for (const piece of this.pieces_) piece.fill(0);
    this.pieces_.length = 0;
  }
}

function switch_off(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
