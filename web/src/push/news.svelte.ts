/**
 * Whether this browser is told the news of the organisation, whoever is signed in there. The subscription is one of its
 * own, with a scope of its own for the same worker: so signing out, or switching off what a person is notified of, does
 * not end it. Permission is asked for only after a press.
 */
import { get, set } from '../core/drafts.ts';
import { language } from '../i18n/index.ts';
import { news as server } from './api.ts';
import { missingStep } from './homeScreen.ts';
import { keyBytes, sameKey } from './keys.ts';

/** `unable`: this browser cannot. `not_offered`: this server does not. `refused`: only the browser's settings undo that. */
export type NewsState = 'asking' | 'unable' | 'not_offered' | 'refused' | 'off' | 'on';

const WORKER = '/sw.js';
const SCOPE = '/news/';
const DISMISSED = 'estafette.news.dismissed';
const TOLD = 'estafette.news.told';
const WEEK = 7 * 24 * 60 * 60_000;

class News {
  state = $state.raw<NewsState>('asking');
  dismissed = $state(get(DISMISSED) !== null);
  #key: string | null = null;

  /** Finds out where things stand; asks the server only where it matters. Throws when it does not answer. */
  async look(): Promise<void> {
    // Whoever cannot is asked for only where it can be told how.
    if (!able()) return this.#become(missingStep() && !(await server.key()) ? 'not_offered' : 'unable');
    const subscription = await held();
    this.#key = await server.key();
    const current = subscription && (!this.#key || sameKey(subscription.options.applicationServerKey, this.#key));
    if (current && Notification.permission === 'granted') {
      if (this.#key && get(TOLD) !== told()) await this.#tell(subscription, true);
      return this.#become('on');
    }
    if (!this.#key) return this.#become('not_offered');
    this.#become(Notification.permission === 'denied' ? 'refused' : 'off');
  }

  /** Asks the browser, subscribes and tells the server; call it after a press only. False when the browser refused. */
  async switchOn(): Promise<boolean> {
    if (!this.#key) return false;
    const permission = await Notification.requestPermission();
    if (permission !== 'granted') {
      this.#become(permission === 'denied' ? 'refused' : 'off');
      return false;
    }
    const registration = await navigator.serviceWorker.register(WORKER, { scope: SCOPE });
    await activated(registration);
    const former = await registration.pushManager.getSubscription();
    if (former && !sameKey(former.options.applicationServerKey, this.#key)) await former.unsubscribe();
    const options = { userVisibleOnly: true, applicationServerKey: keyBytes(this.#key) };
    await this.#tell(await registration.pushManager.subscribe(options));
    this.#become('on');
    return true;
  }

  /** Gives the subscription up, at the server and here. */
  async switchOff(): Promise<void> {
    const subscription = await held();
    if (subscription) {
      const { endpoint, keys } = described(subscription);
      await server.unsubscribe({ endpoint, auth: keys.auth });
      await subscription.unsubscribe();
    }
    set(TOLD, null);
    this.#become(this.#key ? 'off' : 'not_offered');
  }

  /** Does not offer it here any more; the settings of one's account still do. */
  dismiss(): void {
    set(DISMISSED, '1');
    this.dismissed = true;
  }

  async #tell(subscription: PushSubscription, unasked = false): Promise<void> {
    await server.subscribe({ ...described(subscription), language: language.current }, { unasked });
    set(TOLD, told());
  }

  #become(state: NewsState): void {
    this.state = state;
  }
}

/** In which language the server was told, and in which week: once a week again, since it may have been restored. */
const told = () => `${language.current} ${Math.floor(Date.now() / WEEK)}`;

/** Whether this browser can be notified at all. */
function able(): boolean {
  return isSecureContext && 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
}

/** The subscription to news that this browser has. */
async function held(): Promise<PushSubscription | null> {
  const all = await navigator.serviceWorker.getRegistrations();
  const own = all.find(({ scope }) => new URL(scope).pathname === SCOPE);
  return (await own?.pushManager.getSubscription()) ?? null;
}

function described(subscription: PushSubscription) {
  const { endpoint, keys } = subscription.toJSON() as { endpoint: string; keys: { p256dh: string; auth: string } };
  return { endpoint, keys };
}

/** No page is in the scope of this worker, so that nobody but us waits for it. */
async function activated(registration: ServiceWorkerRegistration): Promise<void> {
  const worker = registration.installing ?? registration.waiting;
  if (registration.active || !worker) return;
  await new Promise<void>((resolve, reject) => {
    worker.addEventListener('statechange', () => {
      if (worker.state === 'activated') resolve();
      else if (worker.state === 'redundant') reject(new Error('The service worker was not installed.'));
    });
  });
}

export const news = new News();
