/** What messages quote, kept as the quoted message is now; pure. */
import type { Message, Quoted } from '../conversationTypes.ts';

const MOST = 200;

/** A message as it stands in the messages that reply to it. */
export function quoteOf({ id, ordinal, sender, text, attachments, deleted_at }: Message): Quoted {
  return { id, ordinal, sender, excerpt: [...text].slice(0, MOST).join(''), attachments: attachments.length, deleted: deleted_at !== null };
}

/** A message that quotes the newest of what it quotes, where that is held. */
export function requoted(message: Message, held: Message | undefined): Message {
  return held && message.quoted?.id === held.id ? { ...message, quoted: quoteOf(held) } : message;
}
