/** What the report asks for beside the communication itself. */
import { api, query } from '../../core/api.ts';
import type { Id, Iso } from '../../core/types.ts';
import type { Channel, FailureCount, PauseReason, Recipient, State, Status } from '../types.ts';
import type { Snapshot } from './chart.ts';

/** Totals at the ends of minutes, the last of now; and since when it was in which state. */
export interface Timeline {
  items: Snapshot[];
  states: { state: State; pause_reason: PauseReason | null; failure: string | null; at: Iso }[];
}

/** A status that a message came to. */
export interface Step {
  status: Status;
  reason: string | null;
  at: Iso;
}

/** One recipient, the words that were made for it, as far as it got to them, and every step of its message. */
export interface RecipientDetails extends Recipient {
  subject: string | null;
  text: string | null;
  steps: Step[];
}

const at = (id: Id) => `/communications/${id}`;

export const reports = {
  failures: async (id: Id) => (await api.get<{ items: FailureCount[] }>(`${at(id)}/failures`, { unasked: true })).items,
  timeline: (id: Id) => api.get<Timeline>(`${at(id)}/timeline`, { unasked: true }),
  recipient: (id: Id, client: Id, channel: Channel) => api.get<RecipientDetails>(query(`${at(id)}/recipients/${client}`, { channel })),
};
