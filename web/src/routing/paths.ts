/** Addresses of pages, for links and for the router; which page an address shows is settled in `routes.ts`. */
import { buildPath } from './patterns.ts';

export const paths = {
  landing: () => '/',
  directory: () => '/partners',
  signIn: (next?: string) => (next ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in'),
  signUp: (next?: string) => (next ? `/sign-up?next=${encodeURIComponent(next)}` : '/sign-up'),
  forgotPassword: () => '/forgot-password',
  storefront: (id: string) => buildPath('/partner/{id}', { id }),
  /** With the form about one of its adverts. */
  storefrontAdvert: (id: string, advert: string) => `${buildPath('/partner/{id}', { id })}?contact=${encodeURIComponent(advert)}`,
  messages: () => '/messages',
  messagesArchive: () => '/messages/archive',
  conversation: (conversation: string) => buildPath('/messages/{conversation}', { conversation }),
  inbox: (partner: string) => buildPath('/inbox/{partner}', { partner }),
  inboxArchive: (partner: string) => buildPath('/inbox/{partner}/archive', { partner }),
  inboxConversation: (partner: string, conversation: string) => buildPath('/inbox/{partner}/{conversation}', { partner, conversation }),
  inboxSettings: (partner: string) => buildPath('/inbox/{partner}/settings', { partner }),
  inboxAudience: (partner: string) => `${buildPath('/inbox/{partner}/settings', { partner })}?tab=told`,
  notifications: (unread = false) => (unread ? '/notifications?unread' : '/notifications'),
  notificationSettings: () => '/notification-settings',
  /** What one has put off. */
  later: () => '/later',
  /** With an expression already typed. */
  search: (q = '') => (q ? `/search?q=${encodeURIComponent(q)}` : '/search'),
  unsubscribe: (token: string) => buildPath('/unsubscribe/{token}', { token }),
  adverts: (partner: string) => buildPath('/inbox/{partner}/adverts', { partner }),
  contactRequests: (partner: string) => buildPath('/inbox/{partner}/requests', { partner }),
  contactRequest: (partner: string, request: string) => buildPath('/inbox/{partner}/requests/{request}', { partner, request }),
  requests: () => '/requests',
  profile: () => '/profile',
  devices: () => '/profile#devices',
  ownFiles: () => '/my-files',
  sessions: () => '/sessions',
  tokens: () => '/tokens',
  outbox: () => '/outbox',
  newDelivery: () => '/outbox/new',
  webhooks: () => '/outbox/webhooks',
  delivery: (id: number) => buildPath('/outbox/{id}', { id: String(id) }),
  colleagues: () => '/colleagues',
  chats: () => '/chats',
  chatsArchive: () => '/chats/archive',
  channels: () => '/chats/channels',
  chatsThreads: () => '/chats/threads',
  chat: (conversation: string) => buildPath('/chats/{conversation}', { conversation }),
  clients: (segment?: string) => (segment ? `/clients?segment=${encodeURIComponent(segment)}` : '/clients'),
  client: (client: string) => buildPath('/clients/{client}', { client }),
  clientAttributes: () => '/clients/attributes',
  clientSegments: () => '/clients/segments',
  clientSegment: (segment: string) => buildPath('/clients/segments/{segment}', { segment }),
  clientImports: () => '/clients/imports',
  clientImport: (id: string) => buildPath('/clients/imports/{id}', { id }),
  communications: () => '/communications',
  communicationCalendar: (day?: string) => (day ? `/communications/calendar?day=${day}` : '/communications/calendar'),
  communicationAnswers: () => '/communications/answers',
  communicationSettings: () => '/communications/settings',
  /** With the day on which it is to be sent. */
  newCommunication: (day?: string) => (day ? `/communications/new?day=${day}` : '/communications/new'),
  communication: (communication: string) => buildPath('/communications/{communication}', { communication }),
  editCommunication: (communication: string, step?: string) => {
    const path = buildPath('/communications/{communication}/edit', { communication });
    return step ? `${path}?step=${step}` : path;
  },
  people: () => '/administration/people',
  peopleImport: () => '/administration/people/import',
  partners: () => '/administration/partners',
  gateways: () => '/administration/gateways',
  suppressions: () => '/administration/suppressions',
  usage: () => '/administration/usage',
  documentSystems: () => '/administration/documents',
  /** What waits for one in document systems. */
  documents: () => '/documents',
};

/** A `next` address may lead to a page of ours only, never to another site. */
export function safeNext(next: string | null): string | null {
  return next && /^\/(?![/\\])/.test(next) ? next : null;
}
