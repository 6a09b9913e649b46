/** Browsers subscribed to push, as the server lists them. */
import type { Id, Iso } from '../core/types.ts';

export interface PushSubscriptionEntry {
  id: Id;
  label: string;
  endpoint?: string;
  created_at: Iso;
}
