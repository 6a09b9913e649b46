/** Documents of other systems, as the server tells of them. */
import type { Card, Id, Iso } from '../core/types.ts';

export type DocumentStatus = 'draft' | 'to_sign' | 'signed' | 'rejected';

/** Why a connector gave no answer that can be used. */
export type Reason =
  | 'address_refused'
  | 'busy'
  | 'certificate'
  | 'credential_refused'
  | 'credential_unreadable'
  | 'no_answer'
  | 'not_connected'
  | 'redirected'
  | 'too_long'
  | 'unknown_host'
  | 'wrong_form'
  | 'wrong_status';

export interface SystemDocument {
  document: string;
  title: string;
  number: string;
  status: DocumentStatus;
  /** The last day, YYYY-MM-DD. */
  deadline: string | null;
  version: string;
  /** As a message would link to it. */
  link: string;
  /** Where it opens. */
  url: string;
  /** The system asks the reader to take note of it. */
  acknowledge: boolean;
  acknowledged_at: Iso | null;
  /** The system has taken the acknowledgement. */
  told: boolean;
}

export interface DocumentCard {
  link: string;
  state: 'granted' | 'not_granted' | 'unreachable' | 'email_not_confirmed';
  system: string;
  document: SystemDocument | null;
  reason: Reason | null;
}

export interface WaitingDocument {
  system_id: Id;
  system: string;
  document: SystemDocument;
}

export interface Waiting {
  items: WaitingDocument[];
  silent: { system: string; reason: Reason }[];
  systems: number;
  email_confirmed: boolean;
}

export interface Acknowledgement {
  acknowledged_at: Iso;
  told: boolean;
}

export interface Acknowledger {
  person: Card;
  acknowledged_at: Iso;
}

export interface DocumentSystem {
  id: Id;
  name: string;
  patterns: string[];
  connector: string;
  created_at: Iso;
  acknowledgements: number;
  untold: number;
}

export interface TrialResult {
  reason: Reason | null;
  status: number | null;
}
