/** Deadlines: the last day is still in time. Pure. */
import { dateFormat, type Reader } from '../i18n/index.ts';

/** Whether the last day is over where the reader is. */
export function isOver(deadline: string, { zone, now }: Reader): boolean {
  return deadline < dateFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(now));
}

/** "4 December", with the year when it is another one. */
export function inWords(deadline: string, { locale, zone, now }: Reader): string {
  const year = dateFormat('en', { timeZone: zone, year: 'numeric' }).format(new Date(now));
  const other = deadline.slice(0, 4) === year ? {} : ({ year: 'numeric' } as const);
  return dateFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'long', ...other }).format(new Date(deadline));
}
