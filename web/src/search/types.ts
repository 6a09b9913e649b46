/** What a search finds. */
import type { Conversation, Message, Range, SearchHit } from '../core/conversationTypes.ts';
import type { FileInfo, Page } from '../core/types.ts';
import type { Colleague } from '../colleagues/types.ts';

export type Kind = 'messages' | 'people' | 'chats' | 'files';
export type Sort = 'newest' | 'best';

export const KINDS: readonly Kind[] = ['messages', 'people', 'chats', 'files'];

export interface FileHit {
  file: FileInfo;
  message: Message;
  conversation: Conversation;
  highlights: Range[];
  excerpt: string;
  excerpt_highlights: Range[];
}

export interface Found {
  messages: SearchHit;
  people: Colleague;
  chats: Conversation;
  files: FileHit;
}

export type Results = { [K in Kind]: Page<Found[K]> | null };
