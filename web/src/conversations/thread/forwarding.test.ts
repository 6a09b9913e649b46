import { afterEach, describe, expect, it, vi } from 'vitest';
import { api } from '../../core/api.ts';
import type { Message } from '../../core/conversationTypes.ts';
import { conversationStore } from '../../core/feed/conversationStore.svelte.ts';
import { ApiProblem } from '../../core/problem.ts';
import { Forwarding, MOST } from './forwarding.svelte.ts';

const message = { id: 'm', conversation_id: 'c' } as Message;
const news = { kind: 'conversation', id: 'news', name: 'News' } as const;
const ida = { kind: 'person', id: 'ida', name: 'Ida' } as const;
const refusal = (field: string) => new ApiProblem(422, { errors: [{ field, code: 'only_reading', message: 'You only read here.' }] }, '');

describe('sending a message on', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    conversationStore.clear();
  });

  it('opens the chat with a colleague, and says the comment with it, once however often it is tried', async () => {
    const post = vi.spyOn(api, 'post').mockImplementation((async (path: string) => {
      if (path === '/direct-chats') return { id: 'with-ida', reads: [] };
      if (post.mock.calls.filter(([asked]) => asked === path).length === 1) throw new Error('no answer');
    }) as typeof api.post);
    const forwarding = new Forwarding();
    forwarding.toggle(ida);
    forwarding.toggle(news);
    forwarding.comment = ' For you \n';
    expect([await forwarding.send(message), await forwarding.send(message)]).toEqual([false, true]);
    const sent = post.mock.calls.filter(([path]) => path === '/conversations/c/messages/m/forwards');
    expect(sent.map(([, body]) => body)).toEqual([1, 2].map(() => ({ conversations: ['with-ida', 'news'], text: 'For you' })));
    expect(new Set(sent.map(([, , how]) => how?.key)).size).toBe(1);
  });

  it('names who does not take it, until another choice is made', async () => {
    vi.spyOn(api, 'post').mockRejectedValue(refusal('conversations[1]'));
    const forwarding = new Forwarding();
    forwarding.toggle({ ...news, id: 'other', name: 'Other' });
    forwarding.toggle(news);
    expect(await forwarding.send(message)).toBe(false);
    expect(forwarding.refused).toEqual([{ name: 'News', reason: 'You only read here.' }]);
    expect(forwarding.submission.general).toBeNull();
    forwarding.toggle(news);
    expect(forwarding.refused).toEqual([]);
  });

  it('goes to 20 at once', () => {
    const forwarding = new Forwarding();
    for (let n = 0; n <= MOST; n += 1) forwarding.toggle({ ...news, id: `${n}` });
    expect([forwarding.chosen.size, forwarding.full]).toEqual([MOST, true]);
  });
});
