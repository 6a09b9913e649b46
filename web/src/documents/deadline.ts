/** Days of documents: a deadline's last day is still in time. Pure. */
import { dateFormat, type Reader } from '../i18n/index.ts';

const DAY = { day: 'numeric', month: 'short' } as const;

/** Whether the last day is over where the reader is. */
export function isOver(deadline: string, { zone, now }: Reader): boolean {
  return deadline < dateFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(now));
}

/** The day of a deadline: "4 Dec", with the year when it is another one. */
export function inWords(deadline: string, { locale, zone, now }: Reader): string {
  const year = dateFormat('en', { timeZone: zone, year: 'numeric' }).format(new Date(now));
  const other = deadline.slice(0, 4) === year ? {} : ({ year: 'numeric' } as const);
  return dateFormat(locale, { timeZone: 'UTC', ...DAY, ...other }).format(new Date(deadline));
}

/** The day of a moment, as short: a card has little room. */
export function dayOf(at: string, { locale, zone }: Reader): string {
  return dateFormat(locale, { timeZone: zone, ...DAY }).format(new Date(at));
}
