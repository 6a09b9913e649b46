/** In whose conversation people are mentioned, and what the reader may do there. Pure. */
import type { Conversation, GroupConversation } from '../../core/conversationTypes.ts';
import type { Id } from '../../core/types.ts';

export interface MentionPlace {
  id: Id;
  name: string;
  role: GroupConversation['my_role'];
  /** How many are in it; 0 where that is not known. */
  members: number;
  /** Strangers are invited to groups and channels themselves, not from a thread. */
  invites: boolean;
}

/** Null where nobody is mentioned: between two. `above` is the chat of a thread, which has its members, where it is known. */
export function mentionPlace(conversation: Conversation | undefined, above?: Conversation): MentionPlace | null {
  if (!conversation) return null;
  if (conversation.kind === 'group' || conversation.kind === 'channel') {
    const { id, name, my_role: role, members } = conversation;
    return { id, name, role, members, invites: role !== null && role !== 'reader' };
  }
  if (conversation.kind !== 'thread' || conversation.parent.kind === 'direct') return null;
  const { parent, my_role: role } = conversation;
  return { id: parent.id, name: parent.name, role, members: above && 'members' in above ? above.members : 0, invites: false };
}

export const mayMentionAll = (place: MentionPlace | null): boolean => place?.role === 'owner' || place?.role === 'moderator';
