/** The one outbox of this browser, with its surroundings: IndexedDB, Web Locks, the other tabs. */
import { api } from '../api.ts';
import { availability } from '../availability.svelte.ts';
import { live } from '../live/live.svelte.ts';
import { session } from '../session.svelte.ts';
import type { Message } from '../conversationTypes.ts';
import { DurableStore, type Entry } from './entries.ts';
import { Outbox, type Sent } from './outbox.svelte.ts';

export type { Entry, MessageExtras } from './entries.ts';

const tabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('estafette.outbox');

export const outbox = new Outbox({
  store: new DurableStore(),
  post,
  alone: async (work) => {
    // Without locks (plain http) two tabs may send the same entry: the key makes it one message.
    if (navigator.locks) await navigator.locks.request('estafette.outbox', work);
    else await work();
  },
  identify: async () => live.welcomedAs ?? (await session.refresh())?.id ?? null,
  announce: () => tabs?.postMessage('changed'),
});

tabs?.addEventListener('message', () => void outbox.reload());
addEventListener('online', () => void outbox.wake());
availability.onBack(() => void outbox.wake());
live.onWelcome(async () => void outbox.wake());

async function post({ target, text, attachments, quoted, draft, mentions, mentions_all, key }: Entry): Promise<Sent> {
  const body = { text, attachments: attachments.map(({ id }) => id), ...(quoted && { reply_to: quoted.id }) };
  if ('partner' in target) return api.post<Sent>('/conversations', { partner_id: target.partner, ...body }, { key });
  return { message: await api.post<Message>(`/conversations/${target.conversation}/messages`, { ...body, draft, mentions, mentions_all }, { key }) };
}
