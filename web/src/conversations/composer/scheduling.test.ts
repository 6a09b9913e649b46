import { afterEach, describe, expect, it, vi } from 'vitest';
import { api } from '../../core/api.ts';
import { Composer } from './composer.svelte.ts';

afterEach(() => vi.restoreAllMocks());

const made = { id: 's1', conversation_id: 'c1', text: 'Good morning', attachments: [], mentions: [], mentions_all: false, created_at: '2026-12-01T08:00:00Z', send_at: '2026-12-02T08:00:00Z', failure: null };
const question = { id: 'm1', ordinal: 1, sender: null, excerpt: 'Good morning?', attachments: 0, deleted: false };
const written = (conversation: string | null = 'c1') => {
  const composer = new Composer({ draftKey: 'c1', send: async () => undefined, conversation: () => conversation });
  composer.text = ' Good morning ';
  return composer;
};

describe('sending later', () => {
  it('empties the field once the server has the message', async () => {
    const post = vi.spyOn(api, 'post').mockResolvedValue(made);
    const composer = written();
    expect(await composer.schedule(made.send_at)).toBe(true);
    expect(post.mock.calls[0]?.slice(0, 2)).toEqual(['/conversations/c1/scheduled-messages', { text: 'Good morning', attachments: [], send_at: made.send_at }]);
    expect(composer.text).toBe('');
  });

  it('keeps the words where the server does not answer, and tries again with the same key', async () => {
    const post = vi.spyOn(api, 'post').mockRejectedValueOnce(new Error('cut')).mockResolvedValue(made);
    const composer = written();
    await expect(composer.schedule(made.send_at)).rejects.toThrow('cut');
    expect(composer.text).toBe(' Good morning ');
    await composer.schedule(made.send_at);
    expect(new Set(post.mock.calls.map(([, , options]) => options?.key)).size).toBe(1);
  });

  it('replies to what the message was written for, and to nothing afterwards', async () => {
    const post = vi.spyOn(api, 'post').mockResolvedValue(made);
    const composer = new Composer({ draftKey: 'c1', send: async () => undefined, conversation: () => 'c1' });
    composer.replyTo(question);
    composer.text = 'Good morning';
    await composer.schedule(made.send_at);
    expect(post.mock.calls[0]?.[1]).toMatchObject({ reply_to: 'm1' });
    expect(composer.reply).toBeNull();
  });

  it('is not there before there is a conversation', async () => {
    const post = vi.spyOn(api, 'post');
    expect(await written(null).schedule(made.send_at)).toBe(false);
    expect(post).not.toHaveBeenCalled();
  });
});
