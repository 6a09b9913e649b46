/** Whether colleagues are there, as the server speaks of it. */
import type { Id, Iso } from './types.ts';

export type ChosenStatus = 'available' | 'away' | 'do_not_disturb';
export type Status = ChosenStatus | 'offline';

/** What somebody says of themselves; one of emoji and text may be empty. */
export interface CustomStatus {
  emoji: string;
  text: string;
  until: Iso | null;
}

export interface Presence {
  id: Id;
  status: Status;
  /** The end of a status that was set by hand. */
  until: Iso | null;
  /** Of who is not connected and does not hide it. */
  last_seen_at: Iso | null;
  custom: CustomStatus | null;
}

export interface OwnPresence {
  id: Id;
  status: Status;
  /** Set by hand; without one it follows from what one does. */
  chosen: ChosenStatus | null;
  until: Iso | null;
  custom: CustomStatus | null;
  last_seen_hidden: boolean;
}
