/** How much is unread on each side the person takes part on; the server counts. */
import { api } from './api.ts';
import { conversationStore } from './feed/conversationStore.svelte.ts';
import { live } from './live/live.svelte.ts';
import { session } from './session.svelte.ts';
import type { SideCount } from './conversationTypes.ts';
import type { Id } from './types.ts';

class Counts {
  #sides = $state.raw<SideCount[]>([]);
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    live.onWelcome(() => this.refresh());
    live.onFrame((frame) => (frame.type === 'changes' || frame.type === 'party' || frame.type === 'unread_mark' || (frame.type === 'read' && frame.person.id === session.me?.id)) && this.#refreshSoon());
    conversationStore.onUpdate(() => this.#refreshSoon());
  }

  /** Unread conversations of a side: 'customer' or a partner's id. */
  of(side: 'customer' | Id): number {
    return this.#sides.find((count) => count.side === side)?.unread_conversations ?? 0;
  }

  /** Unread conversations on all sides. */
  get total(): number {
    return this.#sides.reduce((sum, side) => sum + side.unread_conversations, 0);
  }

  async refresh(): Promise<void> {
    if (!session.me) return this.clear();
    this.#sides = (await api.get<{ sides: SideCount[] }>('/conversations/counts', { unasked: true })).sides;
  }

  clear(): void {
    this.#sides = [];
  }

  #refreshSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      this.refresh().catch(() => undefined);
    }, 300);
  }
}

export const counts = new Counts();
