/** The server's answers about adverts, one function per question. */
import { api, query } from '../core/api.ts';
import type { Id, Page } from '../core/types.ts';
import type { Advert, AdvertFields } from './types.ts';

const pathOf = (partner: Id, advert = '') => `/partners/${encodeURIComponent(partner)}/adverts${advert && `/${encodeURIComponent(advert)}`}`;
const PAGE = 24;
const MOST = 100;

export const adverts = {
  /** The active ones; `all`, for members, the others too. */
  list: (partner: Id, { all = false, q = '', cursor = null }: { all?: boolean; q?: string; cursor?: string | null } = {}) =>
    api.get<Page<Advert>>(query(pathOf(partner), { all: all || null, q, cursor, limit: PAGE })),
  get: (partner: Id, advert: Id) => api.get<Advert>(pathOf(partner, advert)),
  add: (partner: Id, fields: AdvertFields, key: string) => api.post<Advert>(pathOf(partner), fields, { key }),
  change: (partner: Id, advert: Id, fields: Partial<AdvertFields>) => api.patch<Advert>(pathOf(partner, advert), fields),
  remove: (partner: Id, advert: Id) => api.delete(pathOf(partner, advert)),
  /** As many as one may choose from without searching. */
  choices: async (partner: Id) => (await api.get<Page<Advert>>(query(pathOf(partner), { all: true, limit: MOST }))).items,
};
