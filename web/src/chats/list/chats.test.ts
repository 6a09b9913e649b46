import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api } from '../../core/api.ts';
import { conversationStore } from '../../core/feed/conversationStore.svelte.ts';
import { live } from '../../core/live/live.svelte.ts';
import type { Chat, Conversation } from '../../core/conversationTypes.ts';
import { ChatList } from './chats.svelte.ts';

const chat = (id: string, more: Partial<Chat> = {}) =>
  ({ id, kind: 'group', name: id, number: 1, reads: [], my_role: 'member', my_level: 'all', favourite: false, archived_at: null, put_away_at: null, opened_at: '2026-01-01T00:00:00Z', last_message_at: null, unread: 0, mentioned: 0, marked_unread: false, ...more }) as Conversation;
const ids = (list: ChatList) => list.chats.map(({ id }) => id).sort();
let pages: Record<string, { items: Conversation[]; next: string | null }>;
let list: ChatList;

beforeEach(() => {
  vi.spyOn(live, 'onWelcome').mockReturnValue(() => undefined);
  vi.spyOn(api, 'get').mockImplementation((path) => {
    const asked = new URLSearchParams(path.split('?')[1]);
    return Promise.resolve(pages[asked.get('favourite') ? 'favourites' : (asked.get('cursor') ?? 'first')] as never);
  });
  pages = { favourites: { items: [], next: null }, first: { items: [], next: null } };
  list = new ChatList(false);
});
afterEach(() => (list.close(), conversationStore.clear(), vi.restoreAllMocks()));

describe('a list of chats', () => {
  it('reads its pages to the end, and favourites that are far down at once', async () => {
    pages = { favourites: { items: [chat('old', { favourite: true })], next: null }, first: { items: [chat('a')], next: 'two' }, two: { items: [chat('b')], next: null } };
    await list.load();
    expect(ids(list)).toEqual(['a', 'b', 'old']);
    expect(list.state).toBe('ready');
  });

  it('lets in what is new or comes back, and out what is left, archived or put away', async () => {
    pages.first = { items: [chat('a'), chat('b')], next: null };
    list.begin();
    await vi.waitFor(() => expect(ids(list)).toEqual(['a', 'b']));
    conversationStore.put(chat('b', { number: 2, put_away_at: '2026-01-01T00:00:00Z' }));
    conversationStore.put(chat('c'));
    conversationStore.put(chat('looked at', { my_role: null } as Partial<Chat>));
    expect(ids(list)).toEqual(['a', 'c']);
    conversationStore.put(chat('b', { number: 3 }));
    expect(ids(list)).toEqual(['a', 'b', 'c']);
  });

  it('holds a direct chat from its first message on', async () => {
    list.begin();
    await vi.waitFor(() => expect(list.state).toBe('ready'));
    const direct = { kind: 'direct', my_role: undefined, my_party: 'me', counterpart: { id: 'hugo', name: 'Hugo', picture: null, kind: 'person' } } as unknown as Partial<Chat>;
    conversationStore.put({ ...chat('d'), ...direct } as Conversation);
    expect(ids(list)).toEqual([]);
    conversationStore.put({ ...chat('d', { number: 2, last_message_at: '2026-01-01T00:00:00Z' }), ...direct } as Conversation);
    expect(ids(list)).toEqual(['d']);
  });

  it('says that it could not be read, and keeps what it held when a later reading fails', async () => {
    vi.spyOn(api, 'get').mockRejectedValue(new Error('no answer'));
    await expect(list.load()).rejects.toThrow();
    expect(list.state).toBe('failed');
    vi.spyOn(api, 'get').mockResolvedValue({ items: [chat('a')], next: null });
    await list.load();
    vi.spyOn(api, 'get').mockRejectedValue(new Error('no answer'));
    await expect(list.load()).rejects.toThrow();
    expect([list.state, ids(list)]).toEqual(['ready', ['a']]);
  });
});
