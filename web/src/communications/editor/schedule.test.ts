import { describe, expect, it } from 'vitest';
import { AT_ONCE } from './plan.ts';
import { clockChange, proposed, timeOf, wallOf, withTime } from './schedule.ts';

describe('the time of a plan', () => {
  it('is now, a time in a zone, or the same time of each client', () => {
    const at = withTime(AT_ONCE, 'at', '2026-12-05T10:00', 'Europe/Paris');
    expect([timeOf(AT_ONCE), timeOf(at), timeOf(withTime(at, 'of_client', '2026-12-05T10:00', 'Europe/Paris'))]).toEqual(['now', 'at', 'of_client']);
    expect([at.local_time, wallOf(at, 'UTC')]).toEqual(['2026-12-05T10:00:00', { local: '2026-12-05T10:00', zone: 'Europe/Paris' }]);
    expect(withTime(at, 'now', '', 'UTC')).toEqual(AT_ONCE);
    expect(wallOf({ ...AT_ONCE, send_at: '2026-12-05T10:00:00Z' }, 'America/Recife')).toEqual({ local: '2026-12-05T07:00', zone: 'America/Recife' });
  });

  it('knows when the clocks leave it out or show it twice', () => {
    expect(clockChange('2027-03-28T02:30', 'Europe/Paris')).toEqual({ kind: 'skipped', at: '2027-03-28T01:30:00.000Z' });
    expect(clockChange('2026-10-25T02:30', 'Europe/Paris')).toEqual({ kind: 'twice', at: '2026-10-25T00:30:00.000Z' });
    expect(clockChange('2026-04-05T01:45', 'Australia/Lord_Howe')?.kind).toBe('twice');
    expect(clockChange('2026-12-05T10:00', 'Europe/Paris')).toBeNull();
    expect(clockChange('', 'Europe/Paris')).toBeNull();
  });

  it('is proposed for a day in the morning, or soon', () => {
    const now = Date.parse('2026-12-05T09:40:00Z');
    expect(proposed('2026-12-06', now, 'Europe/Paris')).toBe('2026-12-06T10:00');
    expect(proposed('2026-12-05', now, 'Europe/Paris')).toBe('2026-12-05T12:00');
  });
});
