import { describe, expect, it } from 'vitest';
import { applied } from './changes.ts';
import type { Settings } from './types.ts';

const settings = {
  quiet_from: null, quiet_until: null, do_not_disturb: false, do_not_disturb_until: null, reach: [],
  rules: [
    { kind: 'message', channel: 'push', enabled: true, delay_seconds: 30, shortest_delay_seconds: 0 },
    { kind: 'message', channel: 'email', enabled: true, delay_seconds: 300, shortest_delay_seconds: 120 },
  ],
} as Settings;

describe('a change', () => {
  it('touches what it names, and leaves what it was made from alone', () => {
    const after = applied(settings, { quiet_from: '22:00', quiet_until: '07:00', rules: [{ kind: 'message', channel: 'email', enabled: false }] });
    expect(after).toMatchObject({ quiet_from: '22:00', quiet_until: '07:00', do_not_disturb_until: null });
    expect(after.rules.map(({ enabled, delay_seconds }) => [enabled, delay_seconds])).toEqual([[true, 30], [false, 300]]);
    expect(settings.rules[1]?.enabled).toBe(true);
    expect(settings.quiet_from).toBeNull();
  });

  it('lets do not disturb begin and end, and leaves it alone when it is about something else', () => {
    const on = applied(settings, { do_not_disturb_until: '2026-12-01T08:00:00Z' });
    expect([on.do_not_disturb, applied(on, { quiet_from: '22:00' }).do_not_disturb, applied(on, { do_not_disturb_until: null }).do_not_disturb]).toEqual([true, true, false]);
  });
});
