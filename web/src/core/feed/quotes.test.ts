import { describe, expect, it } from 'vitest';
import type { Message, MessagePage } from '../conversationTypes.ts';
import { quoteOf } from './quotes.ts';
import { Thread } from './thread.svelte.ts';

const message = (ordinal: number, more: Partial<Message> = {}): Message => ({
  id: `m${ordinal}`, conversation_id: 'c', ordinal, number: ordinal, kind: 'text', party_id: 'p', sender: null, text: `text ${ordinal}`, attachments: [],
  created_at: 'x', edited_at: null, deleted_at: null, key: null, ...more,
});

async function opened(...items: Message[]) {
  const page: MessagePage = { items, first_ordinal: 1, last_ordinal: items.length, number: items.length };
  const thread = new Thread({ page: async () => page, changes: async () => Promise.reject(new Error('no gap')) });
  await thread.open();
  return thread;
}

describe('a quote', () => {
  it('follows what is quoted: edited, then deleted', async () => {
    const first = message(1);
    const thread = await opened(first, message(2, { quoted: quoteOf(first) }));
    await thread.receive({ after: 2, until: 3, changes: [{ number: 3, kind: 'message_edited', at: 'x', message: message(1, { number: 3, text: '🍐'.repeat(300) }) }] });
    expect(thread.messages[1]!.quoted!.excerpt).toBe('🍐'.repeat(200));
    await thread.receive({ after: 3, until: 4, changes: [{ number: 4, kind: 'message_deleted', at: 'x', message: message(1, { number: 4, text: '', deleted_at: 'x' }) }] });
    expect(thread.messages[1]!.quoted).toMatchObject({ excerpt: '', deleted: true });
  });

  it('shows what is held, where a page brings an older version of it', async () => {
    const old = message(1);
    const thread = await opened(message(1, { number: 2, text: 'newer' }), message(2, { number: 2, quoted: quoteOf(old) }));
    expect(thread.messages[1]!.quoted!.excerpt).toBe('newer');
  });

  it('follows also what is not in the window', async () => {
    const far = message(1);
    const page: MessagePage = { items: [message(5, { quoted: quoteOf(far) })], first_ordinal: 1, last_ordinal: 5, number: 5 };
    const thread = new Thread({ page: async () => page, changes: async () => Promise.reject(new Error('no gap')) });
    await thread.open();
    await thread.receive({ after: 5, until: 6, changes: [{ number: 6, kind: 'message_deleted', at: 'x', message: message(1, { number: 6, text: '', deleted_at: 'x' }) }] });
    expect(thread.messages[0]!.quoted).toMatchObject({ excerpt: '', deleted: true });
  });
});
