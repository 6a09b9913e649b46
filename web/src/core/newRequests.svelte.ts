/** How many requests of a partner nobody has opened yet, for the tab that leads to them. */
import { SvelteMap } from 'svelte/reactivity';
import { api, query } from './api.ts';
import { live } from './live/live.svelte.ts';
import { session } from './session.svelte.ts';
import type { Id, Page } from './types.ts';

/** More are not counted: "9+" says enough. */
export const COUNTED = 9;
/** What comes meanwhile is counted along, in milliseconds. */
const PACE = 400;

class NewRequests {
  #counts = new SvelteMap<Id, number>();
  #soon = new Map<Id, ReturnType<typeof setTimeout>>();

  /** At most one more than is counted. */
  of(partner: Id): number {
    return this.#counts.get(partner) ?? 0;
  }

  /** Counts for as long as somebody looks. */
  follow(partner: Id): () => void {
    const leave = [
      live.on('party', (frame) => frame.party === partner && frame.changes.some(({ kind }) => kind.startsWith('contact_request')) && this.#readSoon(partner)),
      live.onWelcome(() => this.#read(partner)),
    ];
    this.#read(partner).catch(() => undefined);
    return () => {
      for (const each of leave) each();
      clearTimeout(this.#soon.get(partner));
      this.#soon.delete(partner);
    };
  }

  async #read(partner: Id): Promise<void> {
    if (!session.me?.partners.some(({ id }) => id === partner)) return;
    const { items } = await api.get<Page<unknown>>(query(`/partners/${partner}/contact-requests`, { state: 'new', limit: COUNTED + 1 }), { unasked: true });
    this.#counts.set(partner, items.length);
  }

  #readSoon(partner: Id): void {
    if (this.#soon.has(partner)) return;
    const timer = setTimeout(() => {
      this.#soon.delete(partner);
      this.#read(partner).catch(() => undefined);
    }, PACE);
    this.#soon.set(partner, timer);
  }
}

export const newRequests = new NewRequests();
