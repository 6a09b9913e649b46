/** Messages that go out through gateways, as the server speaks of them; times are ISO 8601 in UTC. */
import type { DeliveryStatus, Id, Iso } from '../core/types.ts';

export const channels = ['sms', 'mms', 'whatsapp', 'email', 'push'] as const;
export type Channel = (typeof channels)[number];
export type Urgency = 'urgent' | 'normal' | 'bulk';

export interface Medium {
  url: string;
  media_type?: string | null;
}

/** What only some channels know. */
export interface Options {
  unsubscribe_url?: string | null;
  reply_to?: string | null;
  sender_name?: string | null;
  topic?: string | null;
  url?: string | null;
  template?: string | null;
  template_language?: string | null;
  variables?: string[];
  media?: string | null;
}

export interface Delivery {
  id: number;
  channel: Channel;
  sender: string;
  recipient: string;
  text: string;
  subject: string | null;
  html: string | null;
  media: Medium[];
  options: Options;
  urgency: Urgency;
  encoding: 'gsm7' | 'ucs2' | null;
  segments: number;
  status: DeliveryStatus;
  /** A stable code that says why. */
  reason: string | null;
  sequence: number;
  attempts: number;
  gateway_id: Id | null;
  key: string | null;
  created_at: Iso;
  changed_at: Iso;
  send_at: Iso;
  expires_at: Iso;
}

export interface StatusChange {
  ordinal: number;
  at: Iso;
  status: DeliveryStatus;
  reason: string | null;
}

export interface Attempt {
  ordinal: number;
  gateway_id: Id;
  gateway: string;
  started_at: Iso;
  ended_at: Iso;
  outcome: 'accepted' | 'refused' | 'unknown';
  code: string | null;
  /** What the gateway said, in its own words. */
  reason: string | null;
  retry_at: Iso | null;
  provider_ids: string[];
}

export interface ReceiptSeen {
  received_at: Iso;
  provider_id: string | null;
  status: string | null;
  code: string | null;
  reason: string | null;
  raw: string;
}

export interface DeliveryDetails {
  delivery: Delivery;
  changes: StatusChange[];
  attempts: Attempt[];
  receipts: ReceiptSeen[];
  next_attempt_at: Iso | null;
  /** When the recipient read it, where the channel tells that. */
  read_at?: Iso | null;
}

/** A template that Meta keeps for a gateway; its places are numbers or names. */
export interface WhatsAppTemplate {
  gateway_id: Id;
  name: string;
  language: string;
  category: string;
  state: string;
  body: string;
  places: string[];
  header: string | null;
  /** It asks for nothing beside the places of its body and an address for its head. */
  sendable: boolean;
}

export interface WhatsAppTemplates {
  items: WhatsAppTemplate[];
  gateways: { gateway_id: Id; gateway: string; refreshed_at: Iso | null; error: string | null; due_at: Iso | null }[];
}

/** How many messages came to a status by one gateway. */
export interface StatusCount {
  /** Null: before any gateway was tried. */
  gateway_id: Id | null;
  gateway: string | null;
  status: DeliveryStatus;
  count: number;
}

/** What is sent to the server for a new message; what a channel does not know is left out. */
export interface NewDelivery {
  channel: Channel;
  to: string;
  text: string;
  from?: string;
  subject?: string;
  html?: string;
  media?: { url: string }[];
  options?: Options;
  urgency?: Urgency;
  send_at?: Iso;
  expires_at?: Iso;
}
