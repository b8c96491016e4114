// Days, lists, sizes and names as a language writes them.
import { dateOf } from '../../core/protocol/calendar.ts';

// "2026-11-23", as a date field writes it.
export { isoDate as date_of } from '../../core/protocol/calendar.ts';

interface Language {
  readonly locale: string;
}

// Making one takes as long as writing five hundred days with it, and a long case is drawn anew with every letter typed.
const writers = new Map<string, Intl.DateTimeFormat>();

export function format_day(day: number, { locale }: Language): string {
  let writer = writers.get(locale);
  if (!writer) {
    writer = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
    writers.set(locale, writer);
  }
  return writer.format(dateOf(day));
}

// "a, b en c".
export function format_list(items: readonly string[], { locale }: Language): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(items);
}

// From Monday.
export const kWeek = [0, 1, 2, 3, 4, 5, 6] as const;
export const weekday_name = (day: number, { locale }: Language): string =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format((day + 4) * 86_400_000); // 5 January 1970

// "Arabisch" for "ar"; the code itself where the browser does not know.
export function language_name(code: string, { locale }: Language): string {
  try {
    return new Intl.DisplayNames([locale], { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

const kKilo = 1000;

export function size_text(bytes: number, code: string): string {
  const mega = bytes >= kKilo * kKilo;
  const style = { style: 'unit', unit: mega ? 'megabyte' : 'kilobyte', maximumFractionDigits: mega ? 1 : 0 } as const;
  const units = bytes / (mega ? kKilo * kKilo : kKilo);
  return new Intl.NumberFormat(code, style).format(mega ? units : Math.max(1, units));
}

// "61.000" for 61,440: down to whole thousands.
export const rounded = (count: number, { locale }: Language): string =>
  new Intl.NumberFormat(locale).format(count - (count % kKilo));

// The name people see: as the directory has it, with a capital.
export function shown_name(name: string): string {
  return name.charAt(0).toLocaleUpperCase() + name.slice(1);
}
