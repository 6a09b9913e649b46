import { describe, expect, it } from 'vitest';
import { byDay } from './days.ts';
import type { Notification } from './types.ts';

const reader = { locale: 'en-GB', zone: 'Europe/Paris', now: Date.parse('2026-03-12T15:15:00Z') };

describe('days', () => {
  const at = (changed_at: string) => ({ id: changed_at, changed_at }) as Notification;

  it('begin at midnight of the reader, and keep the order', () => {
    const items = ['2026-03-12T14:00:00Z', '2026-03-11T23:30:00Z', '2026-03-11T22:30:00Z', '2026-03-01T10:00:00Z'].map(at);
    expect(byDay(items, reader).map(({ title, items }) => [title, items.length])).toEqual([['Today', 2], ['Yesterday', 1], ['Sunday 1 March', 1]]);
  });
  it('count what a clock ahead of ours has written as today', () => {
    expect(byDay([at('2026-03-13T00:30:00Z')], reader)[0]?.title).toBe('Today');
  });
});
