export const seconds = (n: number): string =>
  n >= 90 ? `ongeveer ${Math.round(n / 60)} minuten` : n > 1 ? `ongeveer ${n} seconden` : 'een seconde';
