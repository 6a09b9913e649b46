/** An open channel that is looked at from outside: the server tells of it for as long as it is watched. */
import { threads } from '../core/feed/threads.ts';
import { live } from '../core/live/live.svelte.ts';
import type { Id } from '../core/types.ts';

/** Watches until the returned function is called, through interruptions; what was said before it was told is read. */
export function watch(channel: Id): () => void {
  const begin = () => live.send({ type: 'watch', conversation: channel });
  const stops = [
    // Watching ends with the connection.
    live.onWelcome(() => Promise.resolve(begin())),
    live.on('watching', ({ conversation }) => conversation === channel && void threads.peek(channel)?.catchUp().catch(() => live.resync())),
  ];
  begin();
  return () => {
    stops.forEach((stop) => stop());
    live.send({ type: 'unwatch', conversation: channel });
  };
}
