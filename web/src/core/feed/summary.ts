/** What a list knows of a conversation, and how live frames move it on; pure. */
import type { Chat, Conversation, Message, ReadMark, StorefrontConversation } from '../conversationTypes.ts';
import type { Card, Id, Iso } from '../types.ts';
import { isChat, isMember, mySide } from './sides.ts';
import type { ChangeRange } from './thread.svelte.ts';

export type Step = { kind: 'stale' | 'gap' } | { kind: 'applied'; conversation: Conversation; news: boolean };

/** Applies a range to a listed conversation as `me` sees it; `news` tells that another side wrote. */
export function advance(conversation: Conversation, range: ChangeRange, me: Id): Step {
  if (range.until <= conversation.number) return { kind: 'stale' };
  if (range.after > conversation.number) return { kind: 'gap' };
  const next = { ...conversation, number: range.until };
  let news = false;
  for (const { number, kind, message } of range.changes) {
    if (number <= conversation.number || !message) continue;
    if (kind === 'message_sent') {
      next.last_ordinal = Math.max(next.last_ordinal, message.ordinal);
      if (message.party_id !== mySide(conversation, me) && isMember(conversation)) {
        next.unread += 1;
        news = true;
        if ('mentioned' in next && message.mentions?.includes(me)) next.mentioned += 1;
      }
      // What was put away comes back with the next message, unless it is muted.
      if (isChat(next) && next.my_level !== 'nothing') next.put_away_at = null;
    }
    if (!next.last_message || message.ordinal >= next.last_message.ordinal) {
      if (next.kind === 'storefront') next.confirmed_message = confirmedBy(message, next);
      next.last_message = message;
      next.last_message_at = message.created_at;
    } else if (next.kind === 'storefront' && message.id === next.confirmed_message?.id) {
      next.confirmed_message = message;
    }
  }
  return { kind: 'applied', conversation: next, news };
}

function confirmedBy(message: Message, { last_message, confirmed_message }: StorefrontConversation): Message | null {
  if (message.kind !== 'confirmation') return null;
  return last_message?.kind === 'confirmation' ? confirmed_message : last_message;
}

/** What a list shows of it: the newest that a person said, since the automatic confirmation says nothing new. */
export function newestSaid(conversation: Conversation): Message | null {
  return ('confirmed_message' in conversation && conversation.confirmed_message) || conversation.last_message;
}

/** Whether it waits for the reader: something in it is unread, or they put it aside. */
export const isUnread = ({ unread, marked_unread }: Conversation): boolean => unread > 0 || marked_unread;

/** How much of a chat asks for the reader: of a muted one only what mentions them. */
export function calling(chat: Chat): number {
  if (chat.my_level !== 'nothing') return chat.unread;
  return 'mentioned' in chat ? chat.mentioned : 0;
}

/** Whether a chat asks for the reader, or was put aside by them. */
export const isCalling = (chat: Chat): boolean => calling(chat) > 0 || (chat.marked_unread && chat.my_level !== 'nothing');

/** Moves a person's read mark forward; never back. */
export function withRead(conversation: Conversation, mark: ReadMark): Conversation {
  const known = conversation.reads.find((read) => read.person.id === mark.person.id);
  if (known && known.ordinal >= mark.ordinal) return conversation;
  return { ...conversation, reads: [...conversation.reads.filter((read) => read !== known), mark] };
}

/** The first ordinal that `person` has not read of what the other side wrote; null when nothing is unread. */
export function firstUnread(conversation: Conversation, person: Id): number | null {
  if (conversation.unread <= 0) return null;
  const mine = conversation.reads.find((read) => read.person.id === person);
  const read = conversation.read_ordinal || (mine && (conversation.read_ordinal ?? mine.ordinal));
  // Who has read nothing yet may have written much themselves: what is unread stands at the end, at the latest.
  return (read ?? conversation.last_ordinal - conversation.unread) + 1;
}

/** Who of the other side has read up to `ordinal`, earliest first. */
export function seenBy(conversation: Conversation, ordinal: number, me: Id): { person: Card; at: Iso }[] {
  return conversation.reads
    .filter((read) => read.party_id !== mySide(conversation, me) && read.ordinal >= ordinal)
    .map(({ person, at }) => ({ person, at }))
    .sort((a, b) => a.at.localeCompare(b.at));
}

/** Newest activity first; the id decides between equals, as on the server. */
export function byRecency(a: Conversation, b: Conversation): number {
  return activeAt(b).localeCompare(activeAt(a)) || b.id.localeCompare(a.id);
}

/** When something was last said; a new group or channel counts from its opening. */
export const activeAt = (conversation: Conversation): Iso => conversation.last_message_at ?? conversation.opened_at;
