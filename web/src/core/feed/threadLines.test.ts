import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Frame } from '../live/frames.ts';
import type { GroupConversation, Message, ThreadConversation, ThreadSummary } from '../conversationTypes.ts';

const { listeners, readers, send } = vi.hoisted(() => ({ listeners: new Set<(frame: Frame) => unknown>(), readers: new Set<() => Promise<void>>(), send: vi.fn() }));
vi.mock('../live/live.svelte.ts', () => ({
  live: {
    onFrame: (listener: (frame: Frame) => unknown) => (listeners.add(listener), () => listeners.delete(listener)),
    on: (type: string, listener: (frame: Frame) => unknown) => {
      const hear = (frame: Frame) => frame.type === type && listener(frame);
      listeners.add(hear);
      return () => listeners.delete(hear);
    },
    onWelcome: (reader: () => Promise<void>) => (readers.add(reader), () => readers.delete(reader)),
    send,
    resync: vi.fn(),
  },
}));
vi.mock('../session.svelte.ts', () => ({ session: { me: { id: 'me', name: 'me', picture: null, roles: ['employee'] }, refresh: vi.fn() } }));
const { api, ApiProblem } = await import('../api.ts');
const { conversationStore } = await import('./conversationStore.svelte.ts');
const { isMember, mayArchive } = await import('./sides.ts');
const { advance } = await import('./summary.ts');
const { threadCounts } = await import('./threadCounts.svelte.ts');
const { threadLines } = await import('./threadLines.svelte.ts');
const { threads } = await import('./threads.ts');
const { watch } = await import('./watching.ts');

const hear = (frame: Frame) => listeners.forEach((listener) => listener(frame));
const welcome = () => Promise.all([...readers].map((reader) => reader()));
const line = (number: number, replies: number): ThreadSummary => ({ id: 't', number, replies, last_reply_at: null, repliers: [] });
const tells = (thread: ThreadSummary): Frame => ({ type: 'thread', conversation: 'g', message: 'm7', thread });

function message(ordinal: number, thread: ThreadSummary | null = null): Message {
  return {
    id: `m${ordinal}`, conversation_id: 'g', ordinal, number: ordinal, kind: 'text', party_id: 'hugo', sender: null, text: '', attachments: [], created_at: '', edited_at: null, deleted_at: null, key: null, thread,
  };
}

const group = { id: 'g', kind: 'group', number: 9, reads: [] } as unknown as GroupConversation;
const thread = (my_level: ThreadConversation['my_level']) => ({ id: 't', kind: 'thread', number: 1, last_ordinal: 0, unread: 0, mentioned: 0, my_role: 'owner', my_level, reads: [] }) as unknown as ThreadConversation;

beforeEach(() => {
  vi.restoreAllMocks();
  conversationStore.clear();
  threads.clear();
  threadLines.clear();
  threadCounts.clear();
});

describe('what stands below messages', () => {
  it('is the newest that is known, whether it came with the message or by itself, in whatever order', () => {
    expect(threadLines.of(message(7))).toBeNull();
    expect(threadLines.of(message(7, line(2, 1)))?.replies).toBe(1);
    hear(tells(line(5, 4)));
    hear(tells(line(3, 2)));
    expect(threadLines.of(message(7, line(2, 1)))?.replies).toBe(4);
    expect(threadLines.of(message(7, line(6, 3)))?.replies, 'a page that was read later').toBe(3);
  });

  it('is read anew after a welcome, from the first message held on, page by page', async () => {
    conversationStore.put(group);
    const held = threads.hold('g');
    vi.spyOn(api, 'get').mockResolvedValueOnce({ items: [message(7), message(8)], first_ordinal: 1, last_ordinal: 8, number: 9 });
    await held.open();
    vi.spyOn(held, 'catchUp').mockResolvedValue();
    const get = vi.spyOn(api, 'get').mockImplementation(async (path: string) => {
      if (path.startsWith('/threads')) return { unread_threads: 0, unread_messages: 0, mentioned: 0 };
      return path.endsWith('after=6') ? { items: [{ message_id: 'm7', ordinal: 7, thread: line(4, 3) }], next: 7 } : { items: [{ message_id: 'm8', ordinal: 8, thread: line(2, 1) }], next: null };
    });
    await welcome();
    expect([threadLines.of(message(7))?.replies, threadLines.of(message(8))?.replies]).toEqual([3, 1]);
    const gone = Object.assign(Object.create(ApiProblem.prototype) as InstanceType<typeof ApiProblem>, { status: 404 });
    get.mockImplementation(async (path: string) => (path.startsWith('/threads') ? { unread_threads: 2, unread_messages: 3, mentioned: 1 } : Promise.reject(gone)));
    await welcome();
    expect([threadCounts.unread, threadCounts.mentioned]).toEqual([2, 1]);
  });
});

describe('a thread in the store', () => {
  it('counts as unread only what is said in one that is followed', () => {
    const changes = [{ number: 2, kind: 'message_sent' as const, at: '', message: message(1) }];
    const step = (level: ThreadConversation['my_level']) => advance(thread(level), { after: 1, until: 2, changes }, 'me');
    expect(step('all')).toMatchObject({ news: true, conversation: { unread: 1 } });
    expect(step(null)).toMatchObject({ news: false, conversation: { unread: 0 } });
    expect([isMember(thread('nothing')), isMember(thread(null)), mayArchive(thread('all'))]).toEqual([true, false, false]);
  });

  it('is watched through interruptions until it is shown no more', async () => {
    send.mockClear();
    vi.spyOn(api, 'get').mockImplementation(async (path: string) => (path.startsWith('/threads') ? { unread_threads: 0, unread_messages: 0, mentioned: 0 } : thread('all')));
    const stop = watch('t');
    await welcome();
    const catchUp = vi.spyOn(threads.hold('t'), 'catchUp').mockResolvedValue();
    hear({ type: 'watching', conversation: 'other' });
    expect(catchUp).not.toHaveBeenCalled();
    hear({ type: 'watching', conversation: 't' });
    expect(catchUp).toHaveBeenCalledTimes(1);
    stop();
    await welcome();
    expect(send.mock.calls.map((said) => (said[0] as { type: string }).type)).toEqual(['watch', 'watch', 'unwatch']);
  });
});
