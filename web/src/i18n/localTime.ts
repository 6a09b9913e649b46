/** The time on the reader's wall, as `<input type="datetime-local">` writes it, and the moment that it means. Pure. */

const MINUTE = 60_000;

/** "2026-03-29T02:30" in a zone as ISO 8601 in UTC; a time that the clocks skip is moved forward, one that comes twice is the first. */
export function momentOf(local: string, zone: string): string | null {
  const wanted = Date.parse(`${local}Z`);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(local) || Number.isNaN(wanted)) return null;
  // A day before and after, so that a change of the clocks in between shows as two offsets; the greater one is the former
  // wall clock where a time comes twice, and leads forward where it is skipped.
  const offsets = [-24, 24].map((hours) => offsetOf(wanted + hours * 60 * MINUTE, zone));
  const [early, late] = [Math.max(...offsets), Math.min(...offsets)];
  const first = wanted - early;
  if (offsetOf(first, zone) === early) return new Date(first).toISOString();
  const second = wanted - late;
  if (offsetOf(second, zone) === late) return new Date(second).toISOString();
  return new Date(wanted - offsets[0]!).toISOString();
}

/** A moment as the wall shows it, to the minute: "2026-03-29T03:30". */
export function wallTime(moment: number, zone: string): string {
  return new Date(moment + offsetOf(moment, zone)).toISOString().slice(0, 16);
}

/** How far the zone's wall is ahead of UTC at a moment, in milliseconds. */
function offsetOf(moment: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  }).formatToParts(new Date(moment));
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((each) => each.type === type)?.value);
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return wall - Math.floor(moment / 1000) * 1000;
}
