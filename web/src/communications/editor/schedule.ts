/** When a plan is sent, as the fields of the editor show it. Pure. */
import { momentOf, wallTime } from '../../i18n/localTime.ts';
import type { Schedule } from '../types.ts';

export type Time = 'now' | 'at' | 'of_client';

export function timeOf(schedule: Schedule): Time {
  if (schedule.local_time !== null) return schedule.of_client ? 'of_client' : 'at';
  return schedule.send_at === null ? 'now' : 'at';
}

const seconds = (local: string) => (/T\d\d:\d\d$/.test(local) ? `${local}:00` : local);

/** The wall time of a schedule to the minute, and its zone; an instant is shown on the reader's wall. */
export function wallOf(schedule: Schedule, readersZone: string): { local: string; zone: string } {
  if (schedule.local_time !== null) return { local: schedule.local_time.slice(0, 16), zone: schedule.zone ?? readersZone };
  if (schedule.send_at !== null) return { local: wallTime(Date.parse(schedule.send_at), readersZone), zone: readersZone };
  return { local: '', zone: schedule.zone ?? readersZone };
}

/** The schedule at another time of the wall; without one it is at once. */
export function withTime(schedule: Schedule, time: Time, local: string, zone: string): Schedule {
  if (time === 'now' || !local) return { ...schedule, send_at: null, local_time: null, zone: null, of_client: false };
  return { ...schedule, send_at: null, local_time: seconds(local), zone, of_client: time === 'of_client' };
}

/** Ten o'clock on a day, or the next whole hour but one when that is over. */
export function proposed(day: string, now: number, zone: string): string {
  const ten = `${day}T10:00`;
  if (Date.parse(momentOf(ten, zone) ?? '') > now) return ten;
  return `${wallTime(now + 2 * 3_600_000, zone).slice(0, 13)}:00`;
}

/** What the clocks do at a wall time: it is left out, comes twice, or neither. `at` is what is meant then. */
export function clockChange(local: string, zone: string): { kind: 'skipped' | 'twice'; at: string } | null {
  const at = momentOf(local, zone);
  if (!at) return null;
  const wall = local.slice(0, 16);
  if (wallTime(Date.parse(at), zone) !== wall) return { kind: 'skipped', at };
  // Clocks go back by half an hour to two.
  const again = [30, 60, 120].some((minutes) => wallTime(Date.parse(at) + minutes * 60_000, zone) === wall);
  return again ? { kind: 'twice', at } : null;
}

/** The first and last moment at which it is this time anywhere on earth. */
export function aroundTheWorld(local: string): { first: number; last: number } {
  const wanted = Date.parse(`${local}Z`);
  return { first: wanted - 14 * 3_600_000, last: wanted + 12 * 3_600_000 };
}
