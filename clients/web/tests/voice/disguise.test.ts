// A disguised voice, measured: its pitch has nothing of the speaker's, its formants moved, and no two recordings alike.
import { expect, test } from 'vitest';

import { atOnce, type Work } from '../../core/turns.ts';
import { disguise, draw_disguise, kVoiceRate } from '../../voice/disguise.ts';
import { mu_law, voice_wav } from '../../voice/voice_file.ts';
import { chance } from './chance.ts';

// A vowel: pulses at a pitch, through two resonances.
function vowel(pitch: number, formants: readonly number[], seconds = 1): Float32Array {
  const out = new Float32Array(seconds * kVoiceRate);
  for (let at = 0; at < out.length; at += kVoiceRate / pitch) out[Math.floor(at)] = 1;
  for (const formant of formants) {
    const r = Math.exp((-Math.PI * 90) / kVoiceRate);
    const [a, b] = [2 * r * Math.cos((2 * Math.PI * formant) / kVoiceRate), -r * r];
    for (let i = 2; i < out.length; ++i) out[i]! += a * out[i - 1]! + b * out[i - 2]!;
  }
  const loudest = out.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return out.map((sample) => (0.5 * sample) / loudest);
}

// The lag at which a stretch is most like itself.
function pitch_of(samples: Float32Array): number {
  const [from, size] = [4000, 4000];
  let best = { lag: 1, likeness: -Infinity };
  for (let lag = Math.floor(kVoiceRate / 400); lag <= kVoiceRate / 60; ++lag) {
    let likeness = 0;
    for (let i = from; i < from + size; ++i) likeness += samples[i]! * samples[i + lag]!;
    if (likeness > best.likeness) best = { lag, likeness };
  }
  return kVoiceRate / best.lag;
}

// Where, between two bounds, the spectrum is strongest, in steps of 20 Hz smoothed over a pitch.
function peak_of(samples: Float32Array, low: number, high: number): number {
  const power = (hz: number): number => {
    let [re, im] = [0, 0];
    for (let i = 4000; i < 8000; ++i) {
      re += samples[i]! * Math.cos((2 * Math.PI * hz * i) / kVoiceRate);
      im += samples[i]! * Math.sin((2 * Math.PI * hz * i) / kVoiceRate);
    }
    return re * re + im * im;
  };
  const bins = Array.from({ length: Math.ceil((high - low) / 10) }, (_, i) => ({ hz: low + 10 * i, power: power(low + 10 * i) }));
  let best = { hz: 0, power: -1 };
  for (const { hz } of bins) {
    const near = bins.filter((bin) => Math.abs(bin.hz - hz) <= 80).reduce((sum, bin) => sum + bin.power, 0);
    if (near > best.power) best = { hz, power: near };
  }
  return best.hz;
}

test('the pitch is the disguise’s own, whoever speaks', async () => {
  const how = draw_disguise(chance(5));
  for (const own of [95, 130, 210]) {
    const heard = pitch_of(await disguise(vowel(own, [600, 1700]), how, chance(6)));
    expect(Math.abs(heard / how.pitch - 1), `${own} Hz, ${heard} heard`).toBeLessThan(0.16);
  }
});

test('formants move as they were drawn to, away from the speaker’s', async () => {
  for (const seed of [1, 2, 3, 4]) {
    const how = draw_disguise(chance(seed));
    expect(how.formants < 0.91 || how.formants > 1.11).toBe(true);
    const heard = peak_of(await disguise(vowel(120, [1000]), how, chance(9)), 500, 1800);
    expect(Math.abs(heard / (1000 * how.formants) - 1), `${heard} Hz at ${how.formants}`).toBeLessThan(0.13);
  }
});

test('no two recordings are bent alike', () => {
  expect(draw_disguise(chance(1))).not.toEqual(draw_disguise(chance(2)));
});

test('silence stays silent, and nothing at all is no error', async () => {
  const how = draw_disguise(chance(1));
  expect((await disguise(new Float32Array(8000), how, chance(1))).every((sample) => sample === 0)).toBe(true);
  expect((await disguise(new Float32Array(0), how, chance(1))).length).toBe(0);
});

test('samples are packed as G.711 has it', async () => {
  expect([0, 1, -1, 0.5].map(mu_law)).toEqual([0xff, 0x80, 0x00, 0x8f]);
  const wav = await voice_wav(new Float32Array(3), atOnce);
  expect(wav.length).toBe(58 + 4);
  expect(new DataView(wav.buffer).getUint32(4, true)).toBe(wav.length - 8);
});

test('all that is done with each sample is done in pieces that hold up no frame', async () => {
  const samples = vowel(120, [1000], 12);
  const abs = Math.abs;
  let [pieces, looked_at, most, outside] = [0, 0, 0, 0];
  Math.abs = (x) => ((looked_at += 1), abs(x)); // of each sample: for the loudest, and to pack it
  const work: Work = async (piece) => {
    outside += looked_at;
    looked_at = 0;
    const made = await piece();
    pieces += 1;
    most = Math.max(most, looked_at);
    looked_at = 0;
    return made;
  };
  try {
    const disguised = await disguise(samples, draw_disguise(chance(1)), chance(2), work);
    expect(pieces, 'to begin, of 24 steps each, and to make it as loud as it should be').toBe(1 + Math.ceil(samples.length / 256 / 24) + Math.ceil(samples.length / 50_000));
    await voice_wav(disguised, work);
  } finally {
    Math.abs = abs;
  }
  expect([outside + looked_at, most]).toEqual([0, 50_000]);
});
