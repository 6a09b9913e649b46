/** Has what is unread counted again whenever it may have changed. */
import { counts } from './counts.svelte.ts';
import { conversationStore } from './feed/conversationStore.svelte.ts';
import type { Frame } from './live/frames.ts';
import { live } from './live/live.svelte.ts';
import { session } from './session.svelte.ts';

export function followCounts(): void {
  live.onWelcome(() => counts.refresh());
  live.onFrame((frame) => mayCount(frame) && counts.refreshSoon());
  conversationStore.onUpdate(counts.refreshSoon);
}

const mayCount = (frame: Frame) =>
  ['changes', 'party', 'unread_mark', 'own_settings'].includes(frame.type) || (frame.type === 'read' && frame.person.id === session.me?.id);
