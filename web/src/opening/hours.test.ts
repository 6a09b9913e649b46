import { describe, expect, it } from 'vitest';
import { byWeekday, statusAt, weekday } from './hours.ts';

const hours = [
  { day: 0, opens: '09:00', closes: '12:00' },
  { day: 0, opens: '14:00', closes: '18:30' },
  { day: 4, opens: '20:00', closes: '02:00' },
];
// 5 January 2026 is a Monday; Paris is one hour ahead of UTC.
const paris = (time: string) => statusAt(hours, 'Europe/Paris', Date.parse(`${time}Z`));

describe('opening hours', () => {
  it('says until when it is open, in the time of the partner', () => {
    expect(paris('2026-01-05T08:00')).toEqual({ open: true, until: '12:00' });
    expect(paris('2026-01-05T17:29')).toEqual({ open: true, until: '18:30' });
  });

  it('says when it opens next', () => {
    expect(paris('2026-01-05T07:59')).toEqual({ open: false, next: { day: 0, time: '09:00', inDays: 0 } });
    expect(paris('2026-01-05T11:30')).toEqual({ open: false, next: { day: 0, time: '14:00', inDays: 0 } });
    expect(paris('2026-01-05T18:00')).toEqual({ open: false, next: { day: 4, time: '20:00', inDays: 4 } });
    expect(paris('2026-01-10T12:00')).toEqual({ open: false, next: { day: 0, time: '09:00', inDays: 2 } });
  });

  it('stays open over midnight', () => {
    expect(paris('2026-01-09T23:30')).toEqual({ open: true, until: '02:00' });
    expect(paris('2026-01-10T01:00')).toEqual({ open: false, next: { day: 0, time: '09:00', inDays: 2 } });
  });

  it('knows no next opening without hours', () => {
    expect(statusAt([], 'Europe/Paris', 0)).toEqual({ open: false, next: null });
  });

  it('sorts by weekday and names the days', () => {
    expect(byWeekday([...hours].reverse())[0]).toEqual(hours.slice(0, 2));
    expect(weekday(0, 'en-GB')).toBe('Monday');
    expect(weekday(6, 'fr-FR')).toBe('dimanche');
  });
});
