/** Where a message is sent on to: conversations, and colleagues with whom there is no chat yet; with words of one's own. */
import { SvelteMap } from 'svelte/reactivity';
import { directory } from '../../colleagues/api.ts';
import { api, ApiProblem } from '../../core/api.ts';
import type { Message } from '../../core/conversationTypes.ts';
import { conversationStore } from '../../core/feed/conversationStore.svelte.ts';
import type { Id } from '../../core/types.ts';
import { Submission } from '../../ui/submission.svelte.ts';
import { pathOf } from './messagePath.ts';

export interface Destination {
  kind: 'conversation' | 'person';
  id: Id;
  name: string;
}

export const MOST = 20;
const fieldOf = (index: number) => `conversations[${index}]`;

export class Forwarding {
  /** In the order in which they were chosen, by their ids. */
  readonly chosen = new SvelteMap<Id, Destination>();
  comment = $state('');
  readonly submission = new Submission('text', ...Array.from({ length: MOST }, (_, index) => fieldOf(index)));

  get full(): boolean {
    return this.chosen.size >= MOST;
  }

  /** Those that do not take it, and why: then none has got it. */
  get refused(): { name: string; reason: string }[] {
    return [...this.chosen.values()].flatMap(({ name }, index) => {
      const reason = this.submission.field(fieldOf(index));
      return reason ? [{ name, reason }] : [];
    });
  }

  toggle(to: Destination): void {
    // What was refused is named by its place in the list, which changes.
    if (this.submission.error instanceof ApiProblem) this.submission.error = null;
    if (!this.chosen.delete(to.id) && !this.full) this.chosen.set(to.id, to);
  }

  /** True when all have it, with the comment before it; a retry of the same sends nothing twice. */
  send(message: Message): Promise<boolean> {
    return this.submission.run(async () => {
      const conversations: Id[] = [];
      for (const to of this.chosen.values()) conversations.push(to.kind === 'person' ? conversationStore.put(await directory.write(to.id)).id : to.id);
      const text = this.comment.trim();
      const body = { conversations, ...(text ? { text } : {}) };
      await api.post(`${pathOf(message)}/forwards`, body, { key: this.submission.keyFor(body) });
    });
  }
}
