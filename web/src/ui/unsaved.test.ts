import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { turn } from '../../test/turn.ts';
import { router } from '../routing/router.svelte.ts';
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
    router.go('/profile', { replace: true });
    changed = true;
    yes = false;
    vi.mocked(ask).mockClear();
    leave = guardUnsaved(() => changed);
  });
  afterEach(() => leave());

  it('keeps the reader until they agree', async () => {
    router.go('/messages');
    await answered(1);
    expect(location.pathname).toBe('/profile');
    yes = true;
    router.go('/messages');
    await answered(2);
    expect(location.pathname).toBe('/messages');
  });

  it('asks nothing once it is saved or gone, and nothing where the app itself leads elsewhere', async () => {
    router.go('/sign-in', { replace: true });
    changed = false;
    router.go('/messages');
    changed = true;
    leave();
    router.go('/sessions');
    await tick();
    expect(location.pathname).toBe('/sessions');
    expect(ask).not.toHaveBeenCalled();
  });

  it('holds the way back too', async () => {
    changed = false;
    router.go('/tokens');
    changed = true;
    const go = vi.spyOn(history, 'go');
    history.back();
    await answered(1);
    expect(router.path).toBe('/tokens');
    expect(location.pathname).toBe('/tokens');
    // Only forward again, to the page that is still shown.
    expect(go.mock.calls).toEqual([[1]]);
    yes = true;
    history.back();
    await vi.waitFor(() => expect(router.path).toBe('/profile'), patience);
    expect(ask).toHaveBeenCalledTimes(2);
    go.mockRestore();
  });

  it('goes from step to step unasked, and asks nobody what it can save by itself', async () => {
    leave();
    let saves = 0;
    leave = guardUnsaved(() => changed, { acrossSteps: true, save: async () => (changed = ++saves < 2) });
    router.go('/profile?step=texts');
    expect([location.search, saves]).toEqual(['?step=texts', 0]);
    router.go('/messages');
    await answered(1);
    expect(location.pathname).toBe('/profile');
    router.go('/messages');
    await vi.waitFor(() => expect(location.pathname).toBe('/messages'), patience);
    expect([saves, vi.mocked(ask).mock.calls.length]).toEqual([2, 1]);
  });

  it('keeps the tab open', () => {
    const closing = new Event('beforeunload', { cancelable: true });
    dispatchEvent(closing);
    expect(closing.defaultPrevented).toBe(true);
  });
});
