/** Contact requests, as the server speaks of them; times are ISO 8601 in UTC, days have no zone. */
import type { AdvertCard } from '../adverts/types.ts';
import type { Card, Id, Iso } from '../core/types.ts';

export const requestStates = ['new', 'seen', 'in_progress', 'done', 'spam'] as const;
export type RequestState = (typeof requestStates)[number];

/** Nobody is told that they were taken for spam. */
export type OwnState = Exclude<RequestState, 'spam'>;

export interface ContactRequest {
  id: Id;
  partner_id: Id;
  partner: Card;
  advert: AdvertCard;
  person: Card;
  /** Name, e-mail and phone as they were when the request was left. */
  name: string;
  email: string;
  phone: string;
  message: string;
  /** From when the person wishes to be contacted: "2026-03-12". */
  starts_at: string;
  state: RequestState;
  /** The first one of the same person about the same advert within a day. */
  repeat_of: Id | null;
  /** How many came after it as repeats. */
  repeats: number;
  assigned_to: Card | null;
  conversation_id: Id | null;
  created_at: Iso;
  changed_at: Iso;
}

/** As the person sees it who left it. */
export interface OwnContactRequest extends ContactRequest {
  state: OwnState;
}

export interface RequestStep {
  ordinal: number;
  kind: 'state' | 'assigned' | 'note' | 'conversation';
  state: RequestState | null;
  by: Card;
  assigned_to: Card | null;
  text: string | null;
  at: Iso;
}

export interface OtherRequest {
  id: Id;
  title: string;
  state: RequestState;
  created_at: Iso;
}

export interface RequestDetails extends ContactRequest {
  steps: RequestStep[];
  others: OtherRequest[];
}

export const periods = ['day', 'week', 'month'] as const;
export type Period = (typeof periods)[number];

export interface RequestCounts {
  count: number;
  /** Only adverts have a title. */
  groups: { key: string; count: number; title?: string | null }[];
}

/** What is sent for a new request. */
export interface NewRequest {
  advert_id: Id;
  profile_id?: Id;
  message?: string;
  starts_at: string;
}
