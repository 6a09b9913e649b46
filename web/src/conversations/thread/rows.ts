/** What stands in a thread: day separators, the divider before the unread, and messages grouped by sender and minute. Pure. */
import type { Entry } from '../../core/outbox/index.ts';
import type { Message, Quoted } from '../../core/conversationTypes.ts';
import type { Card, FileInfo, Id } from '../../core/types.ts';

export type Sending = 'waiting' | 'failed' | null;

export interface MessageRow {
  kind: 'message';
  /** Stays the same from the first attempt to the stored message, so that nothing is drawn twice. */
  key: string;
  message: Message | null;
  entry: Entry | null;
  ordinal: number | null;
  own: boolean;
  text: string;
  /** Whether it mentions everybody. */
  all: boolean;
  attachments: FileInfo[];
  /** What it replies to. */
  quoted: Quoted | null;
  at: string;
  /** Who wrote it, where that has to be said: first of a run, and not oneself. */
  author: Card | null;
  /** First and last of a group: same sender, same minute. */
  opens: boolean;
  closes: boolean;
  sending: Sending;
}
export type Row = MessageRow | { kind: 'day'; key: string; at: string } | { kind: 'unread'; key: string };

export interface RowsInput {
  messages: readonly Message[];
  entries: readonly Entry[];
  me: Id;
  myParty: Id;
  /** The party itself, for what it sent by itself (the automatic confirmation). */
  partner: Card;
  unreadFrom: number | null;
  dayOf: (at: string) => string;
}

export function rowsOf(input: RowsInput): Row[] {
  const shown = [...input.messages.map((message) => ofMessage(message, input)), ...input.entries.map((entry) => ofEntry(entry))];
  const rows: Row[] = [];
  let before: MessageRow | null = null;
  let divided = false;
  for (const row of shown) {
    const day = input.dayOf(row.at);
    const newDay = !before || input.dayOf(before.at) !== day;
    // One's own side wrote between: that is nothing new to read.
    const divide = !divided && !row.own && input.unreadFrom !== null && row.ordinal !== null && row.ordinal >= input.unreadFrom;
    if (newDay) rows.push({ kind: 'day', key: `day ${day}`, at: row.at });
    if (divide) {
      rows.push({ kind: 'unread', key: 'unread' });
      divided = true;
    }
    const sameSender = before !== null && !newDay && !divide && senderOf(before) === senderOf(row);
    row.opens = !sameSender || minuteOf(before!.at) !== minuteOf(row.at) || isSystem(row) || isSystem(before!);
    if (before) before.closes = row.opens;
    if (sameSender) row.author = null;
    rows.push(row);
    before = row;
  }
  return rows;
}

function ofMessage(message: Message, { me, myParty, partner }: RowsInput): MessageRow {
  const own = message.party_id === myParty;
  return {
    kind: 'message', key: message.key ?? message.id, message, entry: null, ordinal: message.ordinal, own,
    text: message.text, all: message.mentions_all ?? false, attachments: message.attachments, quoted: message.quoted ?? null, at: message.created_at,
    author: message.sender?.id === me ? null : (message.sender ?? partner),
    opens: true, closes: true, sending: null,
  };
}

function ofEntry(entry: Entry): MessageRow {
  return {
    kind: 'message', key: entry.key, message: null, entry, ordinal: null, own: true,
    text: entry.text, all: entry.mentions_all ?? false, attachments: entry.attachments, quoted: entry.quoted ?? null, at: new Date(entry.at).toISOString(),
    author: null, opens: true, closes: true, sending: entry.refusal ? 'failed' : 'waiting',
  };
}

const senderOf = ({ message, entry }: MessageRow) => (entry ? entry.person : (message!.sender?.id ?? message!.party_id));
const minuteOf = (at: string) => Math.floor(Date.parse(at) / 60_000);
const isSystem = ({ message }: MessageRow) => message?.kind === 'confirmation';
