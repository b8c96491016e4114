// Days as a language writes them, fast enough for a page that draws a hundred of them with every letter typed.
import { expect, test, vi } from 'vitest';
import { addMonths } from '../../core/protocol/calendar.ts';
import { date_of, format_day } from '../../page/words/format.ts';

const kDays = Array.from({ length: 1000 }, (_, i) => 19_800 + i);

test('a day is written by each language, and is the same day everywhere', () => {
  expect(format_day(19_782, { locale: 'nl-NL' })).toBe('29 februari 2024');
  expect(format_day(19_782, { locale: 'en-GB' })).toBe('29 February 2024');
});

test('a day that no calendar has is shown as the last one, and takes nothing else down with it', () => {
  for (const day of [2_932_897, 100_000_001, 2 ** 32 - 1]) {
    expect(format_day(day, { locale: 'en-GB' })).toBe('31 December 9999');
    expect(date_of(day)).toBe('9999-12-31');
    expect(date_of(addMonths(day, 3))).toBe('9999-12-31');
  }
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
