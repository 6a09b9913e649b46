/** What the directory asks the server. */
import { api, query } from '../core/api.ts';
import type { Conversation } from '../core/conversationTypes.ts';
import type { Id, Page } from '../core/types.ts';
import type { Colleague, ColleagueChanges, Contact, Department } from './types.ts';

export const PAGE = 50;

export const directory = {
  /** With a department (the empty one: those in none) only its people. */
  search: (q: string, department: string | null, cursor: string | null) =>
    api.get<Page<Colleague>>(
      query('/directory', { q: q.trim(), cursor, limit: PAGE }) + (department === null ? '' : `&department=${encodeURIComponent(department)}`),
    ),
  departments: () => api.get<Page<Department>>('/directory/departments'),
  person: (id: Id) => api.get<Colleague>(`/directory/${id}`),
  /** Somebody who may have been deactivated, too. */
  formerOrPresent: (id: Id) => api.get<Colleague>(`/directory/${id}?former=true`),
  /** Whose manager somebody is. */
  reports: (id: Id, cursor: string | null) => api.get<Page<Colleague>>(query(`/directory/${id}/reports`, { cursor })),
  change: (id: Id, changes: ColleagueChanges) => api.patch<Colleague>(`/directory/${id}`, changes),
  /** The direct chat with somebody: the one there is, or a new one. */
  write: (id: Id) => api.post<Conversation>('/direct-chats', { person_id: id }),
};

export const contactApi = {
  list: () => api.get<Page<Contact>>('/contacts', { unasked: true }),
  put: (id: Id, how: { is_favourite?: boolean; position?: number }) => api.put<Contact>(`/contacts/${id}`, how),
  remove: (id: Id) => api.delete(`/contacts/${id}`),
};
