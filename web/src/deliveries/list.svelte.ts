/** The messages of the outbox, newest first, kept true by live frames and read again after each reconnection. */
import { ApiProblem } from '../core/api.ts';
import type { DeliveryNews } from '../core/live/frames.ts';
import { live } from '../core/live/live.svelte.ts';
import type { Page } from '../core/types.ts';
import { Listing } from '../ui/listing.svelte.ts';
import { deliveries, type DeliveryFilter } from './api.ts';
import type { Delivery } from './types.ts';

const PAGE = 50;
const LARGE_PAGE = 100;
/** How often the head of the list is read while new messages pour in, in milliseconds. */
const PACE = 1_000;
const REMEMBERED = 1_000;

export class DeliveryList {
  readonly listing = new Listing<Delivery>((cursor) => this.#read(this.#filter, cursor, PAGE));
  #filter: DeliveryFilter = { channel: '', status: '', gateway: '', q: '' };
  /** The latest news of each message: an answer that was on its way when they came is older than they are. */
  #news = new Map<number, DeliveryNews>();
  #soon: ReturnType<typeof setTimeout> | undefined;

  /** Shows what fits the filter; the former list stays until the answer is there. */
  show(filter: DeliveryFilter): Promise<void> {
    this.#filter = filter;
    return this.listing.restart();
  }

  /** Follows what happens until the returned function is called. */
  follow(): () => void {
    const leave = [live.on('deliveries', ({ changed }) => this.#receive(changed)), live.onWelcome(() => this.#readAgain())];
    return () => {
      for (const each of leave) each();
      clearTimeout(this.#soon);
    };
  }

  #receive(changed: DeliveryNews[]): void {
    const known = new Map(this.listing.items.map((delivery) => [delivery.id, delivery]));
    const newest = this.listing.items[0]?.id ?? 0;
    for (const news of changed) {
      this.#remember(news);
      const held = known.get(news.id);
      if (held) applyNews(held, news);
      else if (news.id > newest) this.#readHeadSoon();
    }
  }

  #remember(news: DeliveryNews): void {
    this.#news.delete(news.id);
    this.#news.set(news.id, news);
    if (this.#news.size > REMEMBERED) this.#news.delete(this.#news.keys().next().value!);
  }

  async #read(filter: DeliveryFilter, cursor: string | null, limit: number): Promise<Page<Delivery>> {
    const page = await deliveries.list(filter, cursor, limit);
    for (const delivery of page.items) {
      const news = this.#news.get(delivery.id);
      if (news) applyNews(delivery, news);
    }
    return page;
  }

  #readHeadSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      void this.#readHead().catch(() => undefined);
    }, PACE);
  }

  /** Puts new messages in front of those that are shown. */
  async #readHead(): Promise<void> {
    const filter = this.#filter;
    const page = await this.#read(filter, null, PAGE);
    if (filter !== this.#filter) return;
    const { listing } = this;
    const oldest = page.items.at(-1)?.id ?? 0;
    const meets = !listing.items.length || listing.items.some(({ id }) => id >= oldest);
    const fresh = new Set(page.items.map(({ id }) => id));
    listing.items = meets ? [...page.items, ...listing.items.filter(({ id }) => !fresh.has(id))] : page.items;
    if (!meets || listing.items.length === page.items.length) listing.next = page.next ?? null;
  }

  /** As many as are shown, since each of them may have changed meanwhile. */
  async #readAgain(): Promise<void> {
    const { listing } = this;
    if (!listing.ready) return;
    const filter = this.#filter;
    const shown = listing.items.length;
    const items: Delivery[] = [];
    let next: string | null = null;
    try {
      do {
        const page = await this.#read(filter, next, LARGE_PAGE);
        items.push(...page.items);
        next = page.next ?? null;
      } while (next && items.length < shown);
    } catch (error) {
      // What the server refuses will not be granted by asking again.
      if (error instanceof ApiProblem && !error.passing) return;
      throw error;
    }
    if (filter === this.#filter) [listing.items, listing.next] = [items, next];
  }
}

/** Takes over what a frame brings, unless it is older than what is known. */
export function applyNews(held: Pick<Delivery, 'status' | 'reason' | 'sequence' | 'changed_at'>, news: DeliveryNews): boolean {
  if (news.sequence <= held.sequence) return false;
  [held.status, held.reason, held.sequence, held.changed_at] = [news.status, news.reason, news.sequence, news.changed_at];
  return true;
}
