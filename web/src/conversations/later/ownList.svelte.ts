/** A short list of one's own that the server keeps: read when something wants to show it, then kept up to date. */
import { session } from '../../core/session.svelte.ts';
import { conversationStore } from '../../core/feed/conversationStore.svelte.ts';
import { live } from '../../core/live/live.svelte.ts';
import type { Conversation } from '../../core/conversationTypes.ts';

interface Answer<Item> {
  items: Item[];
  conversations: Conversation[];
}

export class OwnList<Item> {
  items = $state.raw<Item[]>([]);
  state = $state.raw<'unread' | 'loading' | 'ready' | 'failed'>('unread');
  failure = $state.raw<unknown>(null);
  /** The ids of conversations that the reader may look at. */
  readable = $state.raw(new Set<string>());

  #wanted = false;
  #asked = 0;
  #person: string | null = null;

  constructor(
    frame: 'scheduled_messages' | 'reminders',
    readonly ask: () => Promise<Answer<Item>>,
  ) {
    live.on(frame, () => void this.#refresh());
    live.onWelcome(() => this.#refresh());
  }

  /** Something shows the list from now on. */
  want(): void {
    if (this.#wanted && this.#person === (session.me?.id ?? null)) return;
    this.#wanted = true;
    void this.load();
  }

  async load(): Promise<void> {
    const person = session.me?.id ?? null;
    if (person !== this.#person) this.#forget(person);
    if (!person) return;
    const asked = ++this.#asked;
    if (this.state !== 'ready') this.state = 'loading';
    try {
      const { items, conversations } = await this.ask();
      if (asked !== this.#asked) return;
      for (const conversation of conversations) if (!conversationStore.get(conversation.id)) conversationStore.put(conversation);
      this.readable = new Set(conversations.map(({ id }) => id));
      this.items = items;
      this.state = 'ready';
    } catch (error) {
      if (asked !== this.#asked) return;
      this.failure = error;
      if (this.state === 'loading') this.state = 'failed';
    }
  }

  /** What an answer has brought; a reading that is under way is older. */
  set(items: Item[]): void {
    this.#asked += 1;
    this.items = items;
    this.state = 'ready';
  }

  drop(those: (item: Item) => boolean): void {
    this.set(this.items.filter((item) => !those(item)));
  }

  #forget(person: string | null): void {
    this.#person = person;
    this.items = [];
    this.readable = new Set();
    this.state = 'unread';
  }

  async #refresh(): Promise<void> {
    if (this.#wanted) await this.load();
  }
}
