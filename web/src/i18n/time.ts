/** Times in words: relative when near, absolute when far. Pure; the reader's locale and zone are handed in. */
import { dateFormat } from './formats.ts';

export interface Reader {
  locale: string;
  zone: string;
  now: number;
}
type When = string | number | Date;

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

function format(reader: Reader, options: Intl.DateTimeFormatOptions, when: Date): string {
  return dateFormat(reader.locale, { timeZone: reader.zone, ...options }).format(when);
}

/** Whole calendar days between a moment and now in the reader's zone: 0 today, 1 yesterday. */
export function daysAgo(when: When, reader: Reader): number {
  const number = (date: Date) => {
    const [year, month, dayOfMonth] = format({ ...reader, locale: 'en-CA' }, { year: 'numeric', month: '2-digit', day: '2-digit' }, date)
      .split('-')
      .map(Number);
    return Date.UTC(year ?? 0, (month ?? 1) - 1, dayOfMonth) / day;
  };
  return number(new Date(reader.now)) - number(new Date(when));
}

const sameYear = (when: Date, reader: Reader) =>
  format({ ...reader, locale: 'en' }, { year: 'numeric' }, when) === format({ ...reader, locale: 'en' }, { year: 'numeric' }, new Date(reader.now));

/** "just now", "5 minutes ago", "3 hours ago", "yesterday", then the date. Future times likewise. */
export function relativeTime(when: When, reader: Reader): string {
  const date = new Date(when);
  const past = reader.now - date.getTime();
  const words = new Intl.RelativeTimeFormat(reader.locale, { numeric: 'auto' });
  if (Math.abs(past) < minute) return words.format(0, 'second');
  if (Math.abs(past) < hour) return words.format(-Math.trunc(past / minute), 'minute');
  const days = daysAgo(date, reader);
  if (days === 0 || Math.abs(past) < 6 * hour) return words.format(-Math.trunc(past / hour), 'hour');
  if (Math.abs(days) <= 6) return words.format(-days, 'day');
  return dateOnly(date, reader);
}

/** "14:32" */
export function clockTime(when: When, reader: Reader): string {
  return format(reader, { hour: '2-digit', minute: '2-digit' }, new Date(when));
}

/** "12 March", with the year when it is another one. */
export function dateOnly(when: When, reader: Reader): string {
  const date = new Date(when);
  return format(reader, sameYear(date, reader) ? { day: 'numeric', month: 'long' } : { day: 'numeric', month: 'long', year: 'numeric' }, date);
}

/** For a list: "14:32" today, "Tue" this week, "12/03/2025" before. */
export function listTime(when: When, reader: Reader): string {
  const date = new Date(when);
  const days = daysAgo(date, reader);
  if (days <= 0) return clockTime(date, reader);
  if (days < 7) return format(reader, { weekday: 'short' }, date);
  return format(reader, sameYear(date, reader) ? { day: 'numeric', month: 'short' } : { day: '2-digit', month: '2-digit', year: 'numeric' }, date);
}

/** For a separator between days: "Today", "Yesterday", "Tuesday 12 March". */
export function dayTitle(when: When, reader: Reader): string {
  const date = new Date(when);
  const days = daysAgo(date, reader);
  const text =
    days === 0 || days === 1
      ? new Intl.RelativeTimeFormat(reader.locale, { numeric: 'auto' }).format(-days, 'day')
      : format(reader, { weekday: 'long', day: 'numeric', month: 'long', ...(sameYear(date, reader) ? {} : { year: 'numeric' }) }, date);
  return text.charAt(0).toLocaleUpperCase(reader.locale) + text.slice(1);
}

/** Everything, for a tooltip: "Tuesday 12 March 2026 at 14:32 CET". */
export function fullTime(when: When, reader: Reader): string {
  return format(
    reader,
    { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' },
    new Date(when),
  );
}
