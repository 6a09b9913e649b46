import { describe, expect, it } from 'vitest';
import { Backoff } from './backoff.ts';

describe('the back-off', () => {
  it('doubles from half a second to thirty, whatever the jitter', () => {
    const most = new Backoff(500, 30_000, () => 1);
    expect(Array.from({ length: 9 }, () => most.next())).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('spreads over the whole span', () => {
    const least = new Backoff(500, 30_000, () => 0);
    expect([least.next(), least.next(), least.next()]).toEqual([0, 0, 0]);
  });

  it('begins anew after a success and stays finite for ever', () => {
    const backoff = new Backoff(500, 30_000, () => 1);
    for (let attempt = 0; attempt < 5_000; attempt += 1) expect(backoff.next()).toBeLessThanOrEqual(30_000);
    backoff.reset();
    expect(backoff.next()).toBe(500);
  });
});
