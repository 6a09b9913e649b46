import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { turn } from '../../test/turn.ts';
import { place } from '../routing/history.svelte.ts';
import { guardUnsaved } from './unsaved.ts';

let yes = false;
vi.mock('./ask.ts', () => ({ ask: vi.fn(async () => yes) }));
const { ask } = await import('./ask.ts');

const patience = { timeout: 60_000 };
/** Returns once it was asked so often and the last answer has had its effect. */
async function answered(times: number): Promise<void> {
  await vi.waitFor(() => expect(ask).toHaveBeenCalledTimes(times), patience);
  await turn();
}

describe('a form with unsaved changes', () => {
  let changed = true;
  let leave: () => void;
  beforeEach(() => {
    place.go('/profile', { replace: true });
    changed = true;
    yes = false;
    vi.mocked(ask).mockClear();
    leave = guardUnsaved(() => changed);
  });
  afterEach(() => leave());

  it('keeps the reader until they agree', async () => {
    place.go('/messages');
    await answered(1);
    expect(location.pathname).toBe('/profile');
    yes = true;
    place.go('/messages');
    await answered(2);
    expect(location.pathname).toBe('/messages');
  });

  it('asks nothing once it is saved or gone, and nothing where the app itself leads elsewhere', async () => {
    place.go('/sign-in', { replace: true });
    changed = false;
    place.go('/messages');
    changed = true;
    leave();
    place.go('/sessions');
    await tick();
    expect(location.pathname).toBe('/sessions');
    expect(ask).not.toHaveBeenCalled();
  });

  it('holds the way back too', async () => {
    changed = false;
    place.go('/tokens');
    changed = true;
    const go = vi.spyOn(history, 'go');
    history.back();
    await answered(1);
    expect(place.path).toBe('/tokens');
    expect(location.pathname).toBe('/tokens');
    // Only forward again, to the page that is still shown.
    expect(go.mock.calls).toEqual([[1]]);
    yes = true;
    history.back();
    await vi.waitFor(() => expect(place.path).toBe('/profile'), patience);
    expect(ask).toHaveBeenCalledTimes(2);
    go.mockRestore();
  });

  it('keeps the tab open', () => {
    const closing = new Event('beforeunload', { cancelable: true });
    dispatchEvent(closing);
    expect(closing.defaultPrevented).toBe(true);
  });
});
