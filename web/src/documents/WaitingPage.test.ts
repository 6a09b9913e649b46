import { flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, it, vi } from 'vitest';
import { api } from '../core/api.ts';
import { session } from '../core/session.svelte.ts';
import type { Me } from '../core/types.ts';
import type { Waiting } from './types.ts';
import WaitingPage from './WaitingPage.svelte';

let page: Record<string, unknown> | undefined;
afterEach(() => void (page && unmount(page)));

it('two systems of one name are both said to be silent', async () => {
  session.me = { id: 'nora', roles: ['employee'] } as Me;
  const silent = { system: 'Personnel', reason: 'no_answer' } as const;
  vi.spyOn(api, 'get').mockResolvedValue({ items: [], silent: [silent, silent], systems: 2, email_confirmed: true } satisfies Waiting);
  page = mount(WaitingPage, { target: document.body });
  await vi.waitFor(() => {
    flushSync();
    expect(document.body.textContent?.match(/Personnel/g)).toHaveLength(2);
  });
});
