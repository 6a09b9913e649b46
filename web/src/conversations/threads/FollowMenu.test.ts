import { flushSync, mount, unmount } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { api } from '../../core/api.ts';
import type { ThreadConversation } from '../../core/conversationTypes.ts';
import { conversationStore } from '../../core/feed/conversationStore.svelte.ts';
import FollowMenu from './FollowMenu.svelte';

let shown: ReturnType<typeof mount>;
const shows = new SvelteMap<string, ThreadConversation>();
const following = { id: 't', my_level: 'all' } as ThreadConversation;
const button = () => document.querySelector<HTMLButtonElement>('.follow > button')!;

beforeEach(() => {
  shows.set('thread', following);
  Object.assign(HTMLElement.prototype, { hidePopover: () => undefined });
  vi.spyOn(conversationStore, 'put').mockImplementation((thread) => {
    shows.set('thread', thread as ThreadConversation);
    return thread;
  });
  vi.spyOn(api, 'delete').mockResolvedValue({ ...following, my_level: null });
  vi.spyOn(api, 'put').mockResolvedValue(following);
  shown = mount(FollowMenu, { target: document.body, props: { get thread() { return shows.get('thread')!; } } });
  flushSync();
});
afterEach(() => {
  void unmount(shown);
  vi.restoreAllMocks();
});

it('keeps the focus when one stops following a thread, and when one follows it again', async () => {
  const menu = button();
  menu.focus();
  document.querySelector('[popover]')!.dispatchEvent(new Event('beforetoggle'));
  [...document.querySelectorAll<HTMLElement>('[role="menuitem"]')].at(-1)!.click();
  await vi.waitFor(() => expect(document.activeElement?.textContent?.trim()).toBe('Follow'));
  expect(menu.isConnected).toBe(false);
  button().click();
  await vi.waitFor(() => expect(document.activeElement?.getAttribute('aria-haspopup')).toBe('menu'));
});
