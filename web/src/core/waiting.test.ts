import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api, NetworkFailure } from './api.ts';
import { Waiting, waiting } from './waiting.svelte.ts';

/** A server that answers when it is told to. */
function heldBack(): { answer: () => void; break: () => void } {
  let settle: { resolve: (response: Response) => void; reject: (error: unknown) => void };
  vi.stubGlobal('fetch', () => new Promise<Response>((resolve, reject) => (settle = { resolve, reject })));
  return {
    answer: () => settle.resolve(new Response('{}', { status: 200 })),
    break: () => settle.reject(new TypeError('Failed to fetch')),
  };
}

const shown = (from: Waiting = waiting) => ({ working: from.working, slow: from.slow });

describe('waiting for the server', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('is not shown for 300 ms, is shown then, and is put into words after two seconds', async () => {
    const server = heldBack();
    const asked = api.get('/partners');
    await vi.advanceTimersByTimeAsync(299);
    expect(shown()).toEqual({ working: false, slow: false });
    await vi.advanceTimersByTimeAsync(1);
    expect(shown()).toEqual({ working: true, slow: false });
    await vi.advanceTimersByTimeAsync(1_699);
    expect(shown()).toEqual({ working: true, slow: false });
    await vi.advanceTimersByTimeAsync(1);
    expect(shown()).toEqual({ working: true, slow: true });
    server.answer();
    await asked;
    expect(shown()).toEqual({ working: false, slow: false });
  });

  it('is never shown for what is answered at once', async () => {
    const server = heldBack();
    const asked = api.post('/conversations', {});
    await vi.advanceTimersByTimeAsync(200);
    server.answer();
    await asked;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(shown()).toEqual({ working: false, slow: false });
  });

  it('ends when there is no answer to come', async () => {
    const server = heldBack();
    const asked = api.patch('/me', {});
    const refused = expect(asked).rejects.toThrow(NetworkFailure);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(shown()).toEqual({ working: true, slow: true });
    server.break();
    await refused;
    expect(shown()).toEqual({ working: false, slow: false });
  });

  it('lasts as long as the last of several', async () => {
    const several = new Waiting();
    const [first, second] = [several.begin(), several.begin()];
    await vi.advanceTimersByTimeAsync(2_500);
    first();
    expect(shown(several)).toEqual({ working: true, slow: true });
    second();
    expect(shown(several)).toEqual({ working: false, slow: false });
  });

  it('is nobody’s who has not asked: what the app asks by itself is not shown', async () => {
    heldBack();
    void api.get('/conversations/counts', { unasked: true });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(shown()).toEqual({ working: false, slow: false });
  });
});
