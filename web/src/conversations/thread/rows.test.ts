import { describe, expect, it } from 'vitest';
import type { Message } from '../../core/conversationTypes.ts';
import { rowsOf, type MessageRow, type RowsInput } from './rows.ts';

const card = (id: string) => ({ id, name: id, picture: null });

function message(ordinal: number, sender: string | null, at: string, party = 'partner'): Message {
  return {
    id: `m${ordinal}`, conversation_id: 'c', ordinal, number: ordinal, kind: sender ? 'text' : 'confirmation', party_id: party,
    sender: sender ? card(sender) : null, text: '', attachments: [], created_at: at, edited_at: null, deleted_at: null, key: null,
  };
}

function rows(messages: Message[], more: Partial<RowsInput> = {}) {
  return rowsOf({ messages, entries: [], me: 'me', myParty: 'me', partner: card('partner'), unreadFrom: null, dayOf: (at) => at.slice(0, 10), ...more });
}

const kinds = (list: ReturnType<typeof rows>) => list.map((row) => row.kind);
const only = (list: ReturnType<typeof rows>) => list.filter((row): row is MessageRow => row.kind === 'message');

describe('the rows of a thread', () => {
  it('parts days and puts one divider before the unread', () => {
    const list = rows([message(1, 'a', '2026-01-01T10:00:00Z'), message(2, 'a', '2026-01-02T10:00:00Z'), message(3, 'a', '2026-01-02T10:00:01Z')], { unreadFrom: 2 });
    expect(kinds(list)).toEqual(['day', 'message', 'day', 'unread', 'message', 'message']);
  });

  it('puts the divider before what others wrote, not before one\'s own words', () => {
    const list = rows([message(1, 'me', '2026-01-01T10:00:00Z', 'me'), message(2, 'a', '2026-01-01T10:00:01Z')], { unreadFrom: 1 });
    expect(kinds(list)).toEqual(['day', 'message', 'unread', 'message']);
  });

  it('groups by sender and minute and names a sender once', () => {
    const list = only(
      rows([
        message(1, 'a', '2026-01-01T10:00:00Z'), message(2, 'a', '2026-01-01T10:00:59Z'), message(3, 'a', '2026-01-01T10:01:00Z'),
        message(4, 'b', '2026-01-01T10:01:01Z'), message(5, 'me', '2026-01-01T10:01:02Z', 'me'),
      ]),
    );
    expect(list.map(({ opens }) => opens)).toEqual([true, false, true, true, true]);
    expect(list.map(({ closes }) => closes)).toEqual([false, true, true, true, true]);
    expect(list.map(({ author }) => author?.id ?? null)).toEqual(['a', null, null, 'b', null]);
    expect(list.map(({ own }) => own)).toEqual([false, false, false, false, true]);
  });

  it('shows what is on its way last, under the key it will be stored with', () => {
    const entry = { key: 'k', person: 'me', lane: 'c', target: { conversation: 'c' }, text: 'hi', attachments: [], at: Date.parse('2026-01-01T10:00:00Z'), refusal: null };
    const list = only(rows([message(1, 'a', '2026-01-01T09:00:00Z')], { entries: [entry] }));
    expect(list.at(-1)).toMatchObject({ key: 'k', own: true, sending: 'waiting' });
    expect(only(rows([{ ...message(1, 'me', '2026-01-01T10:00:00Z', 'me'), key: 'k' }]))[0]?.key).toBe('k');
  });

  it('lets the partner speak for its automatic confirmation, apart from people', () => {
    const list = only(rows([message(1, 'a', '2026-01-01T10:00:00Z'), message(2, null, '2026-01-01T10:00:01Z'), message(3, 'a', '2026-01-01T10:00:02Z')]));
    expect(list.map(({ opens }) => opens)).toEqual([true, true, true]);
    expect(list[1]?.author?.id).toBe('partner');
  });
});
