/**
 * Whether this browser notifies its reader of messages while no page is open. Permission is asked for only after a
 * press; the server gets the subscription, and it is given up when the reader signs out.
 */
import { push } from './api.ts';
import { keyBytes, sameKey } from './keys.ts';
import { forgetThisDevice } from './serviceWorker.ts';
import type { PushSubscriptionEntry } from './types.ts';

/** `insecure`: browsers allow it on https only. `refused`: only the browser's own settings can undo that. */
export type DeviceState = 'asking' | 'unsupported' | 'insecure' | 'no_gateway' | 'refused' | 'off' | 'on';

const WORKER = '/sw.js';

class ThisDevice {
  state = $state.raw<DeviceState>('asking');
  /** The address of this browser at its push service, while it is subscribed. */
  endpoint = $state.raw<string | null>(null);
  #key: string | null = null;

  /** Finds out where things stand; throws when the server does not answer. */
  async look(): Promise<void> {
    if (!isSecureContext) return this.#become('insecure');
    if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window)) return this.#become('unsupported');
    this.#key = await push.key();
    if (!this.#key) return this.#become('no_gateway');
    if (Notification.permission === 'denied') return this.#become('refused');
    const registration = await navigator.serviceWorker.getRegistration();
    const subscription = (await registration?.pushManager.getSubscription()) ?? null;
    // One made for another key of the server brings nothing any more.
    const good = subscription !== null && Notification.permission === 'granted' && sameKey(subscription.options.applicationServerKey, this.#key);
    this.endpoint = good ? subscription.endpoint : null;
    this.#become(good ? 'on' : 'off');
  }

  /** Asks the browser, subscribes and hands the subscription to the server; call it after a press only. False when the browser refused. */
  async switchOn(label: string): Promise<PushSubscriptionEntry | null> {
    if (!this.#key) return null;
    const permission = await Notification.requestPermission();
    if (permission !== 'granted') {
      this.#become(permission === 'denied' ? 'refused' : 'off');
      return null;
    }
    await navigator.serviceWorker.register(WORKER);
    const { pushManager } = await navigator.serviceWorker.ready;
    const former = await pushManager.getSubscription();
    if (former && !sameKey(former.options.applicationServerKey, this.#key)) await former.unsubscribe();
    const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: keyBytes(this.#key) });
    const { endpoint, keys } = subscription.toJSON() as { endpoint: string; keys: { p256dh: string; auth: string } };
    const entry = await push.subscribe({ endpoint, keys, label });
    this.endpoint = endpoint;
    this.#become('on');
    return entry;
  }

  /** Gives the subscription up, here and at the server. */
  async switchOff(entry: PushSubscriptionEntry | undefined): Promise<void> {
    if (entry) await push.unsubscribe(entry.id);
    await forgetThisDevice();
    this.endpoint = null;
    this.#become('off');
  }

  #become(state: DeviceState): void {
    this.state = state;
  }
}

export const thisDevice = new ThisDevice();
