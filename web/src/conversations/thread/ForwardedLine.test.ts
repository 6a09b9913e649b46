import { flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, it } from 'vitest';
import type { Conversation, Forwarded } from '../../core/conversationTypes.ts';
import { conversationStore } from '../../core/feed/conversationStore.svelte.ts';
import ForwardedLine from './ForwardedLine.svelte';

const forwarded: Forwarded = { sender: 'Gina', at: '2026-11-20T19:30:04Z', place: { id: 'news', name: 'News', ordinal: 1 } };
const channel = (name: string, number: number) => ({ id: 'news', kind: 'channel', name, number }) as Conversation;
let shown: ReturnType<typeof mount>;

afterEach(() => unmount(shown));

it('calls a channel of the reader as it is called now, and any other as it was read', () => {
  shown = mount(ForwardedLine, { target: document.body, props: { forwarded } });
  flushSync();
  const link = () => document.querySelector('a')!.textContent;
  expect(link()).toBe('News');
  conversationStore.put(channel('Announcements', 7));
  flushSync();
  expect(link()).toBe('Announcements');
});
