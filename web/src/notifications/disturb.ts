/** Until when somebody does not want to be disturbed. Pure. */
import { momentOf, wallTime } from '../i18n/localTime.ts';
import type { Settings } from './types.ts';
import { clockTime, dateOnly, daysAgo, type Reader } from '../i18n/time.ts';

const HOUR = 3_600_000;
const MORNING = '08:00';
/** Who is still up at this hour means the same day by tomorrow morning. */
const NIGHT_ENDS = 5;

export function inHours(hours: number, now: number): string {
  return new Date(now + hours * HOUR).toISOString();
}

/** Eight o'clock of the next morning, on the wall of the zone. */
export function tomorrowMorning(now: number, zone: string): string {
  const [today, hour] = wallTime(now, zone).split('T') as [string, string];
  const day = new Date(`${today}T00:00Z`);
  if (parseInt(hour) >= NIGHT_ENDS) day.setUTCDate(day.getUTCDate() + 1);
  return momentOf(`${day.toISOString().slice(0, 10)}T${MORNING}`, zone)!;
}

/** Whether it still holds. */
export function isActive({ do_not_disturb: set, do_not_disturb_until: until }: Pick<Settings, 'do_not_disturb' | 'do_not_disturb_until'>, now: number): boolean {
  return set && (until === null || Date.parse(until) > now);
}

/** "14:32", "08:00 tomorrow", "08:00, 12 March". */
export function untilInWords(until: string, reader: Reader): string {
  const ahead = -daysAgo(until, reader);
  const clock = clockTime(until, reader);
  if (ahead <= 0) return clock;
  if (ahead === 1) return `${clock} ${new Intl.RelativeTimeFormat(reader.locale, { numeric: 'auto' }).format(1, 'day')}`;
  return `${clock}, ${dateOnly(until, reader)}`;
}
