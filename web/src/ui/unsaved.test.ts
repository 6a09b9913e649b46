import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { place } from '../routing/history.svelte.ts';
import { guardUnsaved } from './unsaved.ts';

let yes = false;
vi.mock('./ask.ts', () => ({ ask: vi.fn(async () => yes) }));
const { ask } = await import('./ask.ts');

const settled = () => new Promise((done) => setTimeout(done, 20));

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
    await settled();
    expect(location.pathname).toBe('/profile');
    yes = true;
    place.go('/messages');
    await settled();
    expect(location.pathname).toBe('/messages');
    expect(ask).toHaveBeenCalledTimes(2);
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
    history.back();
    await settled();
    expect(place.path).toBe('/tokens');
    expect(location.pathname).toBe('/tokens');
    yes = true;
    history.back();
    await settled();
    await settled();
    expect(place.path).toBe('/profile');
  });

  it('keeps the tab open', () => {
    const closing = new Event('beforeunload', { cancelable: true });
    dispatchEvent(closing);
    expect(closing.defaultPrevented).toBe(true);
  });
});
