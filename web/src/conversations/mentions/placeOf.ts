/** Where people are mentioned, by what this browser knows of the conversation, and of the chat above a thread. */
import { conversationStore } from '../../core/feed/conversationStore.svelte.ts';
import type { Id } from '../../core/types.ts';
import { mayMentionAll, mentionPlace, type MentionPlace } from './place.ts';

/** Reactive. */
export function placeOf(id: Id | null | undefined): MentionPlace | null {
  const conversation = id ? conversationStore.get(id) : undefined;
  return mentionPlace(conversation, conversation?.kind === 'thread' ? conversationStore.get(conversation.parent.id) : undefined);
}

/** How many hear of it when all are mentioned; asks where it is not known, and is null where there is no answer. */
export async function othersIn(id: Id): Promise<number | null> {
  const place = placeOf(id);
  if (!place) return 0;
  if (!place.members) await conversationStore.fetch(place.id).catch(() => undefined);
  const members = placeOf(id)?.members;
  return members ? members - 1 : null;
}

/** Asks early for what `othersIn` needs: whoever may mention all sees how many that are. */
export function learnPlace(id: Id): void {
  const place = placeOf(id);
  if (place && !place.members && mayMentionAll(place)) void othersIn(id);
}
