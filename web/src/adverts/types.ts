/** What partners offer, as the server speaks of it. */
import type { Id, Iso } from '../core/types.ts';

/** The little that stands beside a contact request. */
export interface AdvertCard {
  id: Id;
  /** What other programs call it. */
  reference: string;
  title: string;
  /** Where it can be seen, on whatever site. */
  link: string | null;
  /** A file id. */
  picture: Id | null;
}

export interface Advert extends AdvertCard {
  partner_id: Id;
  /** Visitors see it and may ask about it. */
  active: boolean;
  created_at: Iso;
  /** How many contact requests there are about it; members only. */
  requests?: number;
}

/** What is sent for a new advert, or of one that changes. */
export type AdvertFields = Pick<Advert, 'title' | 'link' | 'picture' | 'active'> & { reference?: string };
