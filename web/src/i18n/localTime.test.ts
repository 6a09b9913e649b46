import { describe, expect, it } from 'vitest';
import { momentOf, wallTime } from './localTime.ts';

describe('a time on the wall', () => {
  it('is a moment in its zone, in summer and winter', () => {
    expect(momentOf('2026-01-15T09:00', 'Europe/Paris')).toBe('2026-01-15T08:00:00.000Z');
    expect(momentOf('2026-07-15T09:00', 'Europe/Paris')).toBe('2026-07-15T07:00:00.000Z');
    expect(momentOf('2026-07-15T09:00', 'America/Sao_Paulo')).toBe('2026-07-15T12:00:00.000Z');
    expect(momentOf('2026-07-15T09:00', 'Asia/Kolkata')).toBe('2026-07-15T03:30:00.000Z');
    expect(momentOf('2026-07-15T09:00', 'UTC')).toBe('2026-07-15T09:00:00.000Z');
  });

  it('that the clocks skip is moved forward', () => {
    expect(momentOf('2026-03-29T02:30', 'Europe/Paris')).toBe('2026-03-29T01:30:00.000Z');
    expect(momentOf('2026-03-08T02:30', 'America/New_York')).toBe('2026-03-08T07:30:00.000Z');
  });

  it('that comes twice is the first of the two', () => {
    expect(momentOf('2026-10-25T02:30', 'Europe/Paris')).toBe('2026-10-25T00:30:00.000Z');
    expect(momentOf('2026-11-01T01:30', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z');
  });

  it('is none when it is unfinished', () => {
    expect(momentOf('', 'UTC')).toBeNull();
    expect(momentOf('2026-13-45T99:00', 'UTC')).toBeNull();
  });

  it('is written back as the wall shows it', () => {
    expect(wallTime(Date.parse('2026-03-29T01:30:00Z'), 'Europe/Paris')).toBe('2026-03-29T03:30');
    expect(wallTime(Date.parse('2026-12-31T23:30:00Z'), 'Asia/Tokyo')).toBe('2027-01-01T08:30');
  });
});
