/** Times that people put things off to, on the wall of their zone. Pure. */
import { clockTime, daysAgo, type Reader } from '../../i18n/time.ts';
import { dateFormat } from '../../i18n/formats.ts';
import { momentOf, wallTime } from '../../i18n/localTime.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A time so near is not worth an offer of its own. */
const NEAR = 30 * MINUTE;
const EVENING = '18:00';
const MORNING = '09:00';
const MONDAY = 1;
/** What the server takes: a minute ahead, and a little for the way there. */
export const SOONEST = 2 * MINUTE;
export const LATEST = 365 * 24 * HOUR;

/** What is offered, with the moment; the words for them are elsewhere. */
export type Offer = { in: '20min' | '1h' | '3h' | 'evening' | 'tomorrow' | 'monday'; at: string };

export function sendOffers(now: number, zone: string): Offer[] {
  return [after('1h', HOUR, now), ...onTheWall(now, zone)];
}

export function remindOffers(now: number, zone: string): Offer[] {
  return [after('20min', 20 * MINUTE, now), after('1h', HOUR, now), after('3h', 3 * HOUR, now), ...onTheWall(now, zone).filter((offer) => offer.in !== 'evening')];
}

const after = (name: Offer['in'], wait: number, now: number): Offer => ({ in: name, at: new Date(now + wait).toISOString() });

/** This evening while it is ahead, tomorrow morning, and Monday morning where that is another day. */
function onTheWall(now: number, zone: string): Offer[] {
  const today = wallTime(now, zone).slice(0, 10);
  const weekday = new Date(`${today}T00:00Z`).getUTCDay();
  const toMonday = (MONDAY - weekday + 7) % 7 || 7;
  const offers: Offer[] = [
    { in: 'evening', at: at(today, 0, EVENING, zone) },
    { in: 'tomorrow', at: at(today, 1, MORNING, zone) },
  ];
  if (toMonday > 1) offers.push({ in: 'monday', at: at(today, toMonday, MORNING, zone) });
  return offers.filter((offer) => Date.parse(offer.at) > now + NEAR);
}

function at(today: string, days: number, time: string, zone: string): string {
  const day = new Date(`${today}T00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return momentOf(`${day.toISOString().slice(0, 10)}T${time}`, zone)!;
}

/** "today, 18:00", "tomorrow, 09:00", "Monday, 7 December, 09:00". */
export function whenInWords(moment: string, reader: Reader): string {
  const ahead = -daysAgo(moment, reader);
  const clock = clockTime(moment, reader);
  if (ahead === 0 || ahead === 1) return `${new Intl.RelativeTimeFormat(reader.locale, { numeric: 'auto' }).format(ahead, 'day')}, ${clock}`;
  const year = (when: string | number) => dateFormat('en', { timeZone: reader.zone, year: 'numeric' }).format(new Date(when));
  const other = year(moment) === year(reader.now) ? {} : ({ year: 'numeric' } as const);
  return `${dateFormat(reader.locale, { timeZone: reader.zone, weekday: 'long', day: 'numeric', month: 'long', ...other }).format(new Date(moment))}, ${clock}`;
}
