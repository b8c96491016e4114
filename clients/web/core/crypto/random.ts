// Randomness is a parameter, so every construct has known-answer tests.

export interface Random {
  fill(out: Uint8Array): void;
}

const kBytesAtOnce = 65_536; // what getRandomValues takes

// The browser's own.
export const systemRandom: Random = {
  fill(out) {
    for (let at = 0; at < out.length; at += kBytesAtOnce)
      crypto.getRandomValues(out.subarray(at, at + kBytesAtOnce) as Uint8Array<ArrayBuffer>);
  },
};

// Evenly from 0 to 1, without 1.
export function drawUnit(random: Random): number {
  const bytes = new Uint8Array(4);
  random.fill(bytes);
  return new DataView(bytes.buffer).getUint32(0) / 2 ** 32;
}
