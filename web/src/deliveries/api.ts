/** The server's answers about messages that go out through gateways, one function per question. */
import { api, query } from '../core/api.ts';
import type { Page } from '../core/types.ts';
import type { Delivery, DeliveryDetails, NewDelivery, StatusCount, WhatsAppTemplates } from './types.ts';

export interface DeliveryFilter {
  channel: string;
  status: string;
  gateway: string;
  q: string;
}

export const deliveries = {
  list: (filter: DeliveryFilter, cursor: string | null, limit?: number) => api.get<Page<Delivery>>(query('/deliveries', { ...filter, cursor, limit })),
  details: (id: number | string) => api.get<DeliveryDetails>(`/deliveries/${id}`),
  counts: (hours: number) => api.get<{ items: StatusCount[] }>(query('/deliveries/counts', { hours })),
  send: (delivery: NewDelivery, key: string) => api.post<Delivery>('/deliveries', delivery, { key }),
  /** Whether something carries messages to phones or mailboxes; the one for browsers comes with the server. Administrators only. */
  hasGateway: async () => (await api.get<Page<{ transport: string }>>('/gateways')).items.some(({ transport }) => transport !== 'web_push'),
  whatsappTemplates: () => api.get<WhatsAppTemplates>('/whatsapp-templates'),
  cancel: (id: number) => api.delete<Delivery>(`/deliveries/${id}`),
};
