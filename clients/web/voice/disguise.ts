// Makes a voice nobody's, and leaves the words.
//
// Speech is a source, which buzzes at the pitch of a voice or hisses, through a filter, whose resonances
// (formants) make vowels and are as wide apart as a throat is long. The source is thrown away: a new one buzzes
// at a pitch of its own that drifts by chance, so no melody of the speaker is left to be put back. The filter is
// kept roughly, bent by a curve drawn for each recording, and moved while it goes on. What remains: words,
// accent, pauses and how fast somebody speaks. A channel vocoder, as in H. Dudley, Bell Labs, 1939, with
// the filter taken from the cepstrum (Noll 1967; Oppenheim and Schafer 1968).
import { atOnce, type Work } from '../core/turns.ts';
import { Fft } from './fft.ts';

export const kVoiceRate = 16_000; // samples a second: what speech needs, and recognisers were made for

const kFrame = 1024; // 64 ms
const kHop = 256; // 16 ms
const kBins = kFrame / 2 + 1;
const kSmooth = 48; // of the cepstrum: 3 ms, under the period of nearly any voice
const kPitchMin = 70; // Hz, of the speaker
const kPitchMax = 380;
const kLoudest = 0.9;
const kQuiet = 1e-5; // mean square: nobody speaks
const kTurnSteps = 24; // steps of a frame in one piece of work
const kTurnSamples = 50_000; // samples, where little is done with each

// So many at a time that no frame is late.
export async function with_each(samples: Float32Array, work: Work, run: (sample: number, i: number) => void): Promise<void> {
  for (let from = 0; from < samples.length; from += kTurnSamples)
    await work(() => samples.subarray(from, from + kTurnSamples).forEach((sample, i) => run(sample, from + i)));
}

// Uniform in [0, 1).
export type Draw = () => number;

// How one recording is bent. Drawn anew for each.
export interface Disguise {
  readonly pitch: number; // Hz, of the new voice
  readonly drift: readonly { readonly hz: number; readonly phase: number; readonly depth: number }[];
  readonly formants: number; // above 1: a shorter throat
  readonly bends: readonly number[]; // further factors at the corners of kCorners
}

const kCorners = [0, 700, 1600, 3000, 8000]; // Hz

export function draw_disguise(draw: Draw): Disguise {
  const between = (least: number, most: number): number => least + (most - least) * draw();
  // Never nearly the speaker's own: a tenth to a fifth, up or down.
  const formants = draw() < 0.5 ? between(0.8, 0.9) : between(1.12, 1.24);
  return {
    pitch: between(95, 185),
    drift: [between(0.1, 0.4), between(0.5, 1.1), between(1.5, 2.6)].map((hz) => ({
      hz,
      phase: between(0, 2 * Math.PI),
      depth: between(0.02, 0.05),
    })),
    formants,
    bends: kCorners.map(() => between(0.96, 1.04)),
  };
}

export async function disguise(samples: Float32Array, how: Disguise, draw: Draw, work = atOnce): Promise<Float32Array> {
  const voice = await work(() => new Vocoder(samples, how, draw));
  while (voice.left() > 0) await work(() => voice.run(kTurnSteps));
  const { out, gain } = voice.finish();
  await with_each(out, work, (sample, i) => (out[i] = sample * gain));
  return out;
}

