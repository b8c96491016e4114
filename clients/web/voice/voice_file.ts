// Speech in a WAV file that every browser plays, 8 bits a sample: a minute is 960 KB, which travels within the
// rhythm in about six minutes. µ-law: ITU-T G.711.
import type { Work } from '../core/turns.ts';
import { kVoiceRate, with_each } from './disguise.ts';

const kHeadBytes = 58;
const kMuLaw = 7;
const kBias = 132;
const kClip = 32_635;

export async function voice_wav(samples: Float32Array, work: Work): Promise<Uint8Array<ArrayBuffer>> {
  const even = samples.length + (samples.length % 2);
  const file = new Uint8Array(kHeadBytes + even).fill(0xff);
  const head = new DataView(file.buffer);
  const letters = (at: number, text: string): void => [...text].forEach((letter, i) => head.setUint8(at + i, letter.charCodeAt(0)));
  letters(0, 'RIFF');
  head.setUint32(4, 50 + even, true);
  letters(8, 'WAVEfmt ');
  head.setUint32(16, 18, true);
  head.setUint16(20, kMuLaw, true);
  head.setUint16(22, 1, true);
  head.setUint32(24, kVoiceRate, true);
  head.setUint32(28, kVoiceRate, true);
  head.setUint16(32, 1, true);
  head.setUint16(34, 8, true);
  letters(38, 'fact'); // wanted wherever samples are packed
  head.setUint32(42, 4, true);
  head.setUint32(46, samples.length, true);
  letters(50, 'data');
  head.setUint32(54, samples.length, true);
  await with_each(samples, work, (sample, i) => (file[kHeadBytes + i] = mu_law(sample)));
  return file;
}

export function mu_law(sample: number): number {
  const size = Math.min(kClip, Math.round(Math.abs(sample) * 32_767)) + kBias;
  const exponent = 31 - Math.clz32(size) - 7;
  const mantissa = (size >> (exponent + 3)) & 0x0f;
  return ~((sample < 0 ? 0x80 : 0) | (exponent << 4) | mantissa) & 0xff;
}
