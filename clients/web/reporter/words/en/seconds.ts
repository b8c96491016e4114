export const seconds = (n: number): string =>
  n >= 90 ? `About ${Math.round(n / 60)} minutes` : n > 1 ? `About ${n} seconds` : 'A second';
