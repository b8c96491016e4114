// Days and legal terms.

import type { Terms } from './directory.ts';
import type { Day } from './ids.ts';

export const kDayMs = 86_400_000;

const kLastDay = 2_932_896; // 31 December 9999
const kDayMax = 0xffff_ffff; // that a field carries
const kMonthsMax = 12_000;

// Any number may stand where a day does, and a Date goes only so far: what lies beyond is shown as the last day.
export const dateOf = (day: Day): Date => new Date(Math.min(day, kLastDay) * kDayMs);

// "2026-11-23".
export function isoDate(day: Day): string {
  return dateOf(day).toISOString().slice(0, 10);
}

// A term that ends beyond every day that can be written never passes.
export const daysAfter = (day: Day, count: number): Day => Math.min(day + count, kDayMax);

// The same day of the month `months` later; the month's last day where there is none (31 January and one month: 28 or
// 29 February).
export function addMonths(day: Day, months: number): Day {
  const date = dateOf(day);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + Math.min(months, kMonthsMax)];
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), lastOfMonth)) / kDayMs;
}

// A mask of the days of a week, bit 0 Monday to bit 6 Sunday; 0: not said.
export const kEveryDayOfAWeek = 0x7f;
const kFirstDay = 3; // 1970-01-01 was a Thursday

// Monday is 0.
export const dayOfWeek = (day: Day): number => (day + kFirstDay) % 7;
// Whether it is one of these working days; every day is where none was said.
export const worksOn = (workingDays: number, day: Day): boolean =>
  workingDays === 0 || ((workingDays >> dayOfWeek(day)) & 1) !== 0;

// One legal term: by when, and when it was met (0: not yet).
export interface Clock {
  readonly dueDay: Day;
  readonly metDay: Day;
}

export const overdue = (clock: Clock, today: Day): boolean => clock.metDay === 0 && today > clock.dueDay;

// Directive (EU) 2019/1937, art. 9(1): acknowledged within the directory's days; feedback within its months from the
// acknowledgement or, without one, from the last day for it.
export interface Clocks {
  readonly acknowledge: Clock;
  readonly feedback: Clock;
}

export function clocks(terms: Terms, opened: Day, acknowledged: Day, feedback: Day): Clocks {
  const acknowledge = { dueDay: daysAfter(opened, terms.acknowledgeDays), metDay: acknowledged };
  const from = acknowledged !== 0 ? acknowledged : acknowledge.dueDay;
  return { acknowledge, feedback: { dueDay: addMonths(from, terms.feedbackMonths), metDay: feedback } };
}
