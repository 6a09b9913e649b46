/** Opening hours as a week of days: grouping, order and what is wrong with them. Pure; times are "HH:MM". */
import type { OpeningSpan } from '../core/types.ts';

export interface Span {
  opens: string;
  closes: string;
}
/** Seven days, Monday first. */
export type Week = Span[][];

export function weekOf(spans: OpeningSpan[]): Week {
  return Array.from({ length: 7 }, (_, day) =>
    spans
      .filter((span) => span.day === day)
      .map(({ opens, closes }) => ({ opens: opens.slice(0, 5), closes: closes.slice(0, 5) }))
      .sort((a, b) => a.opens.localeCompare(b.opens)),
  );
}

export function spansOf(week: Week): OpeningSpan[] {
  return week.flatMap((spans, day) => spans.map((span) => ({ day, ...span })));
}

/** What is wrong with one day, or null. */
export function faultOf(spans: Span[]): 'wrongSpan' | 'overlap' | null {
  if (spans.some(({ opens, closes }) => !opens || !closes || closes <= opens)) return 'wrongSpan';
  const sorted = [...spans].sort((a, b) => a.opens.localeCompare(b.opens));
  return sorted.some((span, index) => index > 0 && span.opens < (sorted[index - 1]?.closes ?? '')) ? 'overlap' : null;
}

/** The hours to propose when one more span is added to a day: after what is there, else a usual day. */
export function nextSpan(spans: Span[]): Span {
  const last = spans.at(-1)?.closes;
  if (!last || last >= '21:00') return { opens: '09:00', closes: '18:00' };
  const hour = Number(last.slice(0, 2)) + 1;
  return { opens: `${String(hour).padStart(2, '0')}:00`, closes: `${String(Math.min(hour + 4, 23)).padStart(2, '0')}:00` };
}

/** Names of the days in a language, Monday first. */
export function dayNames(locale: string): string[] {
  const names = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  return Array.from({ length: 7 }, (_, day) => names.format(new Date(Date.UTC(2024, 0, 1 + day))));
}
