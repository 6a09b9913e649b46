import { beforeEach, describe, expect, it, vi } from 'vitest';
import { api } from '../api.ts';
import type { StorefrontConversation, Conversation } from '../conversationTypes.ts';
import type { Page } from '../types.ts';
import { conversationStore } from './conversationStore.svelte.ts';
import { Inbox } from './inbox.svelte.ts';

function conversation(id: string, minute: number, more: Partial<StorefrontConversation> = {}): Conversation {
  const card = (name: string) => ({ id: name, name, picture: null });
  return {
    id, kind: 'storefront', confirmed_message: null, number: 1, last_ordinal: 1, opened_at: '', last_message_at: `2026-01-01T10:${String(minute).padStart(2, '0')}:00Z`,
    last_message: null, unread: 0, marked_unread: false, archived_at: null, my_party: 'p', counterpart: { ...card(`c${id}`), kind: 'person' },
    customer: card(`c${id}`), partner: card('p'), reads: [], ...more,
  };
}

const answers = (...pages: Page<Conversation>[]) => {
  const get = vi.spyOn(api, 'get');
  for (const page of pages) get.mockResolvedValueOnce(page);
  return get;
};
const ids = (inbox: Inbox) => inbox.items.map(({ id }) => id);

describe('a list of conversations', () => {
  beforeEach(() => {
    vi.restoreAllMocks();
    conversationStore.clear();
  });

  it('puts what has news on top and takes in what is new', async () => {
    answers({ items: [conversation('a', 30), conversation('b', 20)], next: null });
    const inbox = new Inbox({ side: 'p' });
    await inbox.load();
    conversationStore.put(conversation('b', 40, { number: 2 }));
    conversationStore.put(conversation('c', 50));
    expect(ids(inbox)).toEqual(['c', 'b', 'a']);
    inbox.close();
  });

  it('leaves out other sides and what was archived, and takes back what was restored', async () => {
    answers({ items: [conversation('a', 30)], next: null });
    const inbox = new Inbox({ side: 'p' });
    await inbox.load();
    conversationStore.put(conversation('x', 40, { my_party: 'q' }));
    conversationStore.put(conversation('a', 30, { archived_at: '2026-01-01T11:00:00Z' }));
    expect(ids(inbox)).toEqual([]);
    conversationStore.put(conversation('a', 45, { number: 2 }));
    expect(ids(inbox)).toEqual(['a']);
    inbox.close();
  });

  it('does not let in what lies below the part that was read', async () => {
    answers({ items: [conversation('a', 30)], next: 'more' }, { items: [conversation('b', 20), conversation('old', 10)], next: null });
    const inbox = new Inbox({ side: 'p' });
    await inbox.load();
    conversationStore.put(conversation('old', 10));
    expect(ids(inbox)).toEqual(['a']);
    await inbox.more();
    expect(ids(inbox)).toEqual(['a', 'b', 'old']);
    inbox.close();
  });

  it('keeps what a search found as it is', async () => {
    answers({ items: [conversation('a', 30)], next: null });
    const inbox = new Inbox({ side: 'p', q: 'roses' });
    await inbox.load();
    conversationStore.put(conversation('b', 40));
    expect(ids(inbox)).toEqual(['a']);
    inbox.close();
  });

  it('says that it failed and recovers', async () => {
    vi.spyOn(api, 'get').mockRejectedValueOnce(new Error('cut'));
    const inbox = new Inbox({ side: 'p' });
    await expect(inbox.load()).rejects.toThrow('cut');
    expect(inbox.state).toBe('failed');
    answers({ items: [], next: null });
    await inbox.load();
    expect(inbox.state).toBe('ready');
    inbox.close();
  });

  it('asks for its side, archive and filter only', async () => {
    const get = answers({ items: [], next: null });
    const inbox = new Inbox({ side: 'p', archived: true, unread: true, q: '' });
    await inbox.load();
    expect(get).toHaveBeenCalledWith('/conversations?side=p&archived=true&unread=true&limit=40');
    inbox.close();
  });
});
