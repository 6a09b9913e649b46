import { flushSync, mount, unmount } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { api } from '../core/api.ts';
import { session } from '../core/session.svelte.ts';
import type { Me } from '../core/types.ts';
import { router } from '../routing/index.ts';
import SearchPage from './SearchPage.svelte';
import { texts } from './texts.ts';

const none = { items: [], next: null };
let page: Record<string, unknown>;

async function found(files: unknown[]) {
  vi.stubGlobal('scrollTo', () => undefined);
  session.me = { id: 'nora', roles: ['employee'] } as Me;
  vi.spyOn(api, 'get').mockResolvedValue({ messages: none, people: none, chats: none, files: { items: files, next: 'more' } });
  router.go('/search?q=zanzibar');
  page = mount(SearchPage, { target: document.body });
  await vi.waitFor(() => {
    flushSync();
    expect(document.querySelector('h2, h3')).not.toBeNull();
  });
  return document.querySelector('h2, h3')!.textContent;
}

describe('the page of the search', () => {
  afterEach(() => unmount(page));

  it('leads to where something was found', async () => {
    expect(await found([{}, {}])).toBe(texts.nothingHere.messages);
    const links = [...document.querySelectorAll<HTMLAnchorElement>('.next a')];
    expect(links.map((each) => [each.textContent?.trim(), each.getAttribute('href')])).toEqual([['Files 2+', '/search?q=zanzibar&in=files']]);
  });

  it('says what else may help where nothing was', async () => {
    expect(await found([])).toBe(texts.nothing('zanzibar'));
  });
});
