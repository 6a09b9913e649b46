/** One's chats, or those that are put away: read page by page, kept while one is elsewhere, kept true by live frames. */
import { api, query } from '../../core/api.ts';
import { conversationStore } from '../../core/feed/conversationStore.svelte.ts';
import { isChat, isMember } from '../../core/feed/sides.ts';
import { live } from '../../core/live/live.svelte.ts';
import type { Chat, Conversation } from '../../core/conversationTypes.ts';
import type { Id, Page } from '../../core/types.ts';

const FIRST = 50;
const PAGE = 100;
/** So many are read without being asked for: then every section is whole for nearly everybody. */
const EAGER = 500;

export class ChatList {
  state = $state.raw<'loading' | 'ready' | 'failed'>('loading');
  failure = $state.raw<unknown>(null);
  next = $state.raw<string | null>(null);
  busy = $state.raw(false);
  chats: Chat[] = $derived.by(() => this.#ids.map((id) => conversationStore.get(id)).filter((each) => isChat(each)));

  #ids = $state.raw<Id[]>([]);
  #asked = 0;
  #stops: (() => void)[] | null = null;

  constructor(readonly archive: boolean) {}

  /** Begins to read and to follow; nothing the next time. */
  begin(): void {
    if (this.#stops) return;
    this.#stops = [conversationStore.onUpdate((id, conversation) => this.#place(id, conversation)), live.onWelcome(() => this.load())];
    this.load().catch(() => undefined);
  }

  close(): void {
    this.#stops?.forEach((stop) => stop());
    this.#stops = null;
  }

  /** Reads the list anew: the newest and the favourites, then the rest; throws when there is no answer. */
  async load(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const [page, favourites] = await Promise.all([this.#page(null, FIRST), this.archive ? null : this.#page(null, PAGE, true)]);
      if (asked !== this.#asked) return;
      const held = this.state === 'ready' ? this.#ids : [];
      this.#take([...(favourites?.items ?? []), ...page.items], held, page.next);
      this.failure = null;
      this.state = 'ready';
      const read = [...(favourites?.items ?? []), ...page.items].map(({ id }) => id);
      await this.#readOn(asked, read);
    } catch (error) {
      if (asked !== this.#asked) return;
      this.failure = error;
      if (this.state === 'loading') this.state = 'failed';
      throw error;
    }
  }

  /** The next page of a list that is longer than what is read by itself. */
  async more(): Promise<void> {
    if (!this.next || this.busy) return;
    this.busy = true;
    const asked = this.#asked;
    try {
      const page = await this.#page(this.next, PAGE);
      if (asked === this.#asked) this.#take(page.items, this.#ids, page.next);
    } catch {
      // The cursor stands: asking again goes on from there.
    } finally {
      this.busy = false;
    }
  }

  retry = (): void => {
    this.state = 'loading';
    this.load().catch(() => undefined);
  };

  async #readOn(asked: number, read: Id[]): Promise<void> {
    while (this.next && read.length < EAGER) {
      const page = await this.#page(this.next, PAGE);
      if (asked !== this.#asked) return;
      read.push(...page.items.map(({ id }) => id));
      this.#take(page.items, this.#ids, page.next);
    }
    // Of what was held before only what is still there stays, and what came in meanwhile.
    if (!this.next) this.#ids = this.#ids.filter((id) => read.includes(id) || this.#fits(conversationStore.get(id)));
  }

  #page(cursor: string | null, limit: number, favourite: boolean | null = null): Promise<Page<Conversation>> {
    return api.get(query('/conversations', { side: 'colleagues', archived: this.archive, favourite, cursor, limit }), { unasked: true });
  }

  #take(items: Conversation[], held: Id[], next: string | null): void {
    for (const conversation of items) conversationStore.put(conversation);
    this.#ids = [...new Set([...held, ...items.map(({ id }) => id)])];
    this.next = next;
  }

  #place(id: Id, conversation: Conversation | null): void {
    const listed = this.#ids.includes(id);
    const fits = this.#fits(conversation ?? undefined);
    if (listed && !fits) this.#ids = this.#ids.filter((other) => other !== id);
    else if (fits && !listed) this.#ids = [...this.#ids, id];
  }

  #fits(conversation: Conversation | undefined): boolean {
    if (!isChat(conversation) || !isMember(conversation)) return false;
    // Nobody has written yet: it is no chat for the other side, and for one's own once it is open.
    if (conversation.kind === 'direct' && !conversation.last_message_at) return false;
    return (conversation.archived_at !== null || conversation.put_away_at !== null) === this.archive;
  }
}

/** One's own list, the same wherever it is shown. */
export const ownChats = new ChatList(false);
