/** Communications as the server tells them: what is sent to clients of the register, at once or on schedule. */
import type { DeliveryStatus, Id, Iso, LanguageCode } from '../core/types.ts';

export type Channel = 'email' | 'sms' | 'whatsapp' | 'push';
export const channels: Channel[] = ['email', 'sms', 'whatsapp', 'push'];

export type State = 'draft' | 'scheduled' | 'preparing' | 'running' | 'paused' | 'completed' | 'cancelling' | 'cancelled' | 'failed';
export const states: State[] = ['draft', 'scheduled', 'preparing', 'running', 'paused', 'completed', 'cancelling', 'cancelled', 'failed'];
export type Kind = 'campaign' | 'transactional';
export type Mode = 'together' | 'ladder';
export type PauseReason = 'by_hand' | 'errors' | 'late' | 'restored';

/** Where one recipient stands on one channel: before there is a delivery, and then as the delivery does. */
export type Status = 'WAITING' | 'SKIPPED' | DeliveryStatus;
/** How many stand where; a status that nobody has is not named. */
export type Totals = Partial<Record<Channel, Partial<Record<Status, number>>>>;

export type Audience =
  | { kind: 'clients'; ids: Id[] }
  | { kind: 'list'; list_id: Id }
  | { kind: 'segment'; segment_id: Id }
  | { kind: 'everyone' }
  | { kind: 'subscribers' };

/** Its text is Markdown. */
export interface EmailText {
  subject: string;
  text: string;
}

export interface SmsText {
  text: string;
}

/** An approved template with what stands in its places; or a text, for those who wrote within a day. */
export interface WhatsAppText {
  template: string | null;
  variables: string[];
  text: string | null;
  media: string | null;
}

/** A broadcast to browsers; `url` is a path of this server. */
export interface PushText {
  title: string;
  text: string;
  url: string;
}

export interface Texts {
  email?: EmailText | null;
  sms?: SmsText | null;
  whatsapp?: WhatsAppText | null;
  push?: PushText | null;
}

export interface Content {
  default_language: LanguageCode;
  texts: Partial<Record<LanguageCode, Texts>>;
}

/** Times of a wall, as `HH:MM:SS`. */
export interface QuietHours {
  begin: string;
  end: string;
}

/** Either an instant, or wall time in a zone or in each client's own; none of them: at once. */
export interface Schedule {
  send_at: Iso | null;
  /** Wall time without an offset. */
  local_time: string | null;
  zone: string | null;
  of_client: boolean;
  per_minute: number | null;
  quiet: QuietHours | null;
  /** Seconds after a client's time; null is two days. */
  expires_after: number | null;
  /** Seconds after which the next channel of a ladder is tried. */
  step_after: number;
  /** Percent of failures at which it pauses by itself; null: never. */
  error_limit: number | null;
}

/** What somebody wants sent. */
export interface Plan {
  name: string;
  kind: Kind;
  channels: Channel[];
  mode: Mode;
  content: Content;
  audience: Audience;
  schedule: Schedule;
}

/** A communication as lists and the calendar show it. */
export interface Summary {
  id: Id;
  name: string;
  kind: Kind;
  state: State;
  pause_reason: PauseReason | null;
  channels: Channel[];
  mode: Mode;
  /** Null: at once, or a draft without a time. */
  send_at: Iso | null;
  /** The first moment at which anything of it may leave. */
  starts_at: Iso | null;
  clients: number;
  totals: Totals;
  revision: number;
  created_at: Iso;
  changed_at: Iso;
  started_at: Iso | null;
  ended_at: Iso | null;
}

export interface Communication extends Summary, Plan {
  expires_at: Iso | null;
  /** A stable code. */
  failure: string | null;
  created_by: Id;
  resend_of: Id | null;
}

/** What a pause, a resumption or a cancellation did: messages by all channels. */
export interface Outcome {
  state: State;
  revision: number;
  waiting: number;
  cancelled: number;
  gone_out: number;
  in_flight: number;
}

/** What became of it for one client on one channel; `client` is null once it was erased. */
export interface Recipient {
  client_id: Id;
  client: string | null;
  channel: Channel;
  address: string | null;
  status: Status;
  reason: string | null;
  delivery_id: number | null;
  not_before: Iso;
  changed_at: Iso | null;
}

export interface FailureCount {
  channel: Channel;
  status: Status;
  reason: string | null;
  count: number;
}

/** A frame of the live connection about a communication that is watched by its id. */
export interface CommunicationFrame {
  type: 'communication';
  id: Id;
  state: State;
  revision: number;
  totals: Totals;
}

/**
 * What one client, or one who has everything, would get on one channel. `missing` are variables that the client does not
 * have, `fault` is why nothing would go out, `outside` keeps a text message from the alphabet of which more fits in.
 */
export interface Preview {
  language: LanguageCode;
  subject: string | null;
  text: string;
  html: string | null;
  segments: number | null;
  encoding: string | null;
  characters: number | null;
  left: number | null;
  outside: string[];
  template: string | null;
  variables: string[];
  media: string | null;
  url: string | null;
  missing: string[];
  fault: string | null;
}

/** Whom a plan reaches on one channel: `messages` at first, `most_messages` if in a ladder nothing arrives before. */
export interface Reach {
  reachable: number;
  refused: number;
  without_address: number;
  messages: number;
  most_messages: number;
  segments: number | null;
  cost: string | null;
  most_cost: string | null;
  currency: string | null;
}

export interface Estimate {
  clients: number;
  channels: Partial<Record<Channel, Reach>>;
}

/** Clients named one by one in a file. */
export interface ClientList {
  id: Id;
  name: string;
  clients: number;
  created_at: Iso;
}

/** `unknown` are the first of what names nobody of the register, `unknown_count` says how many there are. */
export interface UploadedList extends ClientList {
  unknown: string[];
  unknown_count: number;
}

/** A template of WhatsApp as a gateway has it: `places` of its body in order, by number or name. */
export interface Template {
  name: string;
  language: string;
  state: string;
  body: string;
  places: string[];
  /** IMAGE, VIDEO or DOCUMENT where it asks for the address of one. */
  header: string | null;
  /** It asks for nothing that cannot be given. */
  sendable: boolean;
}

/** What texts call the organisation, and what a message costs by a channel, of text messages a segment. */
export interface Settings {
  organisation: string;
  prices: { channel: Channel; currency: string; price: string }[];
}
