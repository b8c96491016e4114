// What is measured of a voice: its words go up and down in loudness, its pitch is its speaker's, and its very wave is
// nobody else's. A disguised recording keeps the first and has nothing of the rest.

export const kRate = 16_000; // samples a second, of all that is compared here
const kHop = kRate / 100;

// A WAV file of one channel, 16 bits or µ-law (ITU-T G.711), at kRate.
export function read_wav(file) {
  const chunks = {};
  for (let at = 12; at + 8 <= file.length; ) {
    const size = file.readUInt32LE(at + 4);
    chunks[file.toString('latin1', at, at + 4)] = file.subarray(at + 8, at + 8 + size);
    at += 8 + size + (size % 2);
  }
  const [format, rate, data] = [chunks['fmt '].readUInt16LE(0), chunks['fmt '].readUInt32LE(4), chunks.data];
  const samples = format === 7 ? Float32Array.from(data, mu_law) : Float32Array.from({ length: data.length >> 1 }, (_, i) => data.readInt16LE(2 * i) / 32768);
  return resampled(samples, rate);
}

function mu_law(byte) {
  const bits = ~byte & 0xff;
  const size = ((((bits & 0x0f) << 3) + 132) << ((bits >> 4) & 7)) - 132;
  return (bits & 0x80 ? -size : size) / 32768;
}

// Between two samples lies a line: good enough to be listened to by what stands below.
function resampled(samples, rate) {
  if (rate === kRate) return samples;
  return Float32Array.from({ length: Math.floor((samples.length * kRate) / rate) - 1 }, (_, i) => {
    const at = (i * rate) / kRate;
    const left = Math.floor(at);
    return samples[left] + (at - left) * (samples[left + 1] - samples[left]);
  });
}

// Hz, a hundred times a second; 0 where nothing is voiced. The lag at which a stretch is most like what follows it.
export function pitches(samples) {
  const [least, most, size] = [Math.floor(kRate / 400), Math.ceil(kRate / 65), 640];
  const found = [];
  for (let from = 0; from + size + most < samples.length; from += kHop) {
    const likeness = (lag) => {
      let [both, one, other] = [0, 1e-9, 1e-9];
      for (let i = from; i < from + size; i += 1) {
        both += samples[i] * samples[i + lag];
        one += samples[i] ** 2;
        other += samples[i + lag] ** 2;
      }
      return one / size < 1e-4 ? 0 : both / Math.sqrt(one * other);
    };
    const likenesses = Array.from({ length: most - least }, (_, i) => likeness(least + i));
    const best = Math.max(...likenesses);
    // The first that is nearly the best: twice a period is as like.
    const lag = least + likenesses.findIndex((one, i) => one > 0.9 * best && one >= (likenesses[i + 1] ?? -1));
    found.push(best > 0.6 ? kRate / lag : 0);
  }
  return found;
}

// The median of what is voiced, and how far the melody goes around it: the middle 80 %, in semitones.
export function melody(samples) {
  const voiced = pitches(samples).filter((hz) => hz > 0).sort((a, b) => a - b);
  const at = (share) => voiced[Math.floor(share * (voiced.length - 1))];
  return { hz: Math.round(at(0.5)), semitones: Math.round(120 * Math.log2(at(0.9) / at(0.1))) / 10, voiced: voiced.length };
}

// How loud, a hundred times a second.
const loudness = (samples) =>
  Float32Array.from({ length: Math.floor(samples.length / kHop) }, (_, i) => {
    let sum = 0;
    for (const sample of samples.subarray(i * kHop, (i + 1) * kHop)) sum += sample ** 2;
    return Math.log10(sum / kHop + 1e-6);
  });

const mean_of = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

// Of a piece and the place in a whole that it is most like: 1 for the same, 0 for nothing in common. Both go around 0.
function likeness(piece, whole) {
  const power = (from) => whole.subarray(from, from + piece.length).reduce((sum, value) => sum + value * value, 0);
  const own = Math.sqrt(piece.reduce((sum, value) => sum + value * value, 0));
  let [best, there] = [0, power(0)];
  for (let at = 0; at + piece.length <= whole.length; at += 1) {
    let both = 0;
    for (let i = 0; i < piece.length; i += 1) both += piece[i] * whole[at + i];
    if (there > 1e-6) best = Math.max(best, Math.abs(both) / (own * Math.sqrt(there)));
    there += (whole[at + piece.length] ?? 0) ** 2 - whole[at] ** 2;
  }
  return best;
}

// `heard` was recorded while `spoken` was said again and again.
export function same_words(heard, spoken) {
  const around = (values) => {
    const mean = mean_of(values);
    return values.map((value) => value - mean);
  };
  return likeness(around(loudness(heard)), around(loudness(twice(spoken))));
}
// Of the loudest tenths of a second, so that neither silence nor hiss counts.
export function same_wave(heard, spoken) {
  const size = kRate / 10;
  const pieces = Array.from({ length: Math.floor(heard.length / size) }, (_, i) => heard.subarray(i * size, (i + 1) * size));
  const power = (piece) => piece.reduce((sum, sample) => sum + sample * sample, 0);
  const loudest = pieces.sort((a, b) => power(b) - power(a)).slice(0, 5);
  return loudest.map((piece) => likeness(piece, spoken)).sort((a, b) => a - b)[2];
}

function twice(samples) {
  const both = new Float32Array(2 * samples.length);
  both.set(samples);
  both.set(samples, samples.length);
  return both;
}
