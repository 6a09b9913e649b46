/** Whether somebody is at work, and when they are back, by their own clock and in the reader's words. Pure. */
import { statusAt, timeOfDay, weekday } from '../opening/hours.ts';
import { texts } from './texts/directory.ts';
import type { Colleague } from './types.ts';

/** Null where nothing is said of hours. */
export function workingNow({ working_hours, time_zone }: Pick<Colleague, 'working_hours' | 'time_zone'>, now: number, locale: string): string | null {
  const status = statusAt(working_hours, time_zone, now);
  if (status.open) return texts.workingUntil(timeOfDay(status.until, locale));
  if (!status.next) return null;
  const { day, time, inDays } = status.next;
  if (inDays === 0) return texts.backToday(timeOfDay(time, locale));
  return inDays === 1 ? texts.backTomorrow(timeOfDay(time, locale)) : texts.backOn(weekday(day, locale), timeOfDay(time, locale));
}
