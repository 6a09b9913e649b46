import { describe, expect, it } from 'vitest';
import type { Presence } from '../core/presenceTypes.ts';
import { statusInWords } from './words.ts';

const reader = { locale: 'en-GB', zone: 'Europe/Paris', now: Date.parse('2026-11-30T12:00:00Z') };
const said = (how: Partial<Presence>) => statusInWords({ status: 'offline', until: null, last_seen_at: null, ...how }, reader);

describe('a presence in words', () => {
  it('has the end of what was set by hand', () => {
    expect(said({ status: 'available' })).toBe('Available');
    expect(said({ status: 'do_not_disturb', until: '2026-11-30T13:30:00Z' })).toBe('Do not disturb until 14:30');
    expect(said({ status: 'away', until: '2026-12-04T07:00:00Z' })).toBe('Away until 4 Dec, 08:00');
  });

  it('says when who is gone was last seen, if they tell', () => {
    expect(said({})).toBe('Offline');
    expect(said({ last_seen_at: '2026-11-30T10:00:00Z' })).toBe('Offline · Last seen 2 hours ago');
    expect(said({ status: 'do_not_disturb', last_seen_at: '2026-11-30T10:00:00Z' })).toBe('Do not disturb');
  });
});
