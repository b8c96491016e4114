// Days as a language writes them, fast enough for a page that draws a hundred of them with every letter typed.
import { expect, test, vi } from 'vitest';
import { format_day } from '../../page/words/format.ts';

const kDays = Array.from({ length: 1000 }, (_, i) => 19_800 + i);

test('a day is written by each language, and is the same day everywhere', () => {
  expect(format_day(19_782, { locale: 'nl-NL' })).toBe('29 februari 2024');
  expect(format_day(19_782, { locale: 'en-GB' })).toBe('29 February 2024');
});

test('a thousand days take one writer a language', () => {
  let made = 0;
  const construct = (real: typeof Intl.DateTimeFormat, given: ConstructorParameters<typeof Intl.DateTimeFormat>): object => {
    made += 1;
    return new real(...given);
  };
  vi.stubGlobal('Intl', { ...Intl, DateTimeFormat: new Proxy(Intl.DateTimeFormat, { construct }) });
  for (const locale of ['nl-BE', 'en-IE', 'nl-BE']) for (const day of kDays) format_day(day, { locale });
  vi.unstubAllGlobals();
  expect(made).toBe(2);
});
