import { flushSync, mount, unmount } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { api } from '../../core/api.ts';
import SharedFiles from './SharedFiles.svelte';

let shown: ReturnType<typeof mount>;
const get = vi.spyOn(api, 'get');
const asked = () => String(get.mock.lastCall?.[0]);

beforeEach(() => get.mockReset().mockResolvedValue({ items: [], next: null }));
afterEach(() => void unmount(shown));

it('asks for the files of the kind that is chosen, and of the conversation that is shown', () => {
  const shows = new SvelteMap([['id', 'pears']]);
  shown = mount(SharedFiles, { target: document.body, props: { get id() { return shows.get('id')!; } } });
  flushSync();
  expect(asked()).toBe('/conversations/pears/files?limit=30');
  document.querySelectorAll<HTMLElement>('[role="group"] button')[1]!.click();
  flushSync();
  expect(asked()).toBe('/conversations/pears/files?kind=images&limit=30');
  shows.set('id', 'plums');
  flushSync();
  expect(asked()).toBe('/conversations/plums/files?kind=images&limit=30');
});

it('offers to look further when a page shows none of what may follow', async () => {
  get.mockResolvedValueOnce({ items: [], next: '7.0' });
  shown = mount(SharedFiles, { target: document.body, props: { id: 'pears' } });
  const further = await vi.waitFor(() => {
    const found = document.querySelector<HTMLElement>('.foot button');
    expect(found).not.toBeNull();
    return found!;
  });
  expect(document.body.textContent).not.toContain('No files yet');
  further.click();
  await vi.waitFor(() => expect(asked()).toContain('cursor=7.0'));
  await vi.waitFor(() => expect(document.querySelector('.foot button')).toBeNull());
});

it('leads to the message of a file where that has no address', async () => {
  get.mockResolvedValueOnce({ items: [{ file: { id: 'f', name: 'plan.pdf', size: 1, media_type: 'application/pdf' }, message_id: 'm', ordinal: 7, sender: null, at: '2026-11-30T10:00:00Z' }], next: null });
  const onshow = vi.fn();
  shown = mount(SharedFiles, { target: document.body, props: { id: 'pears', onshow } });
  const message = await vi.waitFor(() => {
    const found = document.querySelector<HTMLElement>('button.shared');
    expect(found).not.toBeNull();
    return found!;
  });
  message.click();
  expect(onshow).toHaveBeenCalledWith(7);
});
