/** What one may do with the messages of a conversation; the server has the last word. Pure. */
import type { Conversation } from '../../core/conversationTypes.ts';

const moderates = (conversation: Conversation) => 'my_role' in conversation && (conversation.my_role === 'owner' || conversation.my_role === 'moderator');
/** In a thread below a direct chat one may what one may there. */
const isDirect = (conversation: Conversation) => conversation.kind === 'direct' || (conversation.kind === 'thread' && conversation.parent.kind === 'direct');
/** A group or channel that is put away is so for everybody: nobody says or does anything there. */
const closed = (conversation: Conversation) => 'my_role' in conversation && conversation.archived_at !== null;

export const mayReact = (conversation: Conversation): boolean =>
  isDirect(conversation) || ('my_role' in conversation && conversation.my_role !== null && !closed(conversation));

export const mayPin = (conversation: Conversation): boolean => isDirect(conversation) || (moderates(conversation) && !closed(conversation));

export const mayWrite = (conversation: Conversation): boolean =>
  !('my_role' in conversation) || isDirect(conversation) || (conversation.my_role !== null && conversation.my_role !== 'reader' && !closed(conversation));

/** Below a message that is there, where one may write; a thread has no threads. */
export const mayOpenThread = (conversation: Conversation): boolean => conversation.kind !== 'storefront' && conversation.kind !== 'thread' && mayWrite(conversation);

/** What others said, too. */
export const mayDeleteAll = (conversation: Conversation): boolean => moderates(conversation);
