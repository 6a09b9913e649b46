/** The server's answers about browsers subscribed to push. */
import { api, type RequestOptions } from '../core/api.ts';
import type { Id, Page } from '../core/types.ts';
import type { Language } from '../i18n/index.ts';
import type { PushSubscriptionEntry } from './types.ts';

export interface SubscriptionInput {
  endpoint: string;
  keys: { p256dh: string; auth: string };
  label?: string;
}

/** A browser as the server knows it by its secret. */
export interface FormerSubscription {
  endpoint: string;
  auth: string;
}

/** News for whoever wants them, signed in or not. */
export const news = {
  /** The key to subscribe with; null when no news are offered. */
  key: async () => (await api.get<{ key: string | null }>('/push/broadcast-key', { unasked: true })).key,
  subscribe: (subscription: Omit<SubscriptionInput, 'label'> & { language: Language }, options?: RequestOptions) =>
    api.post('/push/broadcast-subscriptions', subscription, options),
  unsubscribe: (former: FormerSubscription) => api.delete('/push/broadcast-subscriptions', former),
  subscribers: async () => (await api.get<{ count: number }>('/push/broadcast-subscribers')).count,
  offered: async () => (await api.get<{ offered: boolean }>('/push/broadcast-settings')).offered,
  offer: (offered: boolean) => api.put('/push/broadcast-settings', { offered }),
};

export const push = {
  /** The public key of the server's push gateway; null when it has none. */
  key: async () => (await api.get<{ key: string | null }>('/push/key')).key,
  devices: () => api.get<Page<PushSubscriptionEntry>>('/push/subscriptions'),
  subscribe: (subscription: SubscriptionInput) => api.post<PushSubscriptionEntry>('/push/subscriptions', subscription),
  unsubscribe: (id: Id) => api.delete(`/push/subscriptions/${id}`),
  test: (id: Id) => api.post(`/push/subscriptions/${id}/test`),
};
