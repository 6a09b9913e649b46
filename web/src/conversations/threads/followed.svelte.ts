/** The threads that one follows, newest activity first, page by page, kept in order by live news. */
import { api, query } from '../../core/api.ts';
import type { Conversation, ThreadConversation } from '../../core/conversationTypes.ts';
import { conversationStore } from '../../core/feed/conversationStore.svelte.ts';
import { byRecency, isUnread } from '../../core/feed/summary.ts';
import { live } from '../../core/live/live.svelte.ts';
import type { Id, Page } from '../../core/types.ts';

const PAGE = 40;
const MOST = 100;
const isThread = (conversation: Conversation | undefined): conversation is ThreadConversation => conversation?.kind === 'thread';

export class FollowedThreads {
  state = $state.raw<'loading' | 'ready' | 'failed'>('loading');
  failure = $state.raw<unknown>(null);
  loadingMore = $state.raw(false);
  next = $state.raw<string | null>(null);
  items: ThreadConversation[] = $derived.by(() => this.#ids.map((id) => conversationStore.get(id)).filter(isThread).sort(byRecency));

  #ids = $state.raw<Id[]>([]);
  #stops: (() => void)[];
  #asked = 0;
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly unread: boolean) {
    this.#stops = [
      conversationStore.onUpdate((id, conversation) => this.#place(id, conversation)),
      live.on('thread', ({ thread }) => this.#ids.includes(thread.id) && conversationStore.refetch(thread.id)),
      // Something is unread in a followed thread that may not stand here yet.
      live.on('notifications', () => (this.#soon ??= setTimeout(() => void this.load().catch(() => undefined), 300))),
      live.onWelcome(() => this.load()),
    ];
  }

  close(): void {
    clearTimeout(this.#soon);
    this.#stops.forEach((stop) => stop());
  }

  /** Reads the list from its top, as far down as it was read before; throws when there is no answer. */
  async load(): Promise<void> {
    this.#soon = undefined;
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

  #page(cursor: string | null, limit: number): Promise<Page<ThreadConversation>> {
    return api.get(query('/threads', { unread: this.unread || null, cursor, limit }));
  }

  #take(page: Page<ThreadConversation>, before: Id[]): void {
    for (const thread of page.items) conversationStore.put(thread);
    this.#ids = [...new Set([...before, ...page.items.map(({ id }) => id)])];
    this.next = page.next;
  }

  /** Lets a thread in that one follows now, and out that one follows no more; what a filter found stays. */
  #place(id: Id, conversation: Conversation | null): void {
    const listed = this.#ids.includes(id);
    const fits = conversation?.kind === 'thread' && conversation.my_level !== null;
    if (listed && !fits) this.#ids = this.#ids.filter((other) => other !== id);
    if (listed || !fits || this.state !== 'ready' || (this.unread && !isUnread(conversation))) return;
    const oldest = this.items.at(-1);
    if (!this.next || !oldest || byRecency(conversation, oldest) < 0) this.#ids = [...this.#ids, id];
  }
}
