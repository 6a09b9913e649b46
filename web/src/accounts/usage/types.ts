/** What was used of a day's quotas, as the server tells it; a limit of null is none. */
import type { Card, Iso } from '../../core/types.ts';

export interface Share {
  used: number;
  limit: number | null;
}

export interface OwnUsage {
  messages: Share;
  deliveries: Share;
  bytes: Share;
  ends_at: Iso;
}

export interface UsageOf {
  person: Card | null;
  messages: number;
  deliveries: number;
  bytes: number;
}

export interface UsageOfAll {
  items: UsageOf[];
  message_limit: number | null;
  delivery_limit: number | null;
  byte_limit: number | null;
  disk_free: number | null;
  disk_reserve: number | null;
  ends_at: Iso;
}
