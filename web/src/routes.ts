/** Every page of the web app: its path, who may open it, and where its code is. Pages are fetched when first opened. */
import type { Component } from 'svelte';
import type { Access } from './access.ts';
import { matchPath, type ParamsOf } from './routing/patterns.ts';

export interface Route {
  path: string;
  access: Access;
  /** Fills the window itself: lists and threads scroll inside, not the page. */
  pane: boolean;
  load: () => Promise<Component<Record<string, unknown>>>;
  props: (params: Record<string, string>) => Record<string, unknown>;
}

interface Module<Props extends Record<string, unknown>> {
  default: Component<Props>;
}

function page<P extends string, Props extends Record<string, unknown>>(
  path: P,
  access: Access,
  load: () => Promise<Module<Props>>,
  props: (params: ParamsOf<P>) => Props,
  { pane = false }: { pane?: boolean } = {},
): Route {
  return {
    path,
    access,
    pane,
    load: async () => (await load()).default as Component<Record<string, unknown>>,
    props: (params) => props(params as ParamsOf<P>),
  };
}

const none = () => ({});
const pane = { pane: true };
const customer = () => import('./conversations/CustomerDashboard.svelte');
const messenger = () => import('./chats/ChatsPage.svelte');
const communication = () => import('./communications/editor/EditorPage.svelte');
const partner = () => import('./conversations/PartnerDashboard.svelte');
const requests = () => import('./requests/RequestsPage.svelte');

