/** Where a signed-in person can go, and where they start. */
import type { Me, Membership } from '../core/types.ts';
import { paths, type Access } from '../router.ts';
import type { IconName } from '../ui/icons.ts';
import { shell } from './texts.ts';

export interface Destination {
  href: string;
  label: string;
  /** The full name when the label is a short one. */
  title: string;
  icon?: IconName;
  partner?: Membership;
  /** Whose unread messages it shows. */
  side?: string;
  /** Paths that belong to it, with all below them. */
  under: string[];
}

export const administers = (me: Me | null) => me?.roles.includes('administrator') ?? false;

/** Who may send messages out of the house. */
export const sends = (me: Me | null) => administers(me) || (me?.roles.includes('service') ?? false);

/** Whether a page is for this visitor; a page that waits for its route is for nobody yet. */
export function mayOpen(access: Access | undefined, me: Me | null): boolean {
  if (access === 'everyone') return true;
  if (access === 'strangers') return !me;
  if (access === 'people') return me !== null;
  if (access === 'senders') return sends(me);
  return access === 'administrators' && administers(me);
}

export function destinations(me: Me): Destination[] {
  const list: Destination[] = [];
  if (writesAsCustomer(me)) {
    list.push({ href: paths.messages(), label: shell.messages, title: shell.messages, icon: 'messages', side: 'customer', under: ['/messages', '/requests'] });
  }
  for (const partner of me.partners) {
    list.push({
      href: paths.inbox(partner.id),
      label: me.partners.length > 1 ? partner.name : shell.inbox,
      title: `${shell.inbox} · ${partner.name}`,
      partner,
      side: partner.id,
      under: [paths.inbox(partner.id)],
    });
  }
  list.push({ href: paths.directory(), label: shell.directory, title: shell.directory, icon: 'compass', under: ['/partners', '/partner'] });
  if (sends(me)) list.push({ href: paths.outbox(), label: shell.outbox, title: shell.outbox, icon: 'send', under: ['/outbox'] });
  if (administers(me)) {
    list.push({ href: paths.people(), label: shell.administration, title: shell.administration, icon: 'people', under: ['/administration'] });
  }
  return list;
}

/** The first page after signing in: the inbox of a partner's member, else the customer's messages, else what the person works on. */
export function home(me: Me): string {
  const partner = me.partners[0];
  if (partner) return paths.inbox(partner.id);
  if (writesAsCustomer(me)) return paths.messages();
  return administers(me) ? paths.people() : paths.outbox();
}

const writesAsCustomer = (me: Me) => me.roles.includes('customer') || (!me.partners.length && !sends(me));
