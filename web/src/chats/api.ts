/** What the messenger asks the server beside conversations themselves. */
import { api, query } from '../core/api.ts';
import { conversationStore } from '../core/feed/conversationStore.svelte.ts';
import { newKey } from '../core/keys.ts';
import type { Chat, Conversation } from '../core/conversationTypes.ts';
import type { Card, Id, Iso, Page } from '../core/types.ts';

export type Role = 'owner' | 'moderator' | 'member' | 'reader';

export interface ChatMember {
  person: Card;
  role: Role;
  joined_at: Iso;
  deactivated: boolean;
}

export interface OpenChannel {
  id: Id;
  name: string;
  purpose: string;
  members: number;
  joined: boolean;
}

export interface NewGroup {
  kind: 'group' | 'channel';
  name: string;
  purpose?: string;
  is_open?: boolean;
}

const PAGE = 100;
const held = (answer: Conversation) => conversationStore.put(answer) as Chat;
const membersOf = (id: Id) => `/conversations/${id}/members`;

export const chats = {
  /** The direct chat with somebody: the one there is, or a new one. */
  direct: async (person: Id) => held(await api.post<Conversation>('/direct-chats', { person_id: person })),
  open: async (group: NewGroup, key = newKey()) => held(await api.post<Conversation>('/groups', group, { key })),
  change: async (id: Id, changes: Partial<Pick<NewGroup, 'name' | 'purpose' | 'is_open'>>) => held(await api.patch<Conversation>(`/conversations/${id}`, changes)),
  channels: (q: string, cursor: string | null, limit = PAGE) => api.get<Page<OpenChannel>>(query('/channels', { q: q.trim(), cursor, limit })),
  members: (id: Id, q: string, cursor: string | null) => api.get<Page<ChatMember>>(query(membersOf(id), { q: q.trim(), cursor, limit: PAGE })),
  invite: async (id: Id, people: Id[], role: Role = 'member') => held(await api.post<Conversation>(membersOf(id), { people, role })),
  join: async (id: Id) => held(await api.put<Conversation>(`${membersOf(id)}/me`)),
  leave: (id: Id) => api.delete(`${membersOf(id)}/me`),
  setRole: (id: Id, person: Id, role: Role) => api.put<ChatMember>(`${membersOf(id)}/${person}`, { role }),
  remove: (id: Id, person: Id) => api.delete(`${membersOf(id)}/${person}`),
};
