/** Days of the reader's wall as `YYYY-MM-DD`, months as `YYYY-MM`. Pure. */
import { wallTime } from '../../i18n/localTime.ts';

const DAY = 86_400_000;
const utc = (day: string) => Date.parse(`${day}T00:00:00Z`);
const written = (at: number) => new Date(at).toISOString().slice(0, 10);

export const isDay = (text: string | null): text is string => /^\d{4}-\d\d-\d\d$/.test(text ?? '') && !Number.isNaN(utc(text ?? ''));

export const dayOf = (at: string | number, zone: string): string => wallTime(typeof at === 'number' ? at : Date.parse(at), zone).slice(0, 10);

export const monthOf = (day: string): string => day.slice(0, 7);

export const dayAfter = (day: string, days: number): string => written(utc(day) + days * DAY);

/** The first day of the month that comes so many months later. */
export function monthAfter(month: string, months: number): string {
  const at = new Date(utc(`${month}-01`));
  return monthOf(written(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1)));
}

/** Whole weeks that hold a month; `firstDay` 1 is Monday and 7 Sunday, as Intl counts. */
export function weeksOf(month: string, firstDay: number): string[][] {
  const first = utc(`${month}-01`);
  const before = (new Date(first).getUTCDay() - (firstDay % 7) + 7) % 7;
  const weeks: string[][] = [];
  for (let at = first - before * DAY; monthOf(written(at)) <= month; at += 7 * DAY) {
    weeks.push(Array.from({ length: 7 }, (_, day) => written(at + day * DAY)));
  }
  return weeks;
}

/** On which day a week begins where the reader lives. */
export function firstDayOf(locale: string): number {
  const known = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?: () => { firstDay: number }; weekInfo?: { firstDay: number } };
  return (known.getWeekInfo?.() ?? known.weekInfo)?.firstDay ?? 1;
}

/** What belongs to each day, in the order of time. */
export function byDay<T>(items: readonly T[], momentOf: (item: T) => string | null, zone: string): Map<string, T[]> {
  const timed = items.flatMap((item) => {
    const at = momentOf(item);
    return at ? [{ item, at }] : [];
  });
  timed.sort((a, b) => a.at.localeCompare(b.at));
  const days = new Map<string, T[]>();
  for (const { item, at } of timed) {
    const day = dayOf(at, zone);
    days.set(day, [...(days.get(day) ?? []), item]);
  }
  return days;
}
