/** Where what was found is shown. */
import type { Conversation, Message, Range } from '../core/conversationTypes.ts';
import { messagePath } from '../conversations/later/links.ts';
import { isChat } from '../core/feed/sides.ts';
import { paths } from '../routing/index.ts';
import { parts } from './expression.ts';

const WORDS = 8;

/** The message in its place, with the words marked in it; a reply beside what its thread stands below. */
export function placeOf(conversation: Conversation, message: Message, text: string, ranges: readonly Range[]): string {
  const words = [...new Set(parts(text, ranges).filter(({ hit }) => hit).map((part) => part.text))].slice(0, WORDS);
  const path = conversation.kind === 'thread' ? `${paths.chat(conversation.parent.id)}?thread=${conversation.id}&reply=${message.ordinal}` : messagePath(conversation, message);
  return path + words.map((word) => `&found=${encodeURIComponent(word)}`).join('');
}

export function pathOf(conversation: Conversation): string {
  if (isChat(conversation)) return paths.chat(conversation.id);
  const inbox = conversation.kind === 'storefront' && conversation.counterpart.kind === 'person';
  return inbox ? paths.inboxConversation(conversation.my_party, conversation.id) : paths.conversation(conversation.id);
}
