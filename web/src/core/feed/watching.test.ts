import { afterEach, expect, it, vi } from 'vitest';
import { threads } from './threads.ts';
import { live } from '../live/live.svelte.ts';
import { conversationStore } from './conversationStore.svelte.ts';
import { watch } from './watching.ts';

afterEach(() => vi.restoreAllMocks());

it('watches anew after each welcome, reads what went past before, and ends', async () => {
  const said = vi.spyOn(live, 'send').mockReturnValue();
  let welcome = () => Promise.resolve();
  let tell: (frame: never) => void = () => undefined;
  const left = vi.fn();
  vi.spyOn(live, 'onWelcome').mockImplementation((reader) => ((welcome = reader), left));
  vi.spyOn(live, 'on').mockImplementation((_, listener) => ((tell = listener as typeof tell), left));
  const catchUp = vi.spyOn(threads.hold('news'), 'catchUp').mockResolvedValue();
  const refetch = vi.spyOn(conversationStore, 'refetch').mockReturnValue();
  const stop = watch('news');
  await welcome();
  tell({ type: 'watching', conversation: 'other' } as never);
  expect(catchUp).not.toHaveBeenCalled();
  tell({ type: 'watching', conversation: 'news' } as never);
  expect(catchUp).toHaveBeenCalledOnce();
  expect(refetch.mock.calls).toEqual([['news']]);
  stop();
  expect(said.mock.calls.map(([frame]) => frame.type)).toEqual(['watch', 'watch', 'unwatch']);
  expect(left).toHaveBeenCalledTimes(2);
});
