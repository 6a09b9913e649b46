import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api } from './api.ts';
import { Availability, availability } from './availability.svelte.ts';

describe('a server whose database is away', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('is asked again until it answers, once at a time', async () => {
    const ask = vi.fn().mockRejectedValueOnce(new Error('503')).mockResolvedValueOnce({});
    const one = new Availability(ask);
    const back = vi.fn();
    one.onBack(back);
    one.lost(2);
    one.lost(2);
    expect(one.away).toBe(true);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(ask).toHaveBeenCalledTimes(1);
    expect(one.away).toBe(true);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(ask).toHaveBeenCalledTimes(2);
    expect(one.away).toBe(false);
    expect(back).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('is noticed by what it answers, and a proxy that says 503 is not it', async () => {
    const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status, headers: { 'Retry-After': '2' } });
    const fetched = vi.fn().mockResolvedValueOnce(answer(503, {})).mockResolvedValueOnce(answer(503, { code: 'unavailable' }));
    vi.stubGlobal('fetch', fetched.mockImplementation(async () => answer(200, {})));
    await expect(api.get('/me')).rejects.toThrow();
    expect(availability.away).toBe(false);
    await expect(api.get('/me')).rejects.toThrow();
    expect(availability.away).toBe(true);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(availability.away).toBe(false);
  });
});
