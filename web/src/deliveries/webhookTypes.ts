/** Webhooks and their calls, as the server lists them. */
import type { Id, Iso } from '../core/types.ts';

export interface Webhook {
  id: Id;
  url: string;
  events: string[];
  enabled: boolean;
  /** Failures in a row. */
  failures: number;
  created_at: Iso;
  disabled_at: Iso | null;
  /** Only in the answer that creates it. */
  secret?: string | null;
}

export interface WebhookCall {
  id: Id;
  event: string;
  created_at: Iso;
  state: 'waiting' | 'answered' | 'given_up';
  next_attempt_at: Iso | null;
  attempts: number;
  /** What the receiver answered last. */
  status: number | null;
  failure: string | null;
  /** Answered, or given up. */
  done_at: Iso | null;
}
