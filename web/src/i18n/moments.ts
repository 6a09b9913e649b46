/** Exact times, as a time line and a plan need them: "14:32:07" today, "21 Nov, 14:32:07" on another day. Pure. */
import { daysAgo, type Reader } from './index.ts';

export function momentText(at: string, reader: Reader, seconds: boolean): string {
  const date = new Date(at);
  const year = (when: Date | number) => new Intl.DateTimeFormat('en', { timeZone: reader.zone, year: 'numeric' }).format(when);
  const day: Intl.DateTimeFormatOptions = daysAgo(date, reader) === 0 ? {} : { day: 'numeric', month: 'short' };
  if (day.day && year(date) !== year(reader.now)) day.year = 'numeric';
  return new Intl.DateTimeFormat(reader.locale, {
    timeZone: reader.zone,
    ...day,
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
  }).format(date);
}
