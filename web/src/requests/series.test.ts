import { describe, expect, it } from 'vitest';
import { addDays, addYears, dayIn, dayText } from './days.ts';
import { ceilingOf, firstOf, keyOf, lengths, seriesOf, stretch, sumOf } from './series.ts';

describe('days', () => {
  it('are the same wherever they are read', () => {
    const reader = { locale: 'en-GB', now: Date.parse('2026-03-01T00:00:00Z') };
    for (const zone of ['Pacific/Kiritimati', 'Pacific/Niue', 'UTC']) expect(dayText('2026-03-12', { ...reader, zone })).toBe('12 March');
  });
  it('begin at different moments in different places', () => {
    const moment = Date.parse('2026-03-12T23:30:00Z');
    expect(dayIn('Europe/Paris', moment)).toBe('2026-03-13');
    expect(dayIn('America/Sao_Paulo', moment)).toBe('2026-03-12');
  });
  it('are counted over months, years and changes of the clocks', () => {
    expect(addDays('2026-03-28', 2)).toBe('2026-03-30');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(addYears('2026-03-12', 2)).toBe('2028-03-12');
  });
});

describe('the chart of requests', () => {
  it('knows where weeks and months begin', () => {
    expect(firstOf('week', '2026-03-15')).toBe('2026-03-09');
    expect(firstOf('week', '2026-03-09')).toBe('2026-03-09');
    expect(firstOf('month', '2026-03-15')).toBe('2026-03-01');
  });
  it('ends with the present period and leaves none out', () => {
    expect(stretch('month', '2026-03-31').slice(-3)).toEqual(['2026-01-01', '2026-02-01', '2026-03-01']);
    const weeks = stretch('week', '2026-01-01');
    expect(weeks).toHaveLength(lengths.week);
    expect(weeks.slice(-2)).toEqual(['2025-12-22', '2025-12-29']);
    expect(stretch('day', '2026-03-01')[0]).toBe('2026-01-31');
  });
  it('shows what is counted and nothing where nothing is', () => {
    const points = seriesOf({ count: 5, groups: [{ key: '2026-03-10', count: 2 }, { key: '2026-03-12', count: 3 }] }, 'day', '2026-03-12');
    expect(points.slice(-3).map(({ count }) => count)).toEqual([2, 0, 3]);
    expect(sumOf(points)).toBe(5);
  });
  it('calls weeks and months as the server does', () => {
    expect(['2026-01-01', '2025-12-29', '2027-01-03', '2026-03-09', '2024-12-30'].map((day) => keyOf('week', day))).toEqual(['2026-W01', '2026-W01', '2026-W53', '2026-W11', '2025-W01']);
    expect(keyOf('month', '2026-03-01')).toBe('2026-03');
    expect(seriesOf({ count: 2, groups: [{ key: '2026-W11', count: 2 }] }, 'week', '2026-03-12').at(-1)).toEqual({ day: '2026-03-09', count: 2 });
  });
  it('is as high as a round number', () => {
    expect([0, 4, 5, 11, 21, 99, 100, 101, 4_000].map((count) => ceilingOf([{ count }]))).toEqual([4, 4, 10, 20, 40, 100, 100, 200, 4_000]);
  });
});
