/** What can be done with a conversation as a whole, from its list and from its own page: told and undone alike. */
import { conversationStore } from '../core/feed/conversationStore.svelte.ts';
import { mayArchive } from '../core/feed/sides.ts';
import { isUnread } from '../core/feed/summary.ts';
import type { Conversation } from '../core/conversationTypes.ts';
import type { Id } from '../core/types.ts';
import type { MenuItem } from '../ui/MenuPanel.svelte';
import { toasts } from '../ui/toasts.svelte.ts';
import { texts } from './texts.ts';

/** Of the conversation as it is now; `onmarked` is called when it was put aside. */
export function actionsOf(conversation: Conversation, onmarked?: () => void): MenuItem[] {
  const { id, archived_at, last_ordinal } = conversation;
  const unread = isUnread(conversation);
  const mine = !('my_role' in conversation) || conversation.my_role !== null;
  const items: (MenuItem | false)[] = [
    mine && {
      label: unread ? texts.list.markRead : texts.list.markUnread, icon: unread ? 'checks' : 'mail',
      run: () => void (unread ? attempt(() => conversationStore.markRead(id, last_ordinal)) : attempt(() => conversationStore.markUnread(id, true), onmarked)),
    },
    mayArchive(conversation) && {
      label: archived_at ? texts.thread.restore : texts.thread.archive, icon: archived_at ? 'restore' : 'archive',
      run: () => void archive(id, !archived_at),
    },
  ];
  return items.filter((item) => item !== false);
}

async function archive(id: Id, away: boolean): Promise<void> {
  await attempt(
    () => conversationStore.archive(id, away),
    () => toasts.say(away ? texts.thread.archived : texts.thread.restored, 'success', away ? { label: texts.thread.undo, run: () => void archive(id, false) } : undefined),
  );
}

async function attempt(act: () => Promise<void>, done?: () => void): Promise<void> {
  try {
    await act();
  } catch {
    return toasts.say(texts.thread.archiveFailed, 'danger');
  }
  done?.();
}
