import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api } from './api.ts';
import { ServerTime, serverTime } from './serverTime.ts';

const HOUR = 3_600_000;
const noon = Date.parse('2026-03-12T12:00:00Z');
const DATE = 'Thu, 12 Mar 2026 12:00:00 GMT';

describe('the time of the server', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('is that of a computer whose clock is right', () => {
    const time = new ServerTime();
    vi.setSystemTime(noon + 700);
    time.learn(DATE, noon + 600, noon + 700);
    expect(time.now()).toBe(noon + 700);
  });

  it('is told apart from a clock that is hours off, either way', () => {
    for (const off of [2 * HOUR, -2 * HOUR]) {
      const time = new ServerTime();
      vi.setSystemTime(noon + off);
      time.learn(DATE, noon + off - 50, noon + off);
      expect(Math.abs(time.now() - noon)).toBeLessThan(4_000);
    }
  });

  it('is not blurred by an answer that took long, and follows a clock that is set right', () => {
    const time = new ServerTime();
    time.learn(DATE, noon + 2 * HOUR, noon + 2 * HOUR);
    const known = time.offset;
    time.learn('Thu, 12 Mar 2026 12:01:00 GMT', noon + 2 * HOUR, noon + 2 * HOUR + 120_000);
    expect(time.offset).toBe(known);
    time.learn('Thu, 12 Mar 2026 12:05:00 GMT', noon + 300_000, noon + 300_000);
    expect(Math.abs(time.offset)).toBeLessThan(4_000);
  });

  it('tells who follows it, once for each change', () => {
    const time = new ServerTime();
    const told = vi.fn();
    const stop = time.onChange(told);
    time.learn(DATE, noon + HOUR, noon + HOUR);
    time.learn(DATE, noon + HOUR, noon + HOUR);
    time.learn(null, noon, noon);
    time.learn('yesterday', noon, noon);
    expect(told).toHaveBeenCalledExactlyOnceWith(time.offset);
    stop();
    time.learn(DATE, noon, noon);
    expect(told).toHaveBeenCalledTimes(1);
  });

  it('is learnt from every answer', async () => {
    vi.setSystemTime(noon - 2 * HOUR);
    vi.stubGlobal('fetch', async () => new Response('{}', { headers: { Date: DATE } }));
    await api.get('/instance');
    expect(Math.abs(serverTime.now() - noon)).toBeLessThan(4_000);
  });
});
