/** Counts over time as a chart has them: every day, week or month of a stretch, those without a request too. Pure. */
import { addDays } from './days.ts';
import type { Period, RequestCounts } from './types.ts';

export interface Point {
  /** The first day of it. */
  day: string;
  count: number;
}

/** How many days, weeks and months are shown. */
export const lengths: Record<Period, number> = { day: 30, week: 13, month: 12 };

/** The first day of the period that a day is in; weeks begin on Monday. */
export function firstOf(period: Period, day: string): string {
  if (period === 'month') return `${day.slice(0, 7)}-01`;
  if (period === 'day') return day;
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
}

/** The first days of the last periods, oldest first, the present one included. */
export function stretch(period: Period, today: string): string[] {
  const days = [firstOf(period, today)];
  while (days.length < lengths[period]) days.unshift(firstOf(period, addDays(days[0]!, -1)));
  return days;
}

/** What the server calls a period: "2026-03-12", "2026-W11" (ISO 8601), "2026-03". */
export function keyOf(period: Period, day: string): string {
  if (period === 'month') return day.slice(0, 7);
  if (period === 'day') return day;
  // A week belongs to the year of its Thursday.
  const thursday = addDays(firstOf('week', day), 3);
  const week = Math.floor((Date.parse(thursday) - Date.parse(`${thursday.slice(0, 4)}-01-01`)) / (7 * 86_400_000)) + 1;
  return `${thursday.slice(0, 4)}-W${String(week).padStart(2, '0')}`;
}

export function seriesOf({ groups }: RequestCounts, period: Period, today: string): Point[] {
  const counts = new Map(groups.map(({ key, count }) => [key, count]));
  return stretch(period, today).map((day) => ({ day, count: counts.get(keyOf(period, day)) ?? 0 }));
}

/** A round number that the highest bar fits under: 4, 10, 20, 40, 100 … */
export function ceilingOf(points: { count: number }[]): number {
  const most = Math.max(4, ...points.map(({ count }) => count));
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 4, 10].map((factor) => factor * power).find((round) => round >= most)!;
}

export const sumOf = (points: Point[]): number => points.reduce((sum, { count }) => sum + count, 0);
