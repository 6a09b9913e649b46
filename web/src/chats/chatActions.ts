/** What can be done with a chat from the list and from its header; told, and undone where that helps. */
import { conversationStore } from '../core/feed/conversationStore.svelte.ts';
import { isMember } from '../core/feed/sides.ts';
import { isUnread } from '../core/feed/summary.ts';
import type { Chat, Level } from '../core/conversationTypes.ts';
import { texts as words } from '../conversations/texts.ts';
import type { MenuItem } from '../ui/MenuPanel.svelte';
import { toasts } from '../ui/toasts.svelte.ts';
import { texts } from './texts.ts';

/** Of the chat as it is now; `onaside` is called when the reader has put it aside, and so leaves it. */
export function actionsOf(chat: Chat, onaside?: () => void): MenuItem[] {
  if (!isMember(chat)) return [];
  const { id, favourite, last_ordinal } = chat;
  const unread = isUnread(chat);
  const muted = chat.my_level === 'nothing';
  const away = chat.put_away_at !== null;
  return [
    { label: favourite ? texts.list.unfavour : texts.list.favour, icon: 'star', run: () => void attempt(() => conversationStore.settle(id, 'favourite', !favourite)) },
    {
      label: unread ? words.list.markRead : words.list.markUnread, icon: unread ? 'checks' : 'mail',
      run: () => void (unread ? attempt(() => conversationStore.markRead(id, last_ordinal)) : attempt(() => conversationStore.markUnread(id, true), onaside)),
    },
    { label: muted ? texts.list.unmute : texts.list.mute, icon: muted ? 'bell' : 'bellOff', run: () => void setLevel(chat, muted ? usualLevel(chat) : 'nothing') },
    { label: away ? texts.list.takeBack : texts.list.putAway, icon: away ? 'restore' : 'archive', run: () => void putAway(chat, !away, onaside) },
  ];
}

const usualLevel = (chat: Chat): Level => (chat.kind === 'channel' ? 'mentions' : 'all');

export const setLevel = (chat: Chat, level: Level): Promise<void> => attempt(() => conversationStore.setLevel(chat.id, level));

async function putAway(chat: Chat, away: boolean, done?: () => void): Promise<void> {
  const undo = { label: words.thread.undo, run: () => void putAway(chat, false) };
  await attempt(
    () => conversationStore.settle(chat.id, 'put-away', away),
    () => {
      if (!away) return;
      toasts.say(texts.list.wasPutAway, 'success', undo);
      done?.();
    },
  );
}

async function attempt(act: () => Promise<void>, done?: () => void): Promise<void> {
  try {
    await act();
  } catch {
    return toasts.say(texts.list.notTaken, 'danger');
  }
  done?.();
}
