/** What clients write to the organisation, and what is done with it. */
import { api, query } from '../../core/api.ts';
import type { Id, Iso, Page, PartnerCard } from '../../core/types.ts';
import type { Channel } from '../types.ts';

/** stop and start: a word that ends messages on its channel, and one that has them back; automatic: a program wrote it. */
export type Meaning = 'message' | 'stop' | 'start' | 'automatic';

export interface Answer {
  id: Id;
  /** Null where nobody in the register has the address. */
  client_id: Id | null;
  client: string | null;
  channel: Channel;
  meaning: Meaning;
  sender: string;
  sender_name: string | null;
  subject: string | null;
  text: string;
  attachments: number;
  communication_id: Id | null;
  conversation_id: Id | null;
  received_at: Iso;
  read_at: Iso | null;
}

export interface AnswerPage extends Page<Answer> {
  /** Of all answers, counted up to 1,000. */
  unread: number;
}

/** Of one channel: messages of people, and clients who ended messages after a communication. */
export interface ResponseCount {
  channel: Channel;
  answers: number;
  unsubscribed: number;
}

export interface AnswerSettings {
  partner_id: Id | null;
  confirms: boolean;
}

export const answers = {
  list: (unread: boolean, cursor: string | null) => api.get<AnswerPage>(query('/answers', { unread: unread || undefined, cursor })),
  ofCommunication: (id: Id, cursor: string | null) => api.get<AnswerPage>(query(`/communications/${id}/answers`, { limit: 5, cursor }), { unasked: true }),
  responses: async (id: Id) => (await api.get<{ items: ResponseCount[] }>(`/communications/${id}/responses`, { unasked: true })).items,
  read: (id: Id) => api.put(`/answers/${id}/read`, undefined, { unasked: true }),
  settings: () => api.get<AnswerSettings>('/answer-settings'),
  change: (settings: AnswerSettings) => api.put<AnswerSettings>('/answer-settings', settings),
  partners: async () => (await api.get<Page<PartnerCard>>(query('/partners', { limit: 100 }))).items,
};
