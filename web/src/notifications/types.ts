/** Notifications, and what people settle about them, as the server speaks of them. */
import type { Card, Id, Iso, MemberRole, Page } from '../core/types.ts';

export const kinds = ['message', 'contact_request', 'contact_request_assigned', 'reminder', 'scheduled_message_failed'] as const;
export type Kind = (typeof kinds)[number];

/** The channels that reach people outside the app; the bell in the app is the step before them. */
export const ways = ['push', 'email', 'sms', 'whatsapp'] as const;
export type Way = (typeof ways)[number];
export type Channel = 'app' | Way;

export interface Notification {
  id: Id;
  kind: Kind;
  /** What it is about: a conversation, a contact request. */
  topic_id: Id;
  /** As whom the reader hears of it: themselves, or a partner they act for. */
  party_id: Id;
  urgent: boolean;
  created_at: Iso;
  changed_at: Iso;
  read_at: Iso | null;
  title: string;
  text: string;
  /** The page that opens the right place. */
  path: string;
  place: string | null;
  actor: Card | null;
}

export interface NotificationPage extends Page<Notification> {
  unread: number;
}

export interface Rule {
  kind: Kind;
  channel: Channel;
  enabled: boolean;
  /** Told only when it was not seen for so long. */
  delay_seconds: number;
  shortest_delay_seconds: number;
}

export type ReachState = 'ready' | 'no_gateway' | 'gateway_down' | 'no_address' | 'no_device' | 'unconfirmed' | 'suppressed';

export interface Reach {
  channel: Way;
  state: ReachState;
  address: string | null;
}

export interface Settings {
  /** Times of day as HH:MM in the zone of the profile; both or neither. */
  quiet_from: string | null;
  quiet_until: string | null;
  /** The same as the status of one's presence; without an end it lasts until it is switched off. */
  do_not_disturb: boolean;
  do_not_disturb_until: Iso | null;
  rules: Rule[];
  reach: Reach[];
}

export interface RuleChange {
  kind: Kind;
  channel: Channel;
  enabled?: boolean;
  delay_seconds?: number;
}

/** What is not mentioned stays. */
export interface SettingsChanges {
  quiet_from?: string | null;
  quiet_until?: string | null;
  do_not_disturb_until?: Iso | null;
  rules?: RuleChange[];
}

export type Level = 'all' | 'app' | 'nothing';

export interface TopicException {
  topic_id: Id;
  level: Level;
  until: Iso | null;
}

export const audienceKinds = ['contact_request', 'message'] as const;
export type AudienceKind = (typeof audienceKinds)[number];
export type AudienceMode = 'everyone' | 'owners' | 'chosen';
export type AudienceWarning = 'nobody_told' | 'no_channel' | 'no_mail_gateway';

export interface Audience {
  kind: AudienceKind;
  mode: AudienceMode;
  people: Id[];
}

export interface AudienceMember {
  person: Card;
  role: MemberRole;
  notified_of: AudienceKind[];
  reach: Way[];
}

export interface PartnerAudience {
  audiences: Audience[];
  members: AudienceMember[];
  warning: AudienceWarning | null;
}
