import { administers, employed, writesAsCustomer } from '../core/roles.ts';
import type { Me } from '../core/types.ts';
import { paths } from './paths.ts';

/** The first page after signing in: the inbox of a partner's member, else the customer's messages, else what the person works on: chats for an employee. */
export function home(me: Me): string {
  const partner = me.partners[0];
  if (partner) return paths.inbox(partner.id);
  if (employed(me) && !me.roles.includes('customer')) return paths.chats();
  if (writesAsCustomer(me)) return paths.messages();
  return administers(me) ? paths.people() : paths.outbox();
}
