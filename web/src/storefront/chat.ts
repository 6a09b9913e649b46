/** The code of the chat: most of a storefront's, and not needed to read it. */
import type { Component } from 'svelte';
import { atFirstSign } from '../core/firstSign.ts';
import type { Partner } from '../core/types.ts';

export type Chat = Component<{ partner: Partner; onclose?: () => void }>;

export const loadChat = async (): Promise<Chat> => (await import('./ChatPanel.svelte')).default;

/** Fetches it as soon as the reader does anything, so that it is there when it is wanted, also without a network by then. */
export function loadChatSoon(): () => void {
  return atFirstSign(['pointerdown', 'pointermove', 'keydown', 'scroll'], () => loadChat().catch(() => undefined));
}
