/** Addresses of a partner's list with what narrows it. Pure. */
import { query } from '../core/api.ts';
import { paths } from '../routing/index.ts';
import type { RequestFilter } from './api.ts';

const inAddress = ({ state, advert_id, assigned_to, q }: RequestFilter) => ({ state, advert: advert_id, assigned: assigned_to, q });

export const listAddress = (partner: string, filter: RequestFilter): string => query(paths.contactRequests(partner), inAddress(filter));

/** A request within the list it was chosen from. */
export const requestAddress = (partner: string, request: string, filter: RequestFilter): string =>
  query(paths.contactRequest(partner, request), inAddress(filter));

export const figuresAddress = (partner: string, filter: RequestFilter): string =>
  query(paths.contactRequests(partner), { ...inAddress(filter), view: 'figures' });

export const isNarrowed = (filter: RequestFilter): boolean => Object.values(filter).some(Boolean);