// Fixed segments stand before named ones, so that `archive` is no conversation.
export const routes: Route[] = [
  page('/', 'everyone', () => import('./landing/Landing.svelte'), none),
  page('/partners', 'everyone', () => import('./landing/Directory.svelte'), none),
  page('/sign-in', 'strangers', () => import('./accounts/SignIn.svelte'), none),
  page('/sign-up', 'strangers', () => import('./accounts/SignUp.svelte'), none),
  page('/forgot-password', 'everyone', () => import('./accounts/ForgotPassword.svelte'), none),
  page('/reset-password/{secret}', 'everyone', () => import('./accounts/ResetPassword.svelte'), ({ secret }) => ({ secret })),
  page('/confirm-email/{secret}', 'everyone', () => import('./accounts/ConfirmEmail.svelte'), ({ secret }) => ({ secret })),
  page('/keep-email/{secret}', 'everyone', () => import('./accounts/KeepEmail.svelte'), ({ secret }) => ({ secret })),
  page('/invitation/{secret}', 'everyone', () => import('./invitations/InvitationPage.svelte'), ({ secret }) => ({ secret })),
  page('/welcome', 'everyone', () => import('./accounts/FirstRun.svelte'), none),
  page('/partner/{id}', 'everyone', () => import('./storefront/Storefront.svelte'), ({ id }) => ({ id })),
  page('/messages', 'people', customer, () => ({}), pane),
  page('/messages/archive', 'people', customer, () => ({ archive: true }), pane),
  page('/messages/{conversation}', 'people', customer, ({ conversation }) => ({ conversation }), pane),
  page('/chats', 'employees', messenger, none, pane),
  page('/chats/archive', 'employees', messenger, () => ({ view: 'archive' as const }), pane),
  page('/chats/channels', 'employees', messenger, () => ({ view: 'channels' as const }), pane),
  page('/chats/threads', 'employees', messenger, () => ({ view: 'threads' as const }), pane),
  page('/chats/{conversation}', 'employees', messenger, ({ conversation }) => ({ conversation }), pane),
  page('/inbox/{partner}', 'people', partner, (params) => params, pane),
  page('/inbox/{partner}/archive', 'people', partner, (params) => ({ ...params, archive: true }), pane),
  page('/inbox/{partner}/settings', 'people', () => import('./partners/PartnerSettings.svelte'), (params) => params),
  page('/inbox/{partner}/adverts', 'people', () => import('./adverts/Adverts.svelte'), (params) => params),
  page('/inbox/{partner}/requests', 'people', requests, (params) => params, pane),
  page('/inbox/{partner}/requests/{request}', 'people', requests, (params) => params, pane),
  page('/inbox/{partner}/{conversation}', 'people', partner, (params) => params, pane),
  page('/notifications', 'people', () => import('./notifications/NotificationsPage.svelte'), none),
  page('/notification-settings', 'people', () => import('./notifications/NotificationSettings.svelte'), none),
  page('/unsubscribe/{token}', 'everyone', () => import('./notifications/Unsubscribe.svelte'), ({ token }) => ({ token })),
  page('/search', 'people', () => import('./search/SearchPage.svelte'), none),
  page('/later', 'people', () => import('./conversations/later/Later.svelte'), none),
  page('/requests', 'people', () => import('./requests/OwnRequests.svelte'), none),
  page('/profile', 'people', () => import('./accounts/Profile.svelte'), none),
  page('/my-files', 'people', () => import('./accounts/OwnFiles.svelte'), none),
  page('/sessions', 'people', () => import('./accounts/Sessions.svelte'), none),
  page('/tokens', 'people', () => import('./accounts/Tokens.svelte'), none),
  page('/colleagues', 'insiders', () => import('./colleagues/Colleagues.svelte'), none),
  page('/outbox', 'senders', () => import('./deliveries/Outbox.svelte'), none),
  page('/outbox/new', 'senders', () => import('./deliveries/Compose.svelte'), none),
  page('/outbox/webhooks', 'senders', () => import('./deliveries/Webhooks.svelte'), none),
  page('/outbox/{id}', 'senders', () => import('./deliveries/DeliveryPage.svelte'), ({ id }) => ({ id })),
  page('/clients', 'communicators', () => import('./clients/ClientsPage.svelte'), none),
  page('/clients/attributes', 'administrators', () => import('./clients/attributes/AttributesPage.svelte'), none),
  page('/clients/segments', 'communicators', () => import('./clients/segments/SegmentsPage.svelte'), none),
  page('/clients/segments/{segment}', 'communicators', () => import('./clients/segments/SegmentPage.svelte'), ({ segment }) => ({ segment })),
  page('/clients/imports', 'communicators', () => import('./clients/imports/ImportsPage.svelte'), none),
  page('/clients/imports/{id}', 'communicators', () => import('./clients/imports/ImportPage.svelte'), ({ id }) => ({ id })),
  page('/clients/{client}', 'communicators', () => import('./clients/client/ClientPage.svelte'), ({ client }) => ({ client })),
  page('/communications', 'communicators', () => import('./communications/CommunicationsPage.svelte'), none),
  page('/communications/calendar', 'communicators', () => import('./communications/calendar/CalendarPage.svelte'), none),
  page('/communications/answers', 'communicators', () => import('./communications/answers/AnswersPage.svelte'), none),
  page('/communications/settings', 'communicators', () => import('./communications/settings/SettingsPage.svelte'), none),
  page('/communications/new', 'communicators', communication, () => ({ communication: 'new' })),
  page('/communications/{communication}/edit', 'communicators', communication, (params) => params),
  page('/communications/{communication}', 'communicators', () => import('./communications/report/ReportPage.svelte'), ({ communication }) => ({ communication })),
  page('/administration/people', 'administrators', () => import('./administration/People.svelte'), none),
  page('/administration/people/import', 'administrators', () => import('./administration/people/ImportPage.svelte'), none),
  page('/administration/partners', 'administrators', () => import('./administration/Partners.svelte'), none),
  page('/administration/gateways', 'administrators', () => import('./gateways/Gateways.svelte'), none),
  page('/administration/suppressions', 'administrators', () => import('./gateways/Suppressions.svelte'), none),
  page('/documents', 'employees', () => import('./documents/WaitingPage.svelte'), none),
  page('/administration/documents', 'administrators', () => import('./documents/systems/Systems.svelte'), none),
  page('/administration/usage', 'administrators', () => import('./administration/Usage.svelte'), none),
];

/** The page of a path with the values in it, or null. */
export function findRoute(path: string): { route: Route; params: Record<string, string> } | null {
  for (const route of routes) {
    const params = matchPath(route.path, path);
    if (params) return { route, params };
  }
  return null;
}
