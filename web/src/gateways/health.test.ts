import { describe, expect, it } from 'vitest';
import { pulseOf } from './health.ts';
import type { Health } from './types.ts';

const at = '2026-11-20T12:00:00Z';
const now = Date.parse(at);
const health = (more: Partial<Health>): Health => ({
  up: false, links_open: 0, paused_until: null, down_since: null, fault: null, next_attempt_at: null, error: null, error_at: null, accepted_at: null,
  waiting: 0, not_understood: 0, not_understood_why: null, mailbox_read_at: null, mailbox_error: null, ...more,
});

describe('the pulse of a gateway', () => {
  it('is off when it is switched off, whatever it did before', () => {
    expect(pulseOf({ enabled: false, health: health({ up: true }) }, now)).toBe('off');
  });
  it('pauses only as long as it was asked to', () => {
    const pausing = health({ up: true, paused_until: '2026-11-20T12:00:30Z' });
    expect(pulseOf({ enabled: true, health: pausing }, now)).toBe('paused');
    expect(pulseOf({ enabled: true, health: pausing }, now + 31_000)).toBe('up');
  });
  it('is down once something failed, and before that merely not connected yet', () => {
    expect(pulseOf({ enabled: true, health: health({}) }, now)).toBe('starting');
    expect(pulseOf({ enabled: true, health: health({ error: 'refused' }) }, now)).toBe('down');
    expect(pulseOf({ enabled: true, health: health({ down_since: at }) }, now)).toBe('down');
  });
});
