/** Invitations as the server shows them. */
import type { Card, Id, Iso, MemberRole } from '../core/types.ts';

export type InvitedRole = MemberRole | 'administrator';

export interface Invitation {
  id: Id;
  email: string;
  role: InvitedRole;
  created_at: Iso;
  expires_at: Iso;
  /** Null as long as no e-mail could be written. */
  mailed_at: Iso | null;
}

export interface Invitations {
  items: Invitation[];
  /** Whether a gateway takes e-mail. */
  carries_mail: boolean;
}

/** What the mailed link leads to; no partner: it is about administrating. */
export interface ShownInvitation {
  partner: Card | null;
  role: InvitedRole;
  email: string;
  has_account: boolean;
}
