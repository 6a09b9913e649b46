/** A list of conversations of one side (the person as customer, or a partner), page by page, kept in order by live news. */
import { api, query } from '../api.ts';
import { live } from '../live/live.svelte.ts';
import type { Conversation } from '../conversationTypes.ts';
import type { Id, Page } from '../types.ts';
import { conversationStore } from './conversationStore.svelte.ts';
import { asCustomer, isTwoSided } from './sides.ts';
import { byRecency, isUnread } from './summary.ts';

export interface InboxQuery {
  side: 'customer' | Id;
  archived?: boolean;
  unread?: boolean;
  q?: string;
}

const PAGE = 40;
const MOST = 100;

export class Inbox {
  state = $state.raw<'loading' | 'ready' | 'failed'>('loading');
  failure = $state.raw<unknown>(null);
  loadingMore = $state.raw(false);
  next = $state.raw<string | null>(null);
  items: Conversation[] = $derived.by(() =>
    this.#ids
      .map((id) => conversationStore.get(id))
      .filter((conversation) => conversation !== undefined)
      .sort(byRecency),
  );

  #ids = $state.raw<Id[]>([]);
  #stops: (() => void)[];
  #asked = 0;

  constructor(readonly query: InboxQuery) {
    this.#stops = [conversationStore.onUpdate((id, conversation) => this.#place(id, conversation)), live.onWelcome(() => this.load())];
  }

  close(): void {
    this.#stops.forEach((stop) => stop());
  }

  /** Reads the list from its top, as far down as it was read before; throws when there is no answer. */
  async load(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const page = await this.#page(null, Math.min(MOST, Math.max(PAGE, this.#ids.length)));
      if (asked !== this.#asked) return;
      this.#take(page, []);
      this.failure = null;
      this.state = 'ready';
    } catch (error) {
      if (asked !== this.#asked) return;
      this.failure = error;
      if (this.state === 'loading') this.state = 'failed';
      throw error;
    }
  }

  async more(): Promise<void> {
    if (!this.next || this.loadingMore) return;
    this.loadingMore = true;
    const asked = this.#asked;
    try {
      const page = await this.#page(this.next, PAGE);
      if (asked === this.#asked) this.#take(page, this.#ids);
    } catch {
      // The cursor stands: scrolling again asks again.
    } finally {
      this.loadingMore = false;
    }
  }

  retry(): void {
    this.state = 'loading';
    this.load().catch(() => undefined);
  }

  #page(cursor: string | null, limit: number): Promise<Page<Conversation>> {
    const { side, archived = false, unread, q } = this.query;
    return api.get(query('/conversations', { side, archived, unread: unread || null, q, cursor, limit }));
  }

  #take(page: Page<Conversation>, before: Id[]): void {
    for (const conversation of page.items) conversationStore.put(conversation);
    this.#ids = [...new Set([...before, ...page.items.map(({ id }) => id)])];
    this.next = page.next;
  }

  /** Lets a changed conversation in or out; what a search or filter found stays until the next reading. */
  #place(id: Id, conversation: Conversation | null): void {
    const listed = this.#ids.includes(id);
    const fits = conversation !== null && this.#fits(conversation);
    if (listed && !fits) this.#ids = this.#ids.filter((other) => other !== id);
    if (listed || !fits || this.query.q || this.state !== 'ready') return;
    if (this.query.unread && !isUnread(conversation)) return;
    const oldest = this.items.at(-1);
    if (!this.next || !oldest || byRecency(conversation, oldest) < 0) this.#ids = [...this.#ids, id];
  }

  #fits(conversation: Conversation): boolean {
    const { side, archived = false } = this.query;
    const mine = side === 'customer' ? asCustomer(conversation) : isTwoSided(conversation) && conversation.my_party === side;
    return mine && (conversation.archived_at !== null) === archived;
  }
}
