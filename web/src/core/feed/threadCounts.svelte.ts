/** How many followed threads have something unread; the server counts, for employees. */
import { api } from '../api.ts';
import { live } from '../live/live.svelte.ts';
import { session } from '../session.svelte.ts';
import { conversationStore } from './conversationStore.svelte.ts';

interface Answer {
  unread_threads: number;
  unread_messages: number;
  mentioned: number;
}

class ThreadCounts {
  unread = $state.raw(0);
  mentioned = $state.raw(0);
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    live.onWelcome(() => this.refresh());
    // The bell changes when something is unread in a thread that was not before.
    live.on('notifications', () => this.refreshSoon());
    conversationStore.onUpdate((_, conversation) => conversation?.kind === 'thread' && this.refreshSoon());
  }

  async refresh(): Promise<void> {
    if (!session.me?.roles.includes('employee')) return this.clear();
    const answer = await api.get<Answer>('/threads/counts', { unasked: true });
    this.unread = answer.unread_threads;
    this.mentioned = answer.mentioned;
  }

  refreshSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      this.refresh().catch(() => undefined);
    }, 300);
  }

  clear(): void {
    this.unread = 0;
    this.mentioned = 0;
  }
}

export const threadCounts = new ThreadCounts();
