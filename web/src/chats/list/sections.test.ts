import { describe, expect, it } from 'vitest';
import type { Chat, DirectConversation, GroupConversation } from '../../core/conversationTypes.ts';
import { neighbour, sectionsOf } from './sections.ts';

const base = (id: string, minute: number) => ({
  id, number: 1, last_ordinal: 1, opened_at: '2026-01-01T00:00:00Z', last_message_at: `2026-01-01T00:${String(minute).padStart(2, '0')}:00Z`, last_message: null,
  unread: 0, marked_unread: false, archived_at: null, reads: [], favourite: false, my_level: 'all' as const, put_away_at: null,
});
const direct = (name: string, minute: number, more: Partial<DirectConversation> = {}): Chat => ({ ...base(name, minute), kind: 'direct', my_party: 'me', counterpart: { id: name, name, picture: null, kind: 'person' }, ...more });
const group = (kind: 'group' | 'channel', name: string, minute: number, more: Partial<GroupConversation> = {}): Chat => ({
  ...base(name, minute), kind, name, purpose: '', members: 3, is_open: false, my_role: 'member', mentioned: 0, ...more,
});
const view = { words: '', unreadFirst: false, collapsed: new Set<string>() };
const names = (chats: readonly Chat[], more = {}) => Object.fromEntries(sectionsOf(chats, { ...view, ...more }).map(({ name, chats: shown }) => [name, shown.map(({ id }) => id)]));

const chats = [
  direct('Hugo', 1, { unread: 2 }),
  direct('Ida', 9),
  group('group', 'Lunch', 5),
  group('channel', 'News', 4, { unread: 7, my_level: 'nothing' }),
  group('channel', 'Kitchen', 2, { favourite: true }),
];

describe('the list of chats', () => {
  it('has favourites first, then people and groups, then channels, the newest on top', () => {
    expect(names(chats)).toEqual({ favourites: ['Kitchen'], people: ['Ida', 'Lunch', 'Hugo'], channels: ['News'] });
  });

  it('shows at once who answers to what is typed', () => {
    expect(names(chats, { words: 'lu' })).toEqual({ people: ['Lunch'] });
    expect(names(chats, { words: 'nobody' })).toEqual({});
  });

  it('lets what is unread go first, where muted chats wait with the others', () => {
    expect(names(chats, { unreadFirst: true })).toMatchObject({ people: ['Hugo', 'Ida', 'Lunch'] });
  });

  it('keeps of a collapsed section what calls, and the open chat', () => {
    const collapsed = new Set(['people', 'channels']);
    expect(names(chats, { collapsed, current: 'Ida' })).toEqual({ favourites: ['Kitchen'], people: ['Ida', 'Hugo'], channels: [] });
    expect(names(chats, { collapsed, words: 'lunch' })).toEqual({ people: ['Lunch'] });
  });
});

describe('the way along the list', () => {
  it('leads to the next and the former chat, and around', () => {
    expect(neighbour(chats, 'Hugo', 1, false)?.id).toBe('Ida');
    expect(neighbour(chats, 'Hugo', -1, false)?.id).toBe('Kitchen');
    expect(neighbour(chats, undefined, 1, false)?.id).toBe('Hugo');
    expect(neighbour(chats, undefined, -1, false)?.id).toBe('Kitchen');
  });

  it('leads to what is unread, past what is muted, and nowhere when all is read', () => {
    expect(neighbour(chats, 'Lunch', 1, true)?.id).toBe('Hugo');
    expect(neighbour(chats, 'Hugo', 1, true)).toBeUndefined();
    const called = [...chats, group('channel', 'Alarm', 1, { my_level: 'nothing', unread: 3, mentioned: 1 })];
    expect(neighbour(called, 'Hugo', 1, true)?.id).toBe('Alarm');
    expect(neighbour([], undefined, 1, true)).toBeUndefined();
  });
});
