/** When a status ends, as one chooses it. Pure. */
import { momentOf, wallTime } from '../i18n/localTime.ts';

const MINUTE = 60_000;
const MORNING = '08:00';
const DAY = 86_400_000;

export const spans = ['never', 'halfHour', 'hour', 'fourHours', 'tomorrow', 'week'] as const;
export type Span = (typeof spans)[number];

/** The moment that a span from now means, on the wall of the zone; null: it has no end. */
export function endOf(span: Span, now: number, zone: string): string | null {
  if (span === 'never') return null;
  const minutes = { halfHour: 30, hour: 60, fourHours: 240 };
  if (span in minutes) return new Date(now + minutes[span as keyof typeof minutes] * MINUTE).toISOString();
  return morning(now, span === 'week' ? 7 : 1, zone);
}

/** Eight o'clock in so many days. */
function morning(now: number, days: number, zone: string): string {
  const today = wallTime(now, zone).slice(0, 10);
  const day = new Date(Date.parse(`${today}T00:00Z`) + days * DAY).toISOString().slice(0, 10);
  return momentOf(`${day}T${MORNING}`, zone)!;
}
