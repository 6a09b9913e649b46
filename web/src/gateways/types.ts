/** Gateways as administrators see them; what they sign in with never comes back. */
import type { DeliveryStatus, Id, Iso } from '../core/types.ts';
import type { Channel } from '../deliveries/types.ts';

/** Why there is no link to a gateway. */
export type LinkFault = 'settings' | 'sign_in' | 'certificate' | 'unreachable' | 'no_answer' | 'refused' | 'interrupted' | 'internal';

export interface Health {
  up: boolean;
  links_open: number;
  paused_until: Iso | null;
  down_since: Iso | null;
  fault: LinkFault | null;
  next_attempt_at: Iso | null;
  /** What went wrong last, in the words of the gateway. */
  error: string | null;
  error_at: Iso | null;
  accepted_at: Iso | null;
  /** Messages of its channels that wait; counted up to 10,000. */
  waiting: number;
  /** What it told in the last 24 hours that was no report; counted up to 10,000. */
  not_understood: number;
  /** Of the newest of these, in technical words. */
  not_understood_why: string | null;
  /** When its mailbox for answers and bounces was last read, and why it cannot be read now. */
  mailbox_read_at: Iso | null;
  mailbox_error: string | null;
}

export interface GatewayInput {
  name: string;
  transport: string;
  channels: Channel[];
  priority: number;
  enabled: boolean;
  settings: Record<string, unknown>;
  /** What is left out keeps its value; null takes it away. */
  credentials: Record<string, unknown>;
  segments_per_second: number;
  links: number;
  /** Null: as the transport does. */
  receipts_expected: boolean | null;
}

export interface Gateway extends Omit<GatewayInput, 'credentials'> {
  id: Id;
  /** Comes from the settings file. */
  managed: boolean;
  credentials_set: string[];
  health: Health;
  /** Of the last 24 hours. */
  counts: Partial<Record<DeliveryStatus, number>>;
  callback_url: string | null;
  created_at: Iso;
  changed_at: Iso;
}

/** The little of JSON Schema that settings are made of. */
export interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  enum?: (string | number | null)[];
  const?: unknown;
  anyOf?: Schema[];
  items?: Schema;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  minLength?: number;
  maxLength?: number;
  title?: string;
  description?: string;
}

export interface TransportKind {
  name: string;
  channels: Channel[];
  receipts: boolean;
  settings: Schema;
  credentials: Schema;
}

export interface Suppression {
  channel: Channel;
  recipient: string;
  reason: string;
  at: Iso;
}
