/** The notifications that are shown, newest change first; kept true while new ones come and others are read elsewhere. */
import { ApiProblem } from '../core/api.ts';
import { bell } from '../core/bell.svelte.ts';
import { live } from '../core/live/live.svelte.ts';
import { serverTime } from '../core/serverTime.ts';
import type { Id, Iso, Page } from '../core/types.ts';
import { Listing } from '../ui/listing.svelte.ts';
import { notifications } from './api.ts';
import type { Notification } from './types.ts';

const MOST = 100;
const PACE = 400;

export class NotificationList {
  readonly listing = new Listing<Notification>((cursor) => this.#read(cursor, this.#page));
  /** Only what is unread; what is read here stays in sight until the list is made anew. */
  unread = $state(false);
  #page: number;
  #readHere = new Map<Id, Iso>();
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor(page: number) {
    this.#page = page;
  }

  show(unread: boolean): Promise<void> {
    this.unread = unread;
    this.#readHere.clear();
    return this.listing.restart();
  }

  /** Follows what happens until the returned function is called. */
  follow(): () => void {
    const leave = [live.on('notifications', () => this.#readAgainSoon()), live.onWelcome(() => this.#readAgain())];
    return () => {
      for (const each of leave) each();
      clearTimeout(this.#soon);
      this.#soon = undefined;
    };
  }

  /** Shows it as read at once, and as unread again when the server did not take it; then it throws. */
  async read({ id, read_at }: Notification): Promise<void> {
    if (read_at || this.#readHere.has(id)) return;
    this.#mark(id, new Date(serverTime.now()).toISOString());
    try {
      await bell.update(() => notifications.read({ ids: [id] }));
    } catch (error) {
      this.#mark(id, null);
      throw error;
    }
  }

  async readAll(): Promise<void> {
    await bell.update(() => notifications.read({ all: true }));
    await this.show(this.unread);
  }

  #mark(id: Id, at: Iso | null): void {
    if (at) this.#readHere.set(id, at);
    else this.#readHere.delete(id);
    const shown = this.listing.items.find((each) => each.id === id);
    if (shown) shown.read_at = at;
  }

  async #read(cursor: string | null, limit: number): Promise<Page<Notification>> {
    const page = await notifications.list({ unread: this.unread, cursor, limit });
    for (const item of page.items) item.read_at ??= this.#readHere.get(item.id) ?? null;
    return page;
  }

  #readAgainSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      void this.#readAgain().catch(() => undefined);
    }, PACE);
  }

  /** As many as are shown, since each may have been read meanwhile or have come to the top. */
  async #readAgain(): Promise<void> {
    const { listing, unread } = this;
    if (!listing.ready) return;
    if (listing.busy) return this.#readAgainSoon();
    const shown = listing.items;
    const limit = Math.min(MOST, Math.max(this.#page, shown.length));
    try {
      const page = await this.#read(null, limit);
      if (shown !== listing.items || unread !== this.unread) return this.#readAgainSoon();
      [listing.items, listing.next] = this.#together(page, shown, listing.next);
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.passing) throw error;
    }
  }

  /** What was read anew, what was read here just now, and what lies further back than was read. */
  #together(page: Page<Notification>, shown: Notification[], next: string | null): [Notification[], string | null] {
    const fresh = new Set(page.items.map(({ id }) => id));
    const oldest = page.next ? page.items.at(-1) : undefined;
    const further = oldest ? shown.filter((each) => !fresh.has(each.id) && isNewer(oldest, each)) : [];
    const lingering = this.unread ? shown.filter((each) => this.#readHere.has(each.id) && !fresh.has(each.id) && !further.includes(each)) : [];
    const items = [...page.items, ...lingering].sort((one, other) => (isNewer(one, other) ? -1 : 1));
    return [[...items, ...further], further.length ? next : page.next];
  }
}

const isNewer = (one: Notification, other: Notification) => (one.changed_at === other.changed_at ? one.id > other.id : one.changed_at > other.changed_at);
