import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Me } from './types.ts';

let changed: () => void;
let welcome: () => Promise<void>;
vi.mock('./live/live.svelte.ts', () => ({
  live: {
    on: (_: string, listener: () => void) => ((changed = listener), () => undefined),
    onWelcome: (reader: () => Promise<void>) => ((welcome = reader), () => undefined),
  },
}));
const { api, ApiProblem, NetworkFailure } = await import('./api.ts');
const { bell } = await import('./bell.svelte.ts');
const { session } = await import('./session.svelte.ts');

const ask = vi.spyOn(api, 'get');

describe('the bell', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    session.set({ id: 'me' } as Me);
    bell.clear();
    ask.mockReset().mockResolvedValue({ unread: 3 });
  });

  it('asks once for many changes', async () => {
    for (let times = 0; times < 5; times++) changed();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(ask).toHaveBeenCalledTimes(1);
    expect(bell.unread).toBe(3);
  });

  it('leaves an answer aside that a later one has overtaken, or that is for who has gone', async () => {
    let answer = (_: { unread: number }) => {};
    ask.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
    const slow = bell.refresh();
    await bell.update(async () => 0);
    answer({ unread: 3 });
    await slow;
    expect(bell.unread).toBe(0);
    ask.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
    const late = bell.refresh();
    bell.clear();
    answer({ unread: 3 });
    await late;
    expect(bell.unread).toBe(0);
  });

  it('holds up nothing where it is refused, and is asked again where there was no answer', async () => {
    ask.mockRejectedValueOnce(new ApiProblem(403, {}, ''));
    await welcome();
    ask.mockRejectedValueOnce(new NetworkFailure());
    await expect(welcome()).rejects.toThrow();
  });
});
