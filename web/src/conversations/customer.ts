/** What helps to answer a customer: language and zone of their account. */
import { api } from '../core/api.ts';
import type { Id, LanguageCode } from '../core/types.ts';

interface Details {
  language: LanguageCode | null;
  time_zone: string | null;
}

export const customerOf = (conversation: Id): Promise<Details> => api.get<Details>(`/conversations/${conversation}/customer`);
