/** The server's answers about notifications, one function per question. */
import { api, query } from '../core/api.ts';
import type { Id } from '../core/types.ts';
import type { Audience, Kind, Level, NotificationPage, PartnerAudience, Settings, SettingsChanges, TopicException } from './types.ts';

export interface ListQuestion {
  unread: boolean;
  cursor: string | null;
  limit: number;
}

/** Some, or all that there are. */
export type ReadMarks = { ids: Id[] } | { all: true };

const SETTINGS = '/me/notification-settings';

export const notifications = {
  list: ({ unread, cursor, limit }: ListQuestion) => api.get<NotificationPage>(query('/notifications', { unread: unread || null, cursor, limit })),
  /** Answers how many are still unread. */
  read: async (marks: ReadMarks) => (await api.put<{ unread: number }>('/notifications/read', marks)).unread,
  settings: () => api.get<Settings>(SETTINGS),
  change: (changes: SettingsChanges) => api.patch<Settings>(SETTINGS, changes),
  exception: (topic: Id) => api.get<TopicException>(`/me/notification-exceptions/${topic}`),
  except: (topic: Id, level: Level, until: string | null) => api.put<TopicException>(`/me/notification-exceptions/${topic}`, { level, until }),
  audience: (partner: Id) => api.get<PartnerAudience>(`/partners/${partner}/notification-audience`),
  setAudience: (partner: Id, audiences: Audience[]) => api.put<PartnerAudience>(`/partners/${partner}/notification-audience`, { audiences }),
  /** What the link of an e-mail would end. */
  unsubscription: async (token: string) => (await api.get<{ kind: Kind }>(`/unsubscribe/${encodeURIComponent(token)}`)).kind,
  unsubscribe: (token: string) => api.post(`/unsubscribe/${encodeURIComponent(token)}`),
};
