// Speech in a WAV file that every browser plays, 8 bits a sample: a minute is 960 KB, which travels within the
// rhythm in about six minutes. µ-law: ITU-T G.711.
import { concat } from '../core/crypto/bytes.ts';
import { kVoiceRate } from './disguise.ts';

const kMuLaw = 7;
const kBias = 132;
const kClip = 32_635;

export function voice_wav(samples: Float32Array): Uint8Array<ArrayBuffer> {
  const head = new DataView(new ArrayBuffer(58));
  const letters = (at: number, text: string): void => [...text].forEach((letter, i) => head.setUint8(at + i, letter.charCodeAt(0)));
  const even = samples.length + (samples.length % 2);
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
  const data = new Uint8Array(even).fill(0xff);
  samples.forEach((sample, i) => (data[i] = mu_law(sample)));
  return concat(new Uint8Array(head.buffer), data) as Uint8Array<ArrayBuffer>;
}

export function mu_law(sample: number): number {
  const size = Math.min(kClip, Math.round(Math.abs(sample) * 32_767)) + kBias;
  const exponent = 31 - Math.clz32(size) - 7;
  const mantissa = (size >> (exponent + 3)) & 0x0f;
  return ~((sample < 0 ? 0x80 : 0) | (exponent << 4) | mantissa) & 0xff;
}
