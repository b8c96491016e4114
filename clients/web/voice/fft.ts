// The discrete Fourier transform of a power of two, in place.
export class Fft {
  readonly size: number;
  private readonly cosine_: Float64Array;
  private readonly sine_: Float64Array;

  constructor(size: number) {
    this.size = size;
    this.cosine_ = Float64Array.from({ length: size / 2 }, (_, k) => Math.cos((2 * Math.PI * k) / size));
    this.sine_ = Float64Array.from({ length: size / 2 }, (_, k) => Math.sin((2 * Math.PI * k) / size));
  }

  forward(re: Float64Array, im: Float64Array): void {
    this.transform(re, im, -1);
  }
  // Without the division by the size.
  backward(re: Float64Array, im: Float64Array): void {
    this.transform(re, im, 1);
  }

  private transform(re: Float64Array, im: Float64Array, sign: 1 | -1): void {
    const n = this.size;
    for (let i = 1, j = 0; i < n; ++i) {
      let bit = n >> 1;
      for (; j & bit; bit >>= 1) j ^= bit;
      j ^= bit;
      if (i < j) {
        [re[i], re[j]] = [re[j]!, re[i]!];
        [im[i], im[j]] = [im[j]!, im[i]!];
      }
    }
    for (let half = 1; half < n; half *= 2) {
      const step = n / (2 * half);
      for (let start = 0; start < n; start += 2 * half)
        for (let k = 0; k < half; ++k) {
          const cosine = this.cosine_[k * step]!;
          const sine = sign * this.sine_[k * step]!;
          const [a, b] = [start + k, start + k + half];
          const real = re[b]! * cosine - im[b]! * sine;
          const imaginary = re[b]! * sine + im[b]! * cosine;
          re[b] = re[a]! - real;
          im[b] = im[a]! - imaginary;
          re[a]! += real;
          im[a]! += imaginary;
        }
    }
  }
}
