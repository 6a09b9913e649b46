/** One's own contact requests and the partners they went to. */
import { SvelteMap } from 'svelte/reactivity';
import { api } from '../core/api.ts';
import { live } from '../core/live/live.svelte.ts';
import type { Card, Id, Partner } from '../core/types.ts';
import { Listing } from '../ui/listing.svelte.ts';
import { requests } from './api.ts';
import type { ContactRequest } from './types.ts';

export class OwnRequests {
  readonly listing = new Listing<ContactRequest>(async (cursor) => {
    const page = await requests.own(cursor);
    void this.#meet(page.items.map(({ partner_id }) => partner_id));
    return page;
  });
  #partners = new SvelteMap<Id, Card>();

  partner(id: Id): Card | undefined {
    return this.#partners.get(id);
  }

  /** No frame tells a customer of a new state: it is read again when one comes back to the page. */
  follow(): () => void {
    const look = () => document.visibilityState === 'visible' && this.listing.ready && void this.#readAgain();
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

  async #meet(ids: Id[]): Promise<void> {
    const unknown = [...new Set(ids)].filter((id) => !this.#partners.has(id));
    // A partner that is no longer there leaves its requests without a name.
    await Promise.allSettled(unknown.map(async (id) => this.#partners.set(id, await api.get<Partner>(`/partners/${id}`))));
  }
}
