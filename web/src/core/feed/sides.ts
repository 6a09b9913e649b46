/** Who is on which side of a conversation, whatever its kind. */
import type { Chat, Conversation, StorefrontConversation, TwoSidedConversation } from '../conversationTypes.ts';
import type { Card, Id } from '../types.ts';

export type OtherSide = Card & { kind: 'partner' | 'person' | 'group' | 'channel' | 'thread' };

export const isTwoSided = (conversation: Conversation): conversation is TwoSidedConversation => conversation.kind === 'storefront' || conversation.kind === 'direct';

/** With whom, or in what, one talks: the partner, the customer, the person, or the group or channel itself. */
export function otherSide(conversation: Pick<TwoSidedConversation, 'kind' | 'counterpart'> | Conversation): OtherSide {
  if ('counterpart' in conversation) return conversation.counterpart;
  if (conversation.kind === 'thread') return { id: conversation.id, name: conversation.parent.name, picture: conversation.parent.picture, kind: 'thread' };
  return { id: conversation.id, name: conversation.name, picture: null, kind: conversation.kind };
}

/** For whom `me` speaks in it: a party of two, or oneself among members. */
export function mySide(conversation: Conversation, me: Id): Id {
  return isTwoSided(conversation) ? conversation.my_party : me;
}

/** The customer's side of a storefront conversation, seen by that customer. */
export function asCustomer(conversation: Conversation): conversation is StorefrontConversation {
  return conversation.kind === 'storefront' && conversation.counterpart.kind === 'partner';
}

/** What colleagues have with each other: a direct chat, a group or a channel. */
export const isChat = (conversation: Conversation | undefined): conversation is Chat => conversation !== undefined && conversation.kind !== 'storefront' && conversation.kind !== 'thread';

/** Whether one is in it: not just looking at an open channel, or at a thread that one does not follow. */
export const isMember = (conversation: Conversation): boolean =>
  conversation.kind === 'thread' ? conversation.my_level !== null : !('my_role' in conversation) || conversation.my_role !== null;

/** The partner of a storefront conversation. */
export const partnerOf = (conversation: Conversation | undefined): Card | null => (conversation?.kind === 'storefront' ? conversation.partner : null);

/** Whether one may put it away: one's own side of two, or for everybody what one moderates. */
export const mayArchive = (conversation: Conversation): boolean => conversation.kind !== 'thread' && (isTwoSided(conversation) || conversation.my_role === 'owner' || conversation.my_role === 'moderator');
