/** How much is unread on each side the person takes part on; the server counts. When it is asked: `countsFeed.ts`. */
import { api } from './api.ts';
import { session } from './session.svelte.ts';
import type { SideCount } from './conversationTypes.ts';
import type { Id } from './types.ts';

interface ChatCount {
  unread_conversations: number;
  unread_messages: number;
  mentioned: number;
}

class Counts {
  #sides = $state.raw<SideCount[]>([]);
  /** Among colleagues; null for who is no employee. */
  #chats = $state.raw<ChatCount | null>(null);
  #soon: ReturnType<typeof setTimeout> | undefined;

  /** Unread conversations of a side: 'customer', a partner's id, or 'colleagues'. */
  of(side: 'customer' | 'colleagues' | Id): number {
    if (side === 'colleagues') return this.#chats?.unread_conversations ?? 0;
    return this.#sides.find((count) => count.side === side)?.unread_conversations ?? 0;
  }

  /** Unread conversations on all sides. */
  get total(): number {
    return this.#sides.reduce((sum, side) => sum + side.unread_conversations, this.of('colleagues'));
  }

  async refresh(): Promise<void> {
    if (!session.me) return this.clear();
    const answer = await api.get<{ sides: SideCount[]; chats: ChatCount | null }>('/conversations/counts', { unasked: true });
    this.#sides = answer.sides;
    this.#chats = answer.chats;
  }

  /** Together with what else changes in the next moment. */
  refreshSoon = (): void => {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      this.refresh().catch(() => undefined);
    }, 300);
  };

  clear(): void {
    this.#sides = [];
    this.#chats = null;
  }
}

export const counts = new Counts();
