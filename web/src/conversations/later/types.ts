/** What is put off, as the server speaks of it. */
import type { Conversation, Message } from '../../core/conversationTypes.ts';
import type { FileInfo, Id, Iso } from '../../core/types.ts';

export interface ScheduledMessage {
  id: Id;
  conversation_id: Id;
  text: string;
  attachments: FileInfo[];
  mentions: Id[];
  mentions_all: boolean;
  created_at: Iso;
  send_at: Iso;
  /** The code of the problem for which it was refused. */
  failure: string | null;
}

export interface Scheduled {
  items: ScheduledMessage[];
  /** Those that the reader may still read. */
  conversations: Conversation[];
}

export interface Reminder {
  message: Message;
  at: Iso;
}

export interface Reminders {
  items: Reminder[];
  conversations: Conversation[];
}
