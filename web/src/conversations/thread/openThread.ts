/** Threads in the address: `?thread=` beside the conversation, so that a reload and a link show them. */
import { api } from '../../core/api.ts';
import type { Message, ThreadConversation } from '../../core/conversationTypes.ts';
import { conversationStore } from '../../core/feed/conversationStore.svelte.ts';
import { reasonOf } from '../../core/problem.ts';
import type { Id } from '../../core/types.ts';
import { common } from '../../i18n/common.ts';
import { router } from '../../routing/index.ts';
import { toasts } from '../../ui/toasts.svelte.ts';
import { pathOf } from './messagePath.ts';

/** Where a thread is shown: beside its conversation where that is open, else on the page of chats. */
export function threadPath(parent: Id, thread: Id): string {
  return `${router.path.endsWith(`/${parent}`) ? router.path : `/chats/${parent}`}?thread=${thread}`;
}

/** Shows the thread below a message; it is made when there is none. */
export async function openThread(message: Message): Promise<void> {
  try {
    const thread = await api.put<ThreadConversation>(`${pathOf(message)}/thread`);
    conversationStore.put(thread);
    router.go(threadPath(message.conversation_id, thread.id));
  } catch (error) {
    toasts.say(reasonOf(error, common.noAnswer), 'danger');
  }
}

/** Goes back to the conversation alone. */
export function closeThread(): void {
  router.go(router.path, { replace: true });
}
