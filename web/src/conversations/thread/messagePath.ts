/** Where the server has a message. */
import type { Message } from '../../core/conversationTypes.ts';

export const pathOf = (message: Message): string => `/conversations/${message.conversation_id}/messages/${message.id}`;
