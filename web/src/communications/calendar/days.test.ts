import { describe, expect, it } from 'vitest';
import { byDay, dayAfter, dayOf, isDay, monthAfter, weeksOf } from './days.ts';

describe('days of the calendar', () => {
  it('are those of the reader', () => {
    expect(dayOf('2026-12-31T22:30:00Z', 'Europe/Paris')).toBe('2026-12-31');
    expect(dayOf('2026-12-31T23:30:00Z', 'Europe/Paris')).toBe('2027-01-01');
    expect(dayOf('2026-12-31T23:30:00Z', 'America/Recife')).toBe('2026-12-31');
  });

  it('stand in whole weeks that begin where the reader begins them', () => {
    const monday = weeksOf('2026-02', 1);
    expect([monday[0]![0], monday.at(-1)![6], monday.length]).toEqual(['2026-01-26', '2026-03-01', 5]);
    const sunday = weeksOf('2026-02', 7);
    expect([sunday[0]![0], sunday.at(-1)![6], sunday.length]).toEqual(['2026-02-01', '2026-02-28', 4]);
  });

  it('go over the end of a year', () => {
    expect(monthAfter('2026-12', 1)).toBe('2027-01');
    expect(monthAfter('2026-01', -1)).toBe('2025-12');
    expect(dayAfter('2026-12-31', 1)).toBe('2027-01-01');
  });

  it('are known from what is none', () => {
    expect(['2026-12-05', '2026-13-05', 'soon', null].map(isDay)).toEqual([true, false, false, false]);
  });

  it('hold what happens on them in order, and nothing that has no time', () => {
    const items = [{ at: '2026-12-05T20:00:00Z' }, { at: null }, { at: '2026-12-05T08:00:00Z' }, { at: '2026-12-05T23:30:00Z' }];
    const found = byDay(items, ({ at }) => at, 'Europe/Paris');
    expect([...found]).toEqual([
      ['2026-12-05', [items[2], items[0]]],
      ['2026-12-06', [items[3]]],
    ]);
  });
});