class Vocoder {
  private readonly fft_ = new Fft(kFrame);
  private readonly window_ = Float64Array.from({ length: kFrame }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / kFrame));
  private readonly re_ = new Float64Array(kFrame);
  private readonly im_ = new Float64Array(kFrame);
  private readonly frame_ = new Float64Array(kFrame);
  private readonly envelope_ = new Float64Array(kBins);
  private readonly source_ = new Float64Array(kFrame);
  private readonly out_: Float32Array;
  private readonly buzz_: Float32Array;
  private at_ = 0;
  private loudest_ = 0;

  constructor(
    private readonly samples_: Float32Array,
    private readonly how_: Disguise,
    private readonly draw_: Draw,
  ) {
    this.out_ = new Float32Array(samples_.length + kFrame);
    this.buzz_ = pulses(this.out_.length, how_);
  }

  left(): number {
    return Math.max(0, this.samples_.length - this.at_);
  }

  run(steps: number): void {
    for (let step = 0; step < steps && this.left() > 0; ++step, this.at_ += kHop) {
      this.frame();
      // No later frame adds to these.
      for (let i = 0; i < kHop; ++i) this.loudest_ = Math.max(this.loudest_, Math.abs(this.out_[this.at_ + i]!));
    }
  }

  // What was made, and by what it is multiplied to be as loud as it should.
  finish(): { readonly out: Float32Array; readonly gain: number } {
    for (const scratch of [this.re_, this.im_, this.frame_, this.envelope_, this.source_, this.buzz_]) scratch.fill(0);
    return { out: this.out_.subarray(0, this.samples_.length), gain: this.loudest_ > 0 ? kLoudest / this.loudest_ : 0 };
  }

  private frame(): void {
    let power = 0;
    for (let i = 0; i < kFrame; ++i) {
      const sample = this.samples_[this.at_ + i] ?? 0;
      this.frame_[i] = sample * this.window_[i]!;
      power += sample * sample;
    }
    power /= kFrame;
    if (power < kQuiet) return;
    const voiced = this.listen();
    this.speak(voiced, Math.sqrt(power));
  }

  // Takes the filter of this frame, bent, into `envelope_`; gives how much of it is voiced, 0 to 1.
  private listen(): number {
    const { re_: re, im_: im } = this;
    re.set(this.frame_);
    im.fill(0);
    this.fft_.forward(re, im);
    const power = new Float64Array(kFrame);
    for (let k = 0; k < kFrame; ++k) power[k] = re[k]! * re[k]! + im[k]! * im[k]!;

    re.set(power);
    im.fill(0);
    this.fft_.backward(re, im); // correlation of the frame with itself
    const voiced = periodicity(re);

    for (let k = 0; k < kFrame; ++k) re[k] = 0.5 * Math.log(power[k]! + 1e-9);
    im.fill(0);
    this.fft_.backward(re, im); // the cepstrum, times kFrame
    for (let q = 0; q < kFrame; ++q) {
      const distance = Math.min(q, kFrame - q);
      const weight = distance >= kSmooth ? 0 : 0.5 + 0.5 * Math.cos((Math.PI * distance) / kSmooth);
      re[q] = (re[q]! / kFrame) * weight;
      im[q] = 0;
    }
    this.fft_.forward(re, im);
    for (let k = 0; k < kBins; ++k) this.envelope_[k] = Math.exp(re[this.bent(k)]!);
    return voiced;
  }

  // Where the filter of this bin comes from.
  private bent(k: number): number {
    const hz = (k * kVoiceRate) / kFrame;
    const corner = Math.max(0, kCorners.findIndex((at) => at > hz) - 1);
    const [from, to] = [kCorners[corner]!, kCorners[corner + 1] ?? kCorners.at(-1)!];
    const share = to > from ? (hz - from) / (to - from) : 0;
    const [low, high] = [this.how_.bends[corner]!, this.how_.bends[corner + 1] ?? 1];
    const factor = this.how_.formants * (low + (high - low) * share);
    return Math.min(kBins - 1, Math.round(k / factor));
  }

  // A new source through the filter, as loud as the frame was.
  private speak(voiced: number, loudness: number): void {
    const { re_: re, im_: im } = this;
    const buzz = Math.sqrt(voiced);
    const hiss = Math.sqrt(1 - voiced);
    for (let i = 0; i < kFrame; ++i) {
      const noise = (this.draw_() - 0.5) * 3.46; // of variance 1
      re[i] = this.window_[i]! * (buzz * this.buzz_[this.at_ + i]! + hiss * noise);
    }
    im.fill(0);
    this.fft_.forward(re, im);
    for (let k = 0; k < kFrame; ++k) {
      const gain = this.envelope_[Math.min(k, kFrame - k)]!;
      re[k]! *= gain;
      im[k]! *= gain;
    }
    this.fft_.backward(re, im);
    let power = 0;
    for (let i = 0; i < kFrame; ++i) power += re[i]! * re[i]!;
    const gain = power > 0 ? loudness / Math.sqrt(power / kFrame) : 0;
    for (let i = 0; i < kFrame; ++i) this.out_[this.at_ + i]! += (re[i]! * gain * this.window_[i]!) / 1.5;
  }
}

// A pulse for each period of the new voice, of variance 1; its pitch drifts.
function pulses(length: number, { pitch, drift }: Disguise): Float32Array {
  const out = new Float32Array(length);
  for (let at = 0; at < length; ) {
    const seconds = at / kVoiceRate;
    const swing = drift.reduce((sum, { hz, phase, depth }) => sum + depth * Math.sin(2 * Math.PI * hz * seconds + phase), 0);
    const period = kVoiceRate / (pitch * (1 + swing));
    const whole = Math.floor(at);
    // Between two samples, so that the pitch is not rounded.
    out[whole] = (1 - (at - whole)) * Math.sqrt(period);
    if (whole + 1 < length) out[whole + 1] = (at - whole) * Math.sqrt(period);
    at += period;
  }
  return out;
}

// From a frame's correlation with itself: 1 for a clear voice, 0 for a hiss.
function periodicity(correlation: Float64Array): number {
  const whole = correlation[0]!;
  if (whole <= 0) return 0;
  let best = 0;
  for (let lag = Math.floor(kVoiceRate / kPitchMax); lag <= kVoiceRate / kPitchMin; ++lag) {
    // The window is seen in the correlation too.
    const seen = 1 - lag / kFrame;
    best = Math.max(best, correlation[lag]! / (whole * seen * seen));
  }
  return best < 0.35 ? 0 : best > 0.7 ? 1 : (best - 0.35) / 0.35;
}
