/** Invitations as the server shows them. */
import type { Card, Id, Iso, MemberRole } from '../core/types.ts';

export type InvitedRole = MemberRole | 'administrator' | 'employee';

export interface Invitation {
  id: Id;
  email: string;
  role: InvitedRole;
  created_at: Iso;
  expires_at: Iso;
  /** Null as long as no e-mail could be written. */
  mailed_at: Iso | null;
  /** As who invites knows them. */
  name: string | null;
}

export interface Invitations {
  items: Invitation[];
  /** Whether a gateway takes e-mail. */
  carries_mail: boolean;
  next: string | null;
}

/** What the mailed link leads to; no partner: it is about working here, or administrating. Without an account a name and a password are enough. */
export interface ShownInvitation {
  partner: Card | null;
  role: InvitedRole;
  email: string;
  name: string | null;
  has_account: boolean;
}

/** What became of each address that was to be an employee's. */
export interface InvitationReport {
  items: { email: string; name: string | null; outcome: Outcome }[];
  carries_mail: boolean;
}

export type Outcome = 'invited' | 'joined' | 'present' | 'deactivated' | 'service' | 'mailed_often';
