import { describe, expect, it } from 'vitest';
import type { Me } from '../core/types.ts';
import { kindsFor, nextStep, statusText } from './reach.ts';
import type { Reach } from './types.ts';

describe('ways to people', () => {
  const way = (channel: Reach['channel'], state: Reach['state'], address: string | null = null): Reach => ({ channel, state, address });

  it('say where they lead, or why they do not', () => {
    expect(statusText(way('email', 'ready', 'ann@example.com'))).toBe('ann@example.com');
    expect(statusText(way('sms', 'no_address'))).toContain('phone number');
    expect(statusText(way('email', 'no_address'))).toContain('e-mail');
    expect(statusText(way('email', 'suppressed', 'ann@example.com'))).toContain('came back');
  });
  it('lead to what can be done: by oneself, by administrators, by nobody', () => {
    const states: Reach['state'][] = ['no_device', 'no_address', 'suppressed', 'no_gateway', 'gateway_down', 'unconfirmed'];
    expect(states.map((state) => nextStep(way('sms', state), false)?.href ?? null)).toEqual(['/profile#devices', '/profile', '/profile', null, null, null]);
    expect(states.map((state) => nextStep(way('sms', state), true)?.href ?? null).slice(3)).toEqual(['/administration/gateways', '/administration/gateways', null]);
  });
  it('carry contact requests to members of a partner only', () => {
    expect(kindsFor({ partners: [] } as unknown as Me)).toEqual(['message', 'reminder', 'scheduled_message_failed']);
    expect(kindsFor({ partners: [{}] } as unknown as Me)).toHaveLength(5);
  });
});
