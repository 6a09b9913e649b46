import { afterEach, describe, expect, it, vi } from 'vitest';
import { showBadge } from './favicon.ts';

const badge = { setAppBadge: vi.fn(async () => undefined), clearAppBadge: vi.fn(async () => undefined) };

afterEach(() => {
  vi.clearAllMocks();
  vi.unstubAllGlobals();
});

describe('the badge of the installed app', () => {
  it('counts what is unread, and goes with the last of it', () => {
    vi.stubGlobal('navigator', badge);
    showBadge(3);
    expect(badge.setAppBadge).toHaveBeenCalledWith(3);
    showBadge(0);
    expect(badge.clearAppBadge).toHaveBeenCalledOnce();
  });

  it('is no trouble where it is unknown or refused', async () => {
    vi.stubGlobal('navigator', {});
    expect(() => showBadge(1)).not.toThrow();
    vi.stubGlobal('navigator', { setAppBadge: () => Promise.reject(new Error('refused')) });
    expect(() => showBadge(1)).not.toThrow();
  });
});
