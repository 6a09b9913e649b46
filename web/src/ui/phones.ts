/** How the server understands a phone number that somebody types: without country code by where people are. */
import { zone } from '../i18n/index.ts';
import { api } from '../core/api.ts';
import type { Id } from '../core/types.ts';

export interface UnderstoodPhone {
  /** E.164. */
  phone: string;
  /** As it is written for readers abroad. */
  spaced: string;
}

/** Throws `ApiProblem` with the field `phone` where it is none, or may be several. */
export const understandPhone = (phone: string, partner?: Id): Promise<UnderstoodPhone> =>
  api.post<UnderstoodPhone>('/phone-numbers/lookups', { phone, partner_id: partner ?? null, time_zone: zone.current });
