/** The threads this browser holds: the open one and the last few, kept true by live frames so that going back is instant. */
import { api, ApiProblem, query } from '../api.ts';
import { live } from '../live/live.svelte.ts';
import { session } from '../session.svelte.ts';
import type { ChangePage, MessagePage } from '../conversationTypes.ts';
import type { Id } from '../types.ts';
import { Thread, type PageQuery, type ThreadSource } from './thread.svelte.ts';

const KEPT = 10;

class Threads {
  #held = new Map<Id, Thread>();

  constructor() {
    live.onFrame((frame) => {
      if (frame.type === 'left') this.forget(frame.conversation);
      if (frame.type !== 'changes') return;
      this.#held.get(frame.conversation)?.receive(frame).catch(() => live.resync());
    });
    live.onWelcome(async () => {
      await Promise.all([...this.#held].map(([id, thread]) => this.#catchUp(id, thread)));
    });
  }

  /** What is no longer there for this person is let go of; the rest of the state is read all the same. */
  async #catchUp(id: Id, thread: Thread): Promise<void> {
    try {
      await thread.catchUp();
    } catch (error) {
      if (!(error instanceof ApiProblem && error.status === 404)) throw error;
      this.forget(id);
    }
  }

  /** The thread of a conversation; a new one still has to be opened. */
  hold(conversation: Id): Thread {
    const thread = this.#held.get(conversation) ?? new Thread(sourceOf(conversation));
    this.#held.delete(conversation);
    this.#held.set(conversation, thread);
    for (const id of this.#held.keys()) if (this.#held.size > KEPT) this.#held.delete(id);
    return thread;
  }

  /** The thread if it is held, without keeping it any longer for that. */
  peek(conversation: Id): Thread | undefined {
    return this.#held.get(conversation);
  }

  /** All that are held, by their conversations. */
  held(): [Id, Thread][] {
    return [...this.#held];
  }

  forget(conversation: Id): void {
    this.#held.delete(conversation);
  }

  clear(): void {
    this.#held.clear();
  }
}

function sourceOf(conversation: Id): ThreadSource {
  const path = `/conversations/${conversation}`;
  return {
    page: (wanted: PageQuery) => api.get<MessagePage>(query(`${path}/messages`, { ...wanted })),
    changes: (after) => api.get<ChangePage>(query(`${path}/changes`, { after, limit: 1000 }), { unasked: true }),
    me: () => session.me?.id,
  };
}

export const threads = new Threads();
