/** The server's answers about browsers subscribed to push. */
import { api } from '../core/api.ts';
import type { Id, Page } from '../core/types.ts';
import type { PushSubscriptionEntry } from './types.ts';

export interface SubscriptionInput {
  endpoint: string;
  keys: { p256dh: string; auth: string };
  label?: string;
}

export const push = {
  /** The public key of the server's push gateway; null when it has none. */
  key: async () => (await api.get<{ key: string | null }>('/push/key')).key,
  devices: () => api.get<Page<PushSubscriptionEntry>>('/push/subscriptions'),
  subscribe: (subscription: SubscriptionInput) => api.post<PushSubscriptionEntry>('/push/subscriptions', subscription),
  unsubscribe: (id: Id) => api.delete(`/push/subscriptions/${id}`),
  test: (id: Id) => api.post(`/push/subscriptions/${id}/test`),
};
