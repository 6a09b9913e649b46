/** What one may do with the messages of a conversation; the server has the last word. Pure. */
import type { Conversation } from '../../core/conversationTypes.ts';

const moderates = (conversation: Conversation) => 'my_role' in conversation && (conversation.my_role === 'owner' || conversation.my_role === 'moderator');
/** A group or channel that is put away is so for everybody: nobody says or does anything there. */
const closed = (conversation: Conversation) => 'my_role' in conversation && conversation.archived_at !== null;

export const mayReact = (conversation: Conversation): boolean =>
  conversation.kind === 'direct' || ('my_role' in conversation && conversation.my_role !== null && !closed(conversation));

export const mayPin = (conversation: Conversation): boolean => conversation.kind === 'direct' || (moderates(conversation) && !closed(conversation));

export const mayWrite = (conversation: Conversation): boolean =>
  !('my_role' in conversation) || (conversation.my_role !== null && conversation.my_role !== 'reader' && !closed(conversation));

/** What others said, too. */
export const mayDeleteAll = (conversation: Conversation): boolean => moderates(conversation);
