import { describe, expect, it } from 'vitest';
import { endOf, spans } from './ends.ts';

const now = Date.parse('2026-10-24T21:30:00Z'); // 23:30 in Paris, the night before the clocks go back

describe('the end of a status', () => {
  it('is so long from now, or a morning on the wall of the zone', () => {
    const ends = Object.fromEntries(spans.map((span) => [span, endOf(span, now, 'Europe/Paris')]));
    expect(ends).toEqual({
      never: null,
      halfHour: '2026-10-24T22:00:00.000Z',
      hour: '2026-10-24T22:30:00.000Z',
      fourHours: '2026-10-25T01:30:00.000Z',
      tomorrow: '2026-10-25T07:00:00.000Z',
      week: '2026-10-31T07:00:00.000Z',
    });
  });

  it('of the morning is that of the reader, wherever they are', () => {
    expect(endOf('tomorrow', now, 'America/Sao_Paulo')).toBe('2026-10-25T11:00:00.000Z');
    expect(endOf('tomorrow', now, 'Asia/Tokyo')).toBe('2026-10-25T23:00:00.000Z');
  });
});
