/** One's own contact requests, and how far each is. */
import { live } from '../core/live/live.svelte.ts';
import { Listing } from '../ui/listing.svelte.ts';
import { requests } from './api.ts';
import type { OwnContactRequest } from './types.ts';

export class OwnRequests {
  readonly listing = new Listing<OwnContactRequest>(requests.own);

  /** No frame tells a customer of a new state: it is read again when one comes back to the page. */
  follow(): () => void {
    const look = () => document.visibilityState === 'visible' && void this.#readAgain().catch(() => undefined);
    document.addEventListener('visibilitychange', look);
    const leave = live.onWelcome(() => this.#readAgain());
    return () => {
      document.removeEventListener('visibilitychange', look);
      leave();
    };
  }

  /** The first page anew, the others as they are. */
  async #readAgain(): Promise<void> {
    const { listing } = this;
    if (!listing.ready || listing.busy) return;
    const { items } = await requests.own(null);
    const fresh = new Map(items.map((request) => [request.id, request]));
    const known = new Set(listing.items.map(({ id }) => id));
    listing.items = [...items.filter(({ id }) => !known.has(id)), ...listing.items.map((held) => fresh.get(held.id) ?? held)];
  }
}
