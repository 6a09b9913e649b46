/** The server's answers about contact requests, one function per question. */
import { api, query } from '../core/api.ts';
import type { Message } from '../core/conversationTypes.ts';
import type { ContactProfile, Id, Page } from '../core/types.ts';
import { zone } from '../i18n/index.ts';
import type { UnderstoodPhone } from '../ui/phones.ts';
import type { RequestDraft } from './requestDrafts.ts';
import type { ContactRequest, NewRequest, OwnContactRequest, Period, RequestCounts, RequestState, RequestDetails } from './types.ts';

/** What narrows a partner's list; '' narrows nothing. */
export interface RequestFilter {
  state: string;
  advert_id: string;
  assigned_to: string;
  q: string;
}

const pathOf = (partner: Id, rest = '') => `/partners/${partner}/contact-requests${rest}`;

export const requests = {
  leave: (request: NewRequest, key: string) => api.post<OwnContactRequest>('/contact-requests', request, { key }),
  /** What a visitor filled in, before anybody is signed in: throws what would be refused later. */
  check: (advert_id: Id, { starts_at, message, phone }: RequestDraft) =>
    api.post<UnderstoodPhone>('/contact-requests/checks', { advert_id, starts_at, message: message.trim(), phone, time_zone: zone.current }),
  own: (cursor: string | null) => api.get<Page<OwnContactRequest>>(query('/contact-requests', { cursor })),
  list: (partner: Id, filter: RequestFilter, cursor: string | null, limit: number) =>
    api.get<Page<ContactRequest>>(query(pathOf(partner), { ...filter, cursor, limit })),
  details: (partner: Id, id: Id) => api.get<RequestDetails>(pathOf(partner, `/${id}`)),
  move: (partner: Id, id: Id, state: RequestState) => api.patch<RequestDetails>(pathOf(partner, `/${id}`), { state }),
  assign: (partner: Id, id: Id, person: Id | null) => api.patch<RequestDetails>(pathOf(partner, `/${id}`), { assigned_to: person }),
  note: (partner: Id, id: Id, text: string, key: string) => api.post<RequestDetails>(pathOf(partner, `/${id}/notes`), { text }, { key }),
  converse: (partner: Id, id: Id, text: string, key: string) =>
    api.post<{ conversation_id: Id; message: Message }>(pathOf(partner, `/${id}/conversation`), { text }, { key }),
  counts: (partner: Id, asked: { group_by: Period | 'ad'; from?: string; advert_id?: string }) =>
    api.get<RequestCounts>(query(pathOf(partner, '/counts'), asked)),
  ofConversation: async (conversation: Id) => (await api.get<Page<ContactRequest>>(`/conversations/${conversation}/contact-requests`)).items,
  /** Where the list lies as a file for spreadsheets. */
  export: (partner: Id, filter: RequestFilter, form: 'xlsx' | 'csv') => `/api/v1${query(pathOf(partner, `.${form}`), { ...filter })}`,
};

export const profiles = {
  list: async () => (await api.get<Page<ContactProfile>>('/me/contact-profiles')).items,
  change: (id: Id, fields: { email?: string; phone?: string }) => api.patch<ContactProfile>(`/me/contact-profiles/${id}`, fields),
  add: (fields: { label: string; email: string; phone: string }) => api.post<ContactProfile>('/me/contact-profiles', fields),
};
