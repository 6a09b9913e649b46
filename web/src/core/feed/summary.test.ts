import { describe, expect, it } from 'vitest';
import type { StorefrontConversation, Conversation, Message } from '../conversationTypes.ts';
import { reconcile } from './conversationStore.svelte.ts';
import { advance, firstUnread, newestSaid, seenBy, withRead } from './summary.ts';

const card = (id: string) => ({ id, name: id, picture: null });

function message(ordinal: number, number: number, party: string): Message {
  return {
    id: `m${ordinal}`, conversation_id: 'c', ordinal, number, kind: 'text', party_id: party, sender: card(party), text: `text ${ordinal}`,
    attachments: [], created_at: `2026-01-01T00:00:${String(ordinal).padStart(2, '0')}Z`, edited_at: null, deleted_at: null, key: null,
  };
}

function conversation(overrides: Partial<StorefrontConversation> = {}): Conversation {
  return {
    id: 'c', kind: 'storefront', number: 3, last_ordinal: 2, opened_at: '2026-01-01T00:00:00Z', last_message_at: '2026-01-01T00:00:02Z',
    last_message: message(2, 3, 'me'), unread: 0, marked_unread: false, archived_at: null, my_party: 'me', counterpart: { ...card('them'), kind: 'partner' },
    customer: card('me'), partner: card('them'), confirmed_message: null, reads: [], ...overrides,
  };
}

describe('a listed conversation', () => {
  it('counts what the other side writes and not what the own side does', () => {
    const changes = [
      { number: 4, kind: 'message_sent' as const, at: '', message: message(3, 4, 'them') },
      { number: 5, kind: 'message_sent' as const, at: '', message: message(4, 5, 'me') },
    ];
    const step = advance(conversation(), { after: 3, until: 5, changes }, 'me');
    expect(step).toMatchObject({ kind: 'applied', news: true, conversation: { unread: 1, last_ordinal: 4, number: 5, last_message: { ordinal: 4 } } });
  });

  it('ignores what it holds and reports a gap', () => {
    expect(advance(conversation(), { after: 1, until: 3, changes: [] }, 'me').kind).toBe('stale');
    expect(advance(conversation(), { after: 4, until: 5, changes: [] }, 'me').kind).toBe('gap');
  });

  it('shows an edit of the last message and keeps it when an older one is edited', () => {
    const edit = (ordinal: number) => ({ after: 3, until: 4, changes: [{ number: 4, kind: 'message_edited' as const, at: '', message: { ...message(ordinal, 4, 'me'), text: 'edited' } }] });
    expect(advance(conversation(), edit(2), 'me')).toMatchObject({ conversation: { last_message: { text: 'edited' } } });
    expect(advance(conversation(), edit(1), 'me')).toMatchObject({ conversation: { last_message: { text: 'text 2' } } });
  });

  it('shows what was asked, not the automatic confirmation of it', () => {
    const sent = (ordinal: number, kind: Message['kind'], text = `text ${ordinal}`) => ({ after: ordinal, until: ordinal + 1, changes: [{ number: ordinal + 1, kind: 'message_sent' as const, at: '', message: { ...message(ordinal, ordinal + 1, 'them'), kind, text } }] });
    const applied = (held: Conversation, range: Parameters<typeof advance>[1]) => {
      const step = advance(held, range, 'me');
      return step.kind === 'applied' ? step.conversation : expect.fail(step.kind);
    };
    const confirmed = applied(conversation(), sent(3, 'confirmation'));
    expect([confirmed.last_message?.ordinal, newestSaid(confirmed)?.text]).toEqual([3, 'text 2']);
    const edit = { after: 4, until: 5, changes: [{ number: 5, kind: 'message_edited' as const, at: '', message: { ...message(2, 5, 'me'), text: 'edited' } }] };
    const edited = applied(confirmed, edit);
    expect(newestSaid(edited)?.text).toBe('edited');
    expect(newestSaid(applied({ ...edited, number: 4 }, sent(4, 'text')))?.text).toBe('text 4');
  });

  it('moves read marks forward only', () => {
    const mark = (ordinal: number) => ({ person: card('anna'), party_id: 'them', ordinal, at: `t${ordinal}` });
    const once = withRead(conversation(), mark(2));
    expect(withRead(once, mark(1))).toBe(once);
    expect(seenBy(once, 2, 'me')).toEqual([{ person: card('anna'), at: 't2' }]);
    expect(seenBy(once, 3, 'me')).toEqual([]);
  });

  it('knows where the unread begin', () => {
    expect(firstUnread(conversation({ unread: 0 }), 'me')).toBeNull();
    expect(firstUnread(conversation({ unread: 2, last_ordinal: 9 }), 'me')).toBe(8);
    const read = [{ person: card('me'), party_id: 'me', ordinal: 4, at: '' }];
    expect(firstUnread(conversation({ unread: 2, last_ordinal: 9, reads: read }), 'me')).toBe(5);
    // Moved back, also to the very beginning; and who has written much before they read anything.
    expect(firstUnread(conversation({ unread: 4, last_ordinal: 9, reads: read, read_ordinal: 2 }), 'me')).toBe(3);
    expect(firstUnread(conversation({ unread: 5, last_ordinal: 9, reads: read, read_ordinal: 0 }), 'me')).toBe(1);
    expect(firstUnread(conversation({ unread: 1, last_ordinal: 9, read_ordinal: 0 }), 'me')).toBe(9);
  });

  it('loses nothing to an answer that is older than the frames', () => {
    const held = conversation({ number: 9, unread: 1, last_ordinal: 5 });
    expect(reconcile(held, conversation({ number: 7, unread: 4, archived_at: 'x' }), 'me')).toMatchObject({ number: 9, unread: 1, archived_at: 'x' });
    expect(reconcile(held, conversation({ number: 10, unread: 2 }), 'me')).toMatchObject({ number: 10, unread: 2 });
  });

  it('keeps what was read while the answer was on its way', () => {
    const mark = { person: card('me'), party_id: 'me', ordinal: 5, at: '' };
    const held = conversation({ number: 9, unread: 0, last_ordinal: 5, reads: [mark] });
    expect(reconcile(held, conversation({ number: 9, unread: 3, last_ordinal: 5 }), 'me')).toMatchObject({ unread: 0, reads: [mark] });
  });
});
