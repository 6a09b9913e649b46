/** The server's answers about gateways, one function per question. */
import { api, query } from '../core/api.ts';
import type { Id, Page } from '../core/types.ts';
import { channels, type Channel, type Delivery } from '../deliveries/types.ts';
import type { Gateway, GatewayInput, Suppression, TransportKind } from './types.ts';

export const gateways = {
  list: async (): Promise<Page<Gateway>> => {
    const page = await api.get<Page<Gateway>>('/gateways');
    return { ...page, items: page.items.map(inOrder) };
  },
  kinds: async () => (await api.get<{ items: TransportKind[] }>('/gateways/kinds')).items.map(inOrder),
  add: (gateway: GatewayInput) => api.post<Gateway>('/gateways', gateway),
  change: (id: Id, gateway: GatewayInput) => api.put<Gateway>(`/gateways/${id}`, gateway),
  remove: (id: Id) => api.delete(`/gateways/${id}`),
  test: (id: Id, message: { to: string; text: string }, key: string) => api.post<Delivery>(`/gateways/${id}/test`, message, { key }),
};

export const suppressions = {
  list: (filter: { channel: string; q: string }, cursor: string | null) => api.get<Page<Suppression>>(query('/suppressions', { ...filter, cursor })),
  add: (suppression: Pick<Suppression, 'channel' | 'recipient'> & { reason?: string }) => api.post<Suppression>('/suppressions', suppression),
  remove: ({ channel, recipient }: Suppression) => api.delete(`/suppressions/${channel}/${encodeURIComponent(recipient)}`),
};

/** Channels stand in one order wherever they are shown: texts, mail, notifications. */
function inOrder<T extends { channels: Channel[] }>(one: T): T {
  return { ...one, channels: channels.filter((channel) => one.channels.includes(channel)) };
}

/** The gateway as it is, to be written again with a change; credentials that are left out stay. */
export function inputOf({ name, transport, channels, priority, enabled, settings, segments_per_second, links, receipts_expected }: Gateway): GatewayInput {
  return { name, transport, channels, priority, enabled, settings, credentials: {}, segments_per_second, links, receipts_expected };
}
