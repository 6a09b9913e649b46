/** What is looked at without being in it, an open channel or a thread: the server tells of it for as long as it is watched. */
import { live } from '../live/live.svelte.ts';
import type { Id } from '../types.ts';
import { conversationStore } from './conversationStore.svelte.ts';
import { threads } from './threads.ts';

/** Watches until the returned function is called, through interruptions; what was said before it was told is read. */
export function watch(conversation: Id): () => void {
  const begin = () => live.send({ type: 'watch', conversation });
  const stops = [
    // Watching ends with the connection.
    live.onWelcome(() => Promise.resolve(begin())),
    live.on('watching', (frame) => {
      if (frame.conversation !== conversation) return;
      threads.peek(conversation)?.catchUp().catch(() => live.resync());
      conversationStore.refetch(conversation);
    }),
  ];
  begin();
  return () => {
    stops.forEach((stop) => stop());
    live.send({ type: 'unwatch', conversation });
  };
}
