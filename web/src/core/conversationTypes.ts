/** What the server tells of conversations, as it stands in its answers. */
import type { Card, FileInfo, Id, Iso } from './types.ts';

/** An emoji under a message, of whom, and how many. */
export interface Reaction {
  emoji: string;
  count: number;
  /** The change with which it appeared: they stand in this order. */
  since: number;
  /** The first five. */
  people: Card[];
  /** Left out of frames, which are the same for all. */
  mine?: boolean;
}

/** A thread in one line, as it stands below the message that it began with. */
export interface ThreadSummary {
  /** Of the conversation that the thread is. */
  id: Id;
  /** Of its newest change: the summary with the greater one is the newer one. */
  number: number;
  replies: number;
  last_reply_at: Iso | null;
  /** The first five. */
  repliers: Card[];
}

/** Whose words a message says again, and of open channels where from. */
export interface Forwarded {
  sender: string;
  at: Iso;
  place: { id: Id; name: string; ordinal: number } | null;
}

/** What a message replies to, as it is now. */
export interface Quoted {
  id: Id;
  ordinal: number;
  sender: Card | null;
  /** The first 200 characters. */
  excerpt: string;
  attachments: number;
  deleted: boolean;
}

export interface Message {
  id: Id;
  conversation_id: Id;
  ordinal: number;
  /** The newest change that touched it. */
  number: number;
  kind: 'text' | 'confirmation';
  party_id: Id;
  sender: Card | null;
  text: string;
  attachments: FileInfo[];
  created_at: Iso;
  edited_at: Iso | null;
  deleted_at: Iso | null;
  /** The idempotency key its sender chose. */
  key: string | null;
  mentions?: Id[];
  mentions_all?: boolean;
  pinned_at?: Iso | null;
  reactions?: Reaction[];
  thread?: ThreadSummary | null;
  quoted?: Quoted | null;
  forwarded?: Forwarded | null;
}

export interface ReadMark {
  person: Card;
  party_id: Id;
  ordinal: number;
  at: Iso;
}

/** What all kinds of conversations have. */
interface AnyConversation {
  id: Id;
  number: number;
  last_ordinal: number;
  opened_at: Iso;
  last_message_at: Iso | null;
  last_message: Message | null;
  unread: number;
  /** Up to here nothing counts as unread. */
  read_ordinal?: number;
  /** Put aside by the reader to come back to it; not in the count. */
  marked_unread: boolean;
  archived_at: Iso | null;
  /** Of everybody where at most 50 are in it, else empty. */
  reads: ReadMark[];
}

interface TwoSided extends AnyConversation {
  my_party: Id;
  counterpart: Card & { kind: 'partner' | 'person' };
}

export interface StorefrontConversation extends TwoSided {
  kind: 'storefront';
  customer: Card;
  partner: Card;
  /** What was said before the automatic confirmation, where that stands last; else null. */
  confirmed_message: Message | null;
}

export type Level = 'all' | 'mentions' | 'nothing';

/** What the reader has settled about a chat for themselves. */
export interface OwnSettings {
  favourite: boolean;
  /** Of which messages they want to hear: nothing is a muted one. Null for who is not in it. */
  my_level: Level | null;
  put_away_at: Iso | null;
}

export interface DirectConversation extends TwoSided, OwnSettings {
  kind: 'direct';
}

export type TwoSidedConversation = StorefrontConversation | DirectConversation;

export interface GroupConversation extends AnyConversation, OwnSettings {
  kind: 'group' | 'channel';
  name: string;
  purpose: string;
  members: number;
  is_open: boolean;
  my_role: 'owner' | 'moderator' | 'member' | 'reader' | null;
  mentioned: number;
}

/** What was said below a message. */
export interface ThreadConversation extends AnyConversation {
  kind: 'thread';
  parent: Card & { kind: 'direct' | 'group' | 'channel' };
  root: Message;
  replies: number;
  /** In the parent; null in a direct chat, and for who is not in it. */
  my_role: GroupConversation['my_role'];
  /** Null for who does not follow it. */
  my_level: GroupConversation['my_level'];
  mentioned: number;
}

/** What colleagues have with each other, threads below it apart. */
export type Chat = DirectConversation | GroupConversation;

export type Conversation = TwoSidedConversation | GroupConversation | ThreadConversation;

export interface MessagePage {
  items: Message[];
  first_ordinal: number;
  last_ordinal: number;
  number: number;
  /** The ordinal that was asked for, or the first one of the day. */
  around?: number | null;
}

export interface SideCount {
  side: 'customer' | Id;
  unread_conversations: number;
  unread_messages: number;
}

export type ChangeKind =
  | 'opened'
  | 'message_sent'
  | 'message_edited'
  | 'message_deleted'
  | 'message_pinned'
  | 'message_unpinned'
  | 'reaction_added'
  | 'reaction_removed'
  | 'member_joined'
  | 'member_left'
  | 'members_added'
  | 'member_changed'
  | 'conversation_changed';

/** What a change did to an emoji under a message, as it is now. */
export interface ReactionStep extends Omit<Reaction, 'mine'> {
  message_id: Id;
  ordinal: number;
}

export interface Change {
  number: number;
  kind: ChangeKind;
  at: Iso;
  message: Message | null;
  /** Who joined, left or is something else now, or who reacts. */
  person?: Card | null;
  reaction?: ReactionStep | null;
}

export interface ChangePage {
  conversation_id: Id;
  after: number;
  until: number;
  head: number;
  changes: Change[];
}

/** A part of a text: its first character and the one after the last, in Unicode code points. */
export type Range = [number, number];

export interface SearchHit {
  message: Message;
  conversation: Conversation;
  excerpt: string;
  highlights: Range[];
}
