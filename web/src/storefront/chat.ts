/** The code of the chat: most of a storefront's, and not needed to read it. */
import type { Component } from 'svelte';
import type { Partner } from '../core/types.ts';

export type Chat = Component<{ partner: Partner; onclose?: () => void }>;

export const loadChat = async (): Promise<Chat> => (await import('./ChatPanel.svelte')).default;

/** Fetches it as soon as the reader does anything, so that it is there when it is wanted, also without a network by then. */
export function loadChatSoon(): () => void {
  const signs = ['pointerdown', 'pointermove', 'keydown', 'scroll'] as const;
  const stop = () => signs.forEach((sign) => removeEventListener(sign, begin));
  const begin = () => {
    stop();
    loadChat().catch(() => undefined);
  };
  signs.forEach((sign) => addEventListener(sign, begin, { passive: true }));
  return stop;
}
