/** What stands below messages: how much was said in their threads. Frames move it on; after an interruption it is read anew. */
import { SvelteMap } from 'svelte/reactivity';
import { api, ApiProblem, query } from '../api.ts';
import { live } from '../live/live.svelte.ts';
import type { Message, ThreadSummary } from '../conversationTypes.ts';
import type { Id } from '../types.ts';
import { conversationStore } from './conversationStore.svelte.ts';
import { threads } from './threads.ts';

interface LinePage {
  items: { message_id: Id; ordinal: number; thread: ThreadSummary }[];
  next: number | null;
}

class ThreadLines {
  /** Those that are newer than what came with their messages. */
  #newer = new SvelteMap<Id, ThreadSummary>();

  constructor() {
    live.on('thread', ({ message, thread }) => this.keep(message, thread));
    live.onWelcome(async () => {
      await Promise.all(threads.held().map(([id, { first }]) => this.#readAnew(id, first)));
    });
  }

  /** The newest that is known of the thread below a message. */
  of({ id, thread }: Message): ThreadSummary | null {
    const newer = this.#newer.get(id);
    return newer && newer.number >= (thread?.number ?? 0) ? newer : (thread ?? null);
  }

  /** Of two that concern the same message the one with the greater number counts. */
  keep(message: Id, thread: ThreadSummary): void {
    if ((this.#newer.get(message)?.number ?? 0) <= thread.number) this.#newer.set(message, thread);
  }

  clear(): void {
    this.#newer.clear();
  }

  async #readAnew(conversation: Id, first: number): Promise<void> {
    const kind = conversationStore.get(conversation)?.kind;
    if (!kind || kind === 'storefront' || kind === 'thread' || first === 0) return;
    try {
      for (let after: number | null = first - 1; after !== null; ) {
        const page: LinePage = await api.get(query(`/conversations/${conversation}/threads`, { after }), { unasked: true });
        for (const { message_id, thread } of page.items) this.keep(message_id, thread);
        after = page.next;
      }
    } catch (error) {
      // What is no longer there for this person is let go of elsewhere.
      if (!(error instanceof ApiProblem && error.status === 404)) throw error;
    }
  }
}

export const threadLines = new ThreadLines();
