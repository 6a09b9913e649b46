/** Days without a time of day, as "2026-03-12": in words, and as the calendar of a place has them. Pure. */
import { dateOnly, type Reader } from '../i18n/index.ts';

const DAY = 86_400_000;

/** "12 March": the same day wherever one reads it. */
export const dayText = (day: string, reader: Reader): string => dateOnly(`${day}T12:00:00Z`, { ...reader, zone: 'UTC' });

/** The day that it is in a zone at a moment. */
export const dayIn = (zone: string, moment: number): string => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(moment);

export const addDays = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

export const addYears = (day: string, years: number): string => {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCFullYear(date.getUTCFullYear() + years);
  return date.toISOString().slice(0, 10);
};
