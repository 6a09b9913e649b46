import { flushSync, mount, unmount } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Chat } from '../../core/conversationTypes.ts';
import { chats } from '../api.ts';
import Files from './Files.svelte';

let shown: ReturnType<typeof mount>;
const asked = vi.spyOn(chats, 'files');

beforeEach(() => asked.mockReset().mockResolvedValue({ items: [], next: null }));
afterEach(() => void unmount(shown));

it('asks for the files of the kind that is chosen, and of the chat that is shown', () => {
  const shows = new SvelteMap([['chat', { id: 'pears' } as Chat]]);
  shown = mount(Files, { target: document.body, props: { get chat() { return shows.get('chat')!; } } });
  flushSync();
  expect(asked.mock.lastCall).toEqual(['pears', null, null]);
  document.querySelectorAll<HTMLElement>('[role="group"] button')[1]!.click();
  flushSync();
  expect(asked.mock.lastCall).toEqual(['pears', 'images', null]);
  shows.set('chat', { id: 'plums' } as Chat);
  flushSync();
  expect(asked.mock.lastCall).toEqual(['plums', 'images', null]);
});

it('offers to look further when a page shows none of what may follow', async () => {
  asked.mockResolvedValueOnce({ items: [], next: '7.0' });
  shown = mount(Files, { target: document.body, props: { chat: { id: 'pears' } as Chat } });
  const further = await vi.waitFor(() => {
    const found = document.querySelector<HTMLElement>('.foot button');
    expect(found).not.toBeNull();
    return found!;
  });
  expect(document.body.textContent).not.toContain('No files yet');
  further.click();
  await vi.waitFor(() => expect(asked.mock.lastCall).toEqual(['pears', null, '7.0']));
  await vi.waitFor(() => expect(document.querySelector('.foot button')).toBeNull());
});
