export const seconds = (n: number): string =>
  n >= 90 ? `about ${Math.round(n / 60)} minutes` : n > 1 ? `about ${n} seconds` : 'a second';
