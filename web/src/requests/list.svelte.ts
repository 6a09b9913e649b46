/** A partner's contact requests, newest first, kept true by live frames and read again after each reconnection. */
import { ApiProblem } from '../core/api.ts';
import type { PartyChange } from '../core/live/frames.ts';
import { live } from '../core/live/live.svelte.ts';
import type { Id, Page } from '../core/types.ts';
import { Listing } from '../ui/listing.svelte.ts';
import { requests, type RequestFilter } from './api.ts';
import type { ContactRequest } from './types.ts';

const PAGE = 40;
const LARGE_PAGE = 100;
/** How soon after news they are read; what comes meanwhile is read along. In milliseconds. */
const PACE = 400;
/** So many changed requests are read one by one; of more the list is read anew. */
const FEW = 8;

export class RequestList {
  readonly listing: Listing<ContactRequest>;
  #filter: RequestFilter = { state: '', advert_id: '', assigned_to: '', q: '' };
  #changed = new Set<Id>();
  #fresh = false;
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly partner: Id) {
    this.listing = new Listing((cursor) => requests.list(partner, this.#filter, cursor, PAGE));
  }

  /** Shows what fits the filter; the former list stays until the answer is there. */
  show(filter: RequestFilter): Promise<void> {
    this.#filter = filter;
    return this.listing.restart();
  }

  /** Follows what happens until the returned function is called. */
  follow(): () => void {
    const leave = [live.on('party', ({ party, changes }) => party === this.partner && this.#receive(changes)), live.onWelcome(() => this.#readAgain())];
    return () => {
      for (const each of leave) each();
      clearTimeout(this.#soon);
    };
  }

  /** Takes over what somebody here has just changed; a request that fits the filter no more stays until the next reading. */
  put(request: ContactRequest): void {
    const { listing } = this;
    listing.items = listing.items.map((held) => (held.id === request.id && request.changed_at >= held.changed_at ? request : held));
  }

  #receive(changes: PartyChange[]): void {
    for (const { kind, subject } of changes) {
      if (kind === 'contact_requested') this.#fresh = true;
      else if (kind === 'contact_request_changed' && this.listing.items.some(({ id }) => id === subject)) this.#changed.add(subject);
    }
    if (this.#fresh || this.#changed.size) this.#soon ??= setTimeout(() => void this.#catchUp(), PACE);
  }

  async #catchUp(): Promise<void> {
    const [fresh, changed] = [this.#fresh, [...this.#changed]];
    this.#soon = undefined;
    this.#fresh = false;
    this.#changed.clear();
    try {
      if (changed.length > FEW) return await this.#readAgain();
      await Promise.all([fresh ? this.#readHead() : null, ...changed.map(async (id) => this.put(await requests.details(this.partner, id)))]);
    } catch {
      // The next news or the next reconnection reads them.
    }
  }

  /** Puts new requests in front of those that are shown. */
  async #readHead(): Promise<void> {
    const filter = this.#filter;
    const page = await requests.list(this.partner, filter, null, PAGE);
    const { listing } = this;
    if (filter !== this.#filter || !listing.ready) return;
    const known = new Set(listing.items.map(({ id }) => id));
    const meets = !page.next || page.items.some(({ id }) => known.has(id));
    if (meets) listing.items = merged(page.items, listing.items);
    else [listing.items, listing.next] = [page.items, page.next];
  }

  /** As many as are shown, since each of them may have changed meanwhile. */
  async #readAgain(): Promise<void> {
    const { listing } = this;
    if (!listing.ready) return;
    const filter = this.#filter;
    const items: ContactRequest[] = [];
    let next: string | null = null;
    try {
      do {
        const page: Page<ContactRequest> = await requests.list(this.partner, filter, next, LARGE_PAGE);
        items.push(...page.items);
        next = page.next ?? null;
      } while (next && items.length < listing.items.length);
    } catch (error) {
      // What the server refuses will not be granted by asking again.
      if (error instanceof ApiProblem && !error.passing) return;
      throw error;
    }
    if (filter === this.#filter) [listing.items, listing.next] = [items, next];
  }
}

/** Both, each once as the first has it, newest first. */
export function merged(fresh: ContactRequest[], held: ContactRequest[]): ContactRequest[] {
  const ids = new Set(fresh.map(({ id }) => id));
  return [...fresh, ...held.filter(({ id }) => !ids.has(id))].sort((a, b) => b.created_at.localeCompare(a.created_at) || b.id.localeCompare(a.id));
}
