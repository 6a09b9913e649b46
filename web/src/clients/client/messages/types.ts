/** What went out to a client, and what came in from them. */
import type { Id, Iso } from '../../../core/types.ts';
import type { RecipientStatus } from '../../../deliveries/recipients.ts';
import type { Channel } from '../../types.ts';

export interface Sent {
  communication_id: Id;
  name: string;
  channel: Channel;
  status: RecipientStatus;
  reason: string | null;
  subject: string | null;
  /** Null until it was made for this client. */
  text: string | null;
  not_before: Iso;
  changed_at: Iso | null;
}

/** A word such as STOP or START; a message of a program that answers by itself; or something to read. */
export type Meaning = 'message' | 'stop' | 'start' | 'automatic';

export interface Received {
  id: Id;
  channel: Channel;
  meaning: Meaning;
  read_at: Iso | null;
  subject: string | null;
  text: string;
  received_at: Iso;
}

export type Message = { kind: 'sent'; key: string; at: Iso; sent: Sent } | { kind: 'received'; key: string; at: Iso; received: Received };
