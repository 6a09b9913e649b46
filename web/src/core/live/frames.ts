/** The frames of the live connection (docs/live-protocol.md), as TypeScript. */
import type { Change, Level, ThreadSummary } from '../conversationTypes.ts';
import type { Presence } from '../presenceTypes.ts';
import type { Card, DeliveryStatus, Id, Iso } from '../types.ts';

/** What the server sends over `/api/v1/live`. */
export type Frame =
  | { type: 'welcome'; connection: string; heartbeat_seconds: number; person: Id }
  | { type: 'changes'; conversation: Id; after: number; until: number; changes: Change[] }
  | { type: 'read'; conversation: Id; party_id: Id; person: Card; ordinal: number; at: Iso }
  | { type: 'typing'; conversation: Id; party_id: Id; person: Card }
  | { type: 'party'; party: Id; after: number; until: number; changes: PartyChange[] }
  /** What stands below a message is another. */
  | { type: 'thread'; conversation: Id; message: Id; thread: ThreadSummary }
  /** What one watches is told from here on. */
  | { type: 'watching'; conversation: Id }
  /** One has marked it unread, or has come back to it. */
  | { type: 'unread_mark'; conversation: Id; marked: boolean }
  /** One has let messages count as unread again, or has read on from there. */
  | { type: 'unread'; conversation: Id; ordinal: number; unread: number; mentioned: number }
  /** What one has settled about a chat, on whichever device. */
  | { type: 'own_settings'; conversation: Id; favourite: boolean; level: Level; put_away_at: Iso | null }
  /** One is in this group or channel since many were let in at once. */
  | { type: 'joined'; conversation: Id }
  /** One is no longer in it. */
  | { type: 'left'; conversation: Id }
  | { type: 'deliveries'; owner: Id; changed: DeliveryNews[] }
  /** Who of the people that are shown is there; a snapshot tells of all of them. */
  | { type: 'presence'; snapshot: boolean; people: Presence[] }
  /** The bell shows something else now. */
  | { type: 'notifications' }
  /** What one sends later in a conversation is something else now. */
  | { type: 'scheduled_messages'; conversation: Id }
  /** What one has begun to write is that revision now; 0: none. */
  | { type: 'draft'; conversation: Id; revision: number }
  /** One is reminded of something else now. */
  | { type: 'reminders' }
  /** Where the recipients of a communication stand that one watches by its id: channel, status, how many. */
  | { type: 'communication'; id: Id; state: string; revision: number; totals: Record<string, Record<string, number>> }
  | { type: 'beat' };

/** What a client says. */
export type Said =
  | { type: 'beat' }
  | { type: 'typing'; conversation: Id }
  /** What it shows without being in it, or shows no more. */
  | { type: 'watch'; conversation: Id }
  | { type: 'unwatch'; conversation: Id }
  /** Whom it shows, in place of those before. */
  | { type: 'show_presence'; people: Id[] }
  /** Whether somebody uses it. */
  | { type: 'active' }
  | { type: 'idle' };

export type PartyChangeKind =
  | 'conversation_archived'
  | 'conversation_restored'
  | 'profile_changed'
  | 'password_changed'
  | 'link_requested'
  | 'invitation_requested'
  | 'invitations_changed'
  | 'partner_changed'
  | 'colleague_changed'
  | 'contacts_changed'
  | 'do_not_disturb_changed'
  | 'colleagues_changed'
  | 'members_changed'
  | 'joined_partner'
  | 'left_organisation'
  | 'adverts_changed'
  | 'contact_requested'
  | 'contact_request_changed';

export interface PartyChange {
  number: number;
  kind: PartyChangeKind;
  subject: Id;
  at: Iso;
}

export interface DeliveryNews {
  id: number;
  status: DeliveryStatus;
  public_status: DeliveryStatus;
  reason: string | null;
  /** How many changes of status there were: the greater one is the newer one. */
  sequence: number;
  changed_at: Iso;
}
