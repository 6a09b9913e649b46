/** The JSON the server speaks, as TypeScript; times are ISO 8601 in UTC, ids are UUIDs. */

export type Id = string;
export type Iso = string;
export type LanguageCode = 'en' | 'fr' | 'pt' | 'ru';

export interface Page<T> {
  items: T[];
  next: string | null;
}

/** The little of a person or partner that everyone who meets them may see; `picture` is a file id. */
export interface Card {
  id: Id;
  name: string;
  picture: Id | null;
}

export interface DemoAccount {
  email: string;
  password: string;
  role: string;
  name: string;
}

export interface Instance {
  name: string;
  version: string;
  setup_needed: boolean;
  languages: LanguageCode[];
  max_file_bytes: number;
  max_text: number;
  demo: boolean;
  demo_accounts?: DemoAccount[];
}

export type Role = 'customer' | 'employee' | 'administrator' | 'service' | 'communications';
export type MemberRole = 'owner' | 'member';

export interface Membership extends Card {
  role: MemberRole;
}

export interface Me extends Card {
  email: string;
  email_confirmed: boolean;
  /** A new address that waits for its link to be followed. */
  pending_email: string | null;
  phone: string | null;
  language: LanguageCode;
  time_zone: string;
  roles: Role[];
  partners: Membership[];
  has_password: boolean;
}

export interface ContactProfile {
  id: Id;
  label: string;
  email: string | null;
  phone: string | null;
  is_default: boolean;
}

export interface SessionEntry {
  id: Id;
  created_at: Iso;
  last_seen_at: Iso;
  address: string | null;
  user_agent: string | null;
  current: boolean;
}

export type TokenScope = 'read' | 'write' | 'admin';

export interface Token {
  id: Id;
  name: string;
  scopes: TokenScope[];
  created_at: Iso;
  expires_at: Iso | null;
  last_used_at: Iso | null;
  /** Only in the answer that creates it. */
  token?: string;
}

export interface Person {
  id: Id;
  name: string;
  email: string;
  email_confirmed: boolean;
  phone: string | null;
  language: LanguageCode;
  roles: Role[];
  partners: Membership[];
  created_at: Iso;
  last_seen_at: Iso | null;
  disabled_at: Iso | null;
}

export interface PartnerCard extends Card {
  tagline: string;
}

/** One span of opening; `day` 0 is Monday, times are local to the partner. */
export interface OpeningSpan {
  day: number;
  opens: string;
  closes: string;
}

export interface Partner extends PartnerCard {
  description: string;
  cover: Id | null;
  city: string | null;
  website: string | null;
  time_zone: string;
  opening_hours: OpeningSpan[];
  open_now: boolean;
  /** Members and administrators only. */
  confirmation_texts?: Partial<Record<LanguageCode, string>>;
}

export interface Member {
  person: Card;
  /** Owners and administrators only. */
  email: string | null;
  role: MemberRole;
  since: Iso;
}

export interface FileInfo {
  id: Id;
  name: string;
  media_type: string;
  size: number;
  width: number | null;
  height: number | null;
  has_thumbnail: boolean;
}

/** What became of a message that went out through a gateway; the names of the documents stay as they are. */
export type DeliveryStatus =
  | 'CREATED'
  | 'SENT'
  | 'DELIVERED'
  | 'SYSTEM_ERROR'
  | 'RECEIVER_ERROR'
  | 'OPERATOR_ERROR'
  | 'UNCERTAIN'
  | 'CANCELLED'
  | 'SUPPRESSED'
  | 'EXPIRED';
