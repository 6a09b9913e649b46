/** Opening hours of a partner, in its own time zone. Pure. */
import type { OpeningSpan } from '../core/types.ts';
import { dateFormat } from '../i18n/index.ts';

export type Status = { open: true; until: string } | { open: false; next: { day: number; time: string; inDays: number } | null };

/** The weekday (0 Monday) and the minutes since midnight in a zone. */
export function localNow(zone: string, now: number): { day: number; minutes: number } {
  const parts = dateFormat('en-GB', { timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(now);
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? '';
  return { day: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(part('weekday')), minutes: Number(part('hour')) * 60 + Number(part('minute')) };
}

/** Open until when, or closed until when. A span that closes before it opens ends on the next day. */
export function statusAt(hours: readonly OpeningSpan[], zone: string, now: number): Status {
  const { day, minutes } = localNow(zone, now);
  const spans = hours.map((span) => ({ ...span, from: toMinutes(span.opens), to: toMinutes(span.closes) })).map((span) => ({ ...span, to: span.to <= span.from ? span.to + DAY : span.to }));
  for (const span of spans) {
    const since = ((day - span.day + 7) % 7) * DAY + minutes;
    if (since >= span.from && since < span.to) return { open: true, until: span.closes };
  }
  const waits = spans.map((span) => ({ span, wait: (((span.day - day + 7) % 7) * DAY + span.from - minutes + WEEK) % WEEK })).sort((a, b) => a.wait - b.wait);
  const first = waits[0];
  if (!first) return { open: false, next: null };
  return { open: false, next: { day: first.span.day, time: first.span.opens, inDays: Math.floor((minutes + first.wait) / DAY) } };
}

/** The spans of each weekday from Monday on, in order. */
export function byWeekday(hours: readonly OpeningSpan[]): OpeningSpan[][] {
  return Array.from({ length: 7 }, (_, day) => hours.filter((span) => span.day === day).sort((a, b) => a.opens.localeCompare(b.opens)));
}

/** "Monday" in a language; 0 is Monday. */
export function weekday(day: number, locale: string, form: 'long' | 'short' = 'long'): string {
  return dateFormat(locale, { weekday: form, timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + day));
}

/** A time of day such as "09:00" the way a language writes it. */
export function timeOfDay(time: string, locale: string): string {
  return dateFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1, 0, toMinutes(time)));
}

const DAY = 24 * 60;
const WEEK = 7 * DAY;

function toMinutes(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}
