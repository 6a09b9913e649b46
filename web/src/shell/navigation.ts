/** Where a signed-in person can go from every page. */
import { administers, belongs, communicates, employed, sends, writesAsCustomer } from '../core/roles.ts';
import type { Me, Membership } from '../core/types.ts';
import { pages } from '../layout/texts.ts';
import { paths } from '../routing/index.ts';
import type { IconName } from '../ui/icons.ts';
import { shell } from './texts.ts';

/** The side of what waits in document systems, which is no conversation. */
export const DOCUMENTS = 'documents';

/** With bell and account, in 360 pixels and French. */
const MOST_BESIDE = 5;

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

/** How many of the places stand in the bar of a phone itself, the last of them giving way to what leads to the others. */
export const onPhone = (places: readonly Destination[]): number => (places.length > MOST_BESIDE ? MOST_BESIDE - 1 : places.length);

/** Whether a path is one of these, or below one. */
export const isHere = (under: readonly string[], path: string): boolean => under.some((each) => path === each || path.startsWith(`${each}/`));

/** `documents`: there is a document system in which something may wait. */
export function destinations(me: Me, { documents = false } = {}): Destination[] {
  const list: Destination[] = [];
  if (writesAsCustomer(me)) {
    list.push({ href: paths.messages(), label: pages.messages, title: pages.messages, icon: 'messages', side: 'customer', under: ['/messages', '/requests'] });
  }
  for (const partner of me.partners) {
    list.push({
      href: paths.inbox(partner.id),
      label: me.partners.length > 1 ? partner.name : pages.inbox,
      title: `${pages.inbox} · ${partner.name}`,
      partner,
      side: partner.id,
      under: [paths.inbox(partner.id)],
    });
  }
  if (employed(me)) list.unshift({ href: paths.chats(), label: pages.chats, title: pages.chats, icon: 'chats', side: 'colleagues', under: ['/chats'] });
  if (belongs(me)) list.push({ href: paths.colleagues(), label: pages.colleagues, title: pages.colleagues, icon: 'person', under: ['/colleagues'] });
  if (documents && employed(me)) list.push({ href: paths.documents(), label: pages.documents, title: pages.documents, icon: 'file', side: DOCUMENTS, under: ['/documents'] });
  list.push({ href: paths.directory(), label: shell.directory, title: shell.directory, icon: 'compass', under: ['/partners', '/partner'] });
  if (sends(me)) list.push({ href: paths.outbox(), label: shell.outbox, title: shell.outbox, icon: 'send', under: ['/outbox'] });
  if (communicates(me)) list.push({ href: paths.clients(), label: pages.clients, title: pages.clients, icon: 'tag', under: ['/clients'] });
  if (communicates(me)) list.push({ href: paths.communications(), label: shell.communications, title: pages.communications, icon: 'megaphone', under: ['/communications'] });
  if (administers(me)) {
    list.push({ href: paths.people(), label: shell.administration, title: shell.administration, icon: 'people', under: ['/administration'] });
  }
  return list;
}
