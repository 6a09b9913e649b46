import { describe, expect, it } from 'vitest';
import { again, bodyOf, emptyDraft, timeFault } from './draft.ts';
import type { Delivery } from './types.ts';

describe('a message that is written', () => {
  it('sends only what its channel knows', () => {
    const filled = { ...emptyDraft(), to: '+33 6 12 34 56 78', from: ' Bakery ', subject: 'S', text: 'T', html: '<p>', media: ['https://a.example/1.png', ' '], url: '/x' };
    expect(bodyOf(filled, 'UTC')).toEqual({ channel: 'sms', to: '+33612345678', from: 'Bakery', text: 'T' });
    expect(bodyOf({ ...filled, channel: 'mms' }, 'UTC')).toEqual({ channel: 'mms', to: '+33612345678', from: 'Bakery', text: 'T', media: [{ url: 'https://a.example/1.png' }] });
    expect(bodyOf({ ...filled, channel: 'email', to: ' a@b.example ' }, 'UTC')).toEqual({ channel: 'email', to: 'a@b.example', from: 'Bakery', subject: 'S', text: 'T', html: '<p>' });
    expect(bodyOf({ ...filled, channel: 'push', to: 'id' }, 'UTC')).toEqual({ channel: 'push', to: 'id', subject: 'S', text: 'T', options: { url: '/x' } });
  });

  it('takes numbers as people write them', () => {
    const to = (to: string) => bodyOf({ ...emptyDraft(), to }, 'UTC').to;
    expect(to('0033 (6) 12-34.56')).toBe('+336123456');
    expect(to('+55 48 9924-6868')).toBe('+554899246868');
  });

  it('goes out at a time of the reader, who is told when it is gone', () => {
    const later = { ...emptyDraft(), when: 'later' as const, sendAt: '2026-11-21T09:00' };
    expect(bodyOf(later, 'Europe/Paris').send_at).toBe('2026-11-21T08:00:00.000Z');
    expect(timeFault(later, 'Europe/Paris', Date.parse('2026-11-21T07:00Z'))).toBeNull();
    expect(timeFault(later, 'Europe/Paris', Date.parse('2026-11-21T08:02Z'))).toBe('past');
    expect(timeFault({ ...later, sendAt: '' }, 'UTC', 0)).toBe('missing');
    expect(timeFault(emptyDraft(), 'UTC', 0)).toBeNull();
  });

  it('can be a former one, once', () => {
    again.keep({ channel: 'sms', recipient: '+1', sender: '', subject: null, text: 'Hi', html: null, media: [], options: {}, urgency: 'bulk' } as unknown as Delivery);
    expect(again.take()).toMatchObject({ to: '+1', text: 'Hi', urgency: 'bulk', when: 'now' });
    expect(again.take()).toBeNull();
  });
});
