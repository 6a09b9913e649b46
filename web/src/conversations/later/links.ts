/** Where a message is shown. */
import type { Conversation, Message } from '../../core/conversationTypes.ts';
import { isChat } from '../../core/feed/sides.ts';
import { paths } from '../../routing/index.ts';

export function messagePath(conversation: Conversation | undefined, { conversation_id: id, ordinal }: Message): string {
  if (isChat(conversation)) return `${paths.chat(id)}?message=${ordinal}`;
  const inbox = conversation?.kind === 'storefront' && conversation.counterpart.kind === 'person';
  return `${inbox ? paths.inboxConversation(conversation.my_party, id) : paths.conversation(id)}?message=${ordinal}`;
}
