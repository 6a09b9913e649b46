import { beforeEach, describe, expect, it, vi } from 'vitest';
import { api } from '../../core/api.ts';
import type { ThreadConversation } from '../../core/conversationTypes.ts';
import { conversationStore } from '../../core/feed/conversationStore.svelte.ts';
import { FollowedThreads } from './followed.svelte.ts';

function thread(id: string, minute: number, more: Partial<ThreadConversation> = {}): ThreadConversation {
  return {
    id, kind: 'thread', number: minute, last_ordinal: 1, opened_at: '', last_message_at: `2026-01-01T10:${minute}:00Z`, unread: 0, marked_unread: false, archived_at: null, reads: [], my_level: 'all', ...more,
  } as unknown as ThreadConversation;
}

const ids = (followed: FollowedThreads) => followed.items.map((each) => each.id);

describe('followed threads', () => {
  beforeEach(() => {
    vi.restoreAllMocks();
    conversationStore.clear();
  });

  it('stand in the order of their activity, with those that one follows since, without those no more', async () => {
    vi.spyOn(api, 'get').mockResolvedValueOnce({ items: [thread('a', 30), thread('b', 20)], next: null });
    const followed = new FollowedThreads(false);
    await followed.load();
    conversationStore.put(thread('b', 40));
    conversationStore.put(thread('c', 50, { my_level: null }));
    expect(ids(followed)).toEqual(['b', 'a']);
    conversationStore.put(thread('c', 51));
    conversationStore.put(thread('a', 52, { my_level: null }));
    expect(ids(followed)).toEqual(['c', 'b']);
    followed.close();
  });

  it('keep what was unread in sight while it is being read, and take in nothing that is read', async () => {
    const get = vi.spyOn(api, 'get').mockResolvedValueOnce({ items: [thread('a', 30, { unread: 1 })], next: null });
    const followed = new FollowedThreads(true);
    await followed.load();
    expect(get.mock.calls[0]?.[0]).toContain('unread=true');
    conversationStore.put(thread('a', 31));
    conversationStore.put(thread('b', 40));
    conversationStore.put(thread('c', 50, { unread: 2 }));
    expect(ids(followed)).toEqual(['c', 'a']);
    followed.close();
  });

  it('say what went wrong at first, and read on from where a page ended', async () => {
    const get = vi.spyOn(api, 'get').mockRejectedValueOnce(new Error('away'));
    const followed = new FollowedThreads(false);
    await expect(followed.load()).rejects.toThrow();
    expect(followed.state).toBe('failed');
    get.mockResolvedValueOnce({ items: [thread('a', 30)], next: 'cursor' }).mockResolvedValueOnce({ items: [thread('b', 20)], next: null });
    await followed.load();
    await followed.more();
    expect([ids(followed), followed.next, followed.state]).toEqual([['a', 'b'], null, 'ready']);
    followed.close();
  });
});
