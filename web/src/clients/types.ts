/** The register of clients as the server tells it. */
import type { Card, Id } from '../core/types.ts';

export type Channel = 'email' | 'sms' | 'whatsapp';
export const channels: Channel[] = ['email', 'sms', 'whatsapp'];
export type Value = string | number | boolean;
export type Kind = 'text' | 'number' | 'date' | 'boolean' | 'choice';

export interface Attribute {
  key: string;
  label: string;
  kind: Kind;
  choices: string[];
  position: number;
}

export interface Client {
  id: Id;
  external_id: string | null;
  name: string;
  email: string | null;
  phone: string | null;
  whatsapp: string | null;
  language: string | null;
  time_zone: string | null;
  attributes: Record<string, Value>;
  consented: Channel[];
  refused: Channel[];
  person_id: Id | null;
  revision: number;
}

export interface Consent {
  channel: Channel;
  given: boolean;
  source: string;
  at: string;
  recorded_by: Card | null;
}

export interface ClientDetails extends Client {
  person: Card | null;
  consents: Consent[];
}

export type Comparison = 'is' | 'is_not' | 'contains' | 'less' | 'greater' | 'known' | 'unknown';
export type Rule =
  | { kind: 'attribute'; key: string; comparison: Comparison; value?: Value | null }
  | { kind: 'consent'; channel: Channel; state: 'given' | 'refused' | 'unknown' }
  | { kind: 'address'; channel: Channel; present: boolean }
  | { kind: 'language'; values: (string | null)[] }
  | { kind: 'time_zone'; values: (string | null)[] }
  | PastRule
  | Group;
/** What became of past communications: of one or any, by one channel or any, in so many last days or ever. */
export interface PastRule {
  kind: 'communication';
  outcome: 'received' | 'not_received' | 'failed';
  communication_id: Id | null;
  channel: Channel | null;
  days: number | null;
}
/** A communication, as far as a rule names it. */
export interface PastCommunication {
  id: Id;
  name: string;
}
export interface Group {
  kind: 'group';
  match: 'all' | 'any';
  rules: Rule[];
}

export interface Segment {
  id: Id;
  name: string;
  filter: Group;
  /** Keys of attributes that it asks for and that are no more. */
  missing: string[];
  revision: number;
}

export interface SegmentCount {
  count: number;
  exact: boolean;
  clients: number;
  some: Client[];
}

export type ImportState = 'uploaded' | 'queued' | 'running' | 'done' | 'cancelled' | 'failed';
export interface ImportPlan {
  columns: (string | null)[];
  match_by: 'external_id' | 'email' | 'phone';
  when_known: 'skip' | 'update' | 'error';
  consented: Channel[];
  consent_source: string;
  language: string;
  time_zone: string;
}

export interface ClientImport {
  id: Id;
  file_name: string;
  size: number;
  format: 'csv' | 'xlsx' | 'jsonl';
  encoding: string;
  separator: string;
  lines: number;
  columns: string[];
  guesses: (string | null)[];
  state: ImportState;
  failure: string | null;
  position: number;
  created: number;
  changed: number;
  skipped: number;
  rejected: number;
  created_at: string;
  created_by_name: string;
}

export interface ImportPreview {
  looked_at: number;
  created: number;
  changed: number;
  skipped: number;
  rejected: number;
  clients: Client[];
  faults: { line: number; field: string; message: string; cells: string[] }[];
}
