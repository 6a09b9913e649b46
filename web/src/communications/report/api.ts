/** What the report asks for beside the communication itself. */
import { api, query } from '../../core/api.ts';
import type { Id } from '../../core/types.ts';
import type { DeliveryDetails } from '../../deliveries/types.ts';
import type { Channel, FailureCount, Recipient } from '../types.ts';
import type { Span } from './chart.ts';

/** What happened in each span of so many seconds; spans in which nothing did are left out. */
export interface Timeline {
  seconds: number;
  items: Span[];
}

/** One recipient, and everything that happened to its message once there was one. */
export interface RecipientHistory {
  recipient: Recipient;
  history: DeliveryDetails | null;
}

const at = (id: Id) => `/communications/${id}`;

export const reports = {
  failures: async (id: Id) => (await api.get<{ items: FailureCount[] }>(`${at(id)}/failures`, { unasked: true })).items,
  timeline: (id: Id) => api.get<Timeline>(`${at(id)}/timeline`, { unasked: true }),
  recipient: (id: Id, client: Id, channel: Channel) => api.get<RecipientHistory>(query(`${at(id)}/recipients/${client}`, { channel })),
};
