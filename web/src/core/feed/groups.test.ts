import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Frame } from '../live/frames.ts';
import type { ChangeKind, Conversation, GroupConversation, Message } from '../conversationTypes.ts';

const { listeners, readers } = vi.hoisted(() => ({ listeners: new Set<(frame: unknown) => unknown>(), readers: new Set<() => Promise<void>>() }));
vi.mock('../live/live.svelte.ts', () => ({
  live: { onFrame: (listener: (frame: unknown) => unknown) => listeners.add(listener), onWelcome: (reader: () => Promise<void>) => readers.add(reader), resync: vi.fn() },
}));
vi.mock('../session.svelte.ts', () => ({ session: { me: { id: 'me', name: 'me', picture: null }, refresh: vi.fn() } }));
const { api, ApiProblem } = await import('../api.ts');
const { conversationStore } = await import('./conversationStore.svelte.ts');
const { threads } = await import('./threads.ts');
const { advance, calling, isCalling, withRead } = await import('./summary.ts');

const card = (id: string) => ({ id, name: id, picture: null });
const hear = (frame: Frame) => listeners.forEach((listener) => listener(frame));
const welcome = () => Promise.all([...readers].map((reader) => reader()));
const soon = () => vi.advanceTimersByTimeAsync(200);

function message(ordinal: number, number: number, author: string): Message {
  return {
    id: `m${ordinal}`, conversation_id: 'g', ordinal, number, kind: 'text', party_id: author, sender: card(author), text: `text ${ordinal}`,
    attachments: [], created_at: `2026-01-01T00:00:${String(ordinal).padStart(2, '0')}Z`, edited_at: null, deleted_at: null, key: null,
  };
}

function group(more: Partial<GroupConversation> = {}): GroupConversation {
  return {
    id: 'g', kind: 'group', number: 3, last_ordinal: 0, opened_at: '2026-01-01T00:00:00Z', last_message_at: null, last_message: null, unread: 0, marked_unread: false,
    archived_at: null, reads: [], name: 'Lunch', purpose: '', members: 3, is_open: false, my_role: 'member', my_level: 'all', mentioned: 0, favourite: false, put_away_at: null, ...more,
  };
}

const sent = (ordinal: number, number: number, author: string) => ({ number, kind: 'message_sent' as const, at: '', message: message(ordinal, number, author) });
const change = (kind: ChangeKind): Frame => ({ type: 'changes', conversation: 'g', after: 3, until: 4, changes: [{ number: 4, kind, at: '', message: null, person: card('hugo') }] });
const says = (author: string): Frame => ({ type: 'changes', conversation: 'g', after: 3, until: 4, changes: [sent(1, 4, author)] });

describe('a group as a list knows it', () => {
  it('counts what any other member writes and not what oneself does', () => {
    const changes = [sent(1, 4, 'hugo'), sent(2, 5, 'me'), sent(3, 6, 'ida')];
    expect(advance(group(), { after: 3, until: 6, changes }, 'me')).toMatchObject({ kind: 'applied', news: true, conversation: { unread: 2, last_ordinal: 3, last_message: { ordinal: 3 } } });
    expect(advance(group(), { after: 3, until: 4, changes: [sent(1, 4, 'me')] }, 'me')).toMatchObject({ news: false, conversation: { unread: 0 } });
  });

  it('counts what mentions one, and nothing in a channel that one only looks at', () => {
    const mention = sent(1, 4, 'hugo');
    mention.message.mentions = ['me'];
    const range = { after: 3, until: 5, changes: [mention, sent(2, 5, 'ida')] };
    expect(advance(group(), range, 'me')).toMatchObject({ conversation: { unread: 2, mentioned: 1 } });
    expect(advance(group({ my_role: null }), range, 'me')).toMatchObject({ news: false, conversation: { unread: 0, mentioned: 0 } });
  });

  it('comes back with the next message when it was put away, unless it is muted', () => {
    const range = { after: 3, until: 4, changes: [sent(1, 4, 'hugo')] };
    const put_away_at = '2026-01-01T00:00:00Z';
    expect(advance(group({ put_away_at }), range, 'me')).toMatchObject({ conversation: { put_away_at: null } });
    expect(advance(group({ put_away_at, my_level: 'nothing' }), range, 'me')).toMatchObject({ conversation: { put_away_at } });
  });

  it('calls for the reader, and muted only by what mentions them', () => {
    expect([calling(group({ unread: 3, mentioned: 1 })), calling(group({ unread: 3, mentioned: 1, my_level: 'nothing' })), calling(group({ unread: 3, my_level: 'nothing' }))]).toEqual([3, 1, 0]);
    expect([isCalling(group({ marked_unread: true })), isCalling(group({ marked_unread: true, my_level: 'nothing' }))]).toEqual([true, false]);
  });

  it('moves on by who comes and goes, which is no news', () => {
    const changes = [{ number: 4, kind: 'member_joined' as const, at: '', message: null, person: card('hugo') }, { number: 5, kind: 'members_added' as const, at: '', message: null }];
    expect(advance(group(), { after: 3, until: 5, changes }, 'me')).toMatchObject({ kind: 'applied', news: false, conversation: { number: 5, unread: 0, last_message: null } });
  });

  it('keeps a read mark of each member', () => {
    const marks = ['hugo', 'ida'].map((id) => ({ person: card(id), party_id: id, ordinal: 1, at: '' }));
    expect(marks.reduce<Conversation>((held, mark) => withRead(held, mark), group()).reads).toEqual(marks);
  });
});

describe('the store of conversations', () => {
  const told = vi.fn();
  let get = vi.spyOn(api, 'get');
  let stop = () => {};

  beforeEach(() => {
    vi.useFakeTimers();
    get = vi.spyOn(api, 'get').mockResolvedValue(group({ number: 9, members: 4 }));
    conversationStore.clear();
    threads.clear();
    conversationStore.put(group());
    stop = conversationStore.onUpdate(told);
  });
  afterEach(() => {
    stop();
    vi.useRealTimers();
    vi.restoreAllMocks();
    told.mockClear();
  });

  it('puts aside what another device marked unread, and no longer once it is read', async () => {
    hear({ type: 'unread_mark', conversation: 'g', marked: true });
    expect(conversationStore.get('g')).toMatchObject({ marked_unread: true, unread: 0 });
    vi.spyOn(api, 'put').mockResolvedValue({ ordinal: 0, unread: 0 });
    await conversationStore.markRead('g', 0);
    expect(conversationStore.get('g')).toMatchObject({ marked_unread: false });
    hear({ type: 'unread_mark', conversation: 'g', marked: true });
    hear({ type: 'unread_mark', conversation: 'g', marked: false });
    expect(conversationStore.get('g')).toMatchObject({ marked_unread: false });
  });

  it('applies what a member says without asking', async () => {
    hear(says('hugo'));
    expect(conversationStore.get('g')).toMatchObject({ number: 4, unread: 1 });
    await soon();
    expect(get).not.toHaveBeenCalled();
  });

  it('asks who is in it and what it is called when that has changed, once', async () => {
    hear(change('member_joined'));
    hear({ ...change('conversation_changed'), after: 4, until: 5 } as Frame);
    await soon();
    expect(get.mock.calls).toEqual([['/conversations/g']]);
    expect(conversationStore.get('g')).toMatchObject({ members: 4, number: 9 });
  });

  it('asks what is unread after a deletion', async () => {
    hear(change('message_deleted'));
    await soon();
    expect(get).toHaveBeenCalledWith('/conversations/g');
  });

  it('fetches what one has joined', async () => {
    conversationStore.clear();
    hear({ type: 'joined', conversation: 'g' });
    await soon();
    expect(conversationStore.get('g')).toMatchObject({ name: 'Lunch', number: 9 });
    expect(told).toHaveBeenCalledWith('g', expect.objectContaining({ id: 'g' }));
  });

  it('drops what one has left, and asks for it no more', async () => {
    hear(change('member_changed'));
    hear({ type: 'left', conversation: 'g' });
    expect(conversationStore.get('g')).toBeUndefined();
    expect(told).toHaveBeenCalledWith('g', null);
    // An open channel would be there, and told of no more.
    await soon();
    expect(get).not.toHaveBeenCalled();
  });

  it('reads up to the last message as nothing left, on whichever device', async () => {
    hear(says('hugo'));
    hear({ type: 'read', conversation: 'g', party_id: 'me', person: card('me'), ordinal: 1, at: '' });
    expect(conversationStore.get('g')?.unread).toBe(0);
  });

  it('does not let one who read bring back what another has not', () => {
    hear(says('hugo'));
    hear({ type: 'read', conversation: 'g', party_id: 'ida', person: card('ida'), ordinal: 1, at: '' });
    expect(conversationStore.get('g')).toMatchObject({ unread: 1, reads: [{ party_id: 'ida', ordinal: 1 }] });
  });
});

describe('the threads', () => {
  const page = { items: [message(1, 4, 'hugo')], first_ordinal: 1, last_ordinal: 1, number: 4 };
  const gone = () => new ApiProblem(404, { code: 'unknown_conversation' }, '');

  beforeEach(() => threads.clear());
  afterEach(() => vi.restoreAllMocks());

  it('forget what one has left', () => {
    const thread = threads.hold('g');
    hear({ type: 'left', conversation: 'g' });
    expect(threads.hold('g')).not.toBe(thread);
  });

  it('let go of what is no longer there, so that the rest is up to date', async () => {
    const get = vi.spyOn(api, 'get').mockResolvedValue(page);
    await Promise.all(['g', 'h'].map((id) => threads.hold(id).open()));
    get.mockImplementation((path) => (path.startsWith('/conversations/g/') ? Promise.reject(gone()) : Promise.resolve({ conversation_id: 'h', after: 4, until: 4, head: 4, changes: [] })));
    await welcome();
    expect([threads.peek('g'), threads.peek('h')]).toEqual([undefined, expect.anything()]);
  });

  it('are read again after any other failure', async () => {
    const get = vi.spyOn(api, 'get').mockResolvedValue(page);
    await threads.hold('g').open();
    get.mockRejectedValue(new ApiProblem(503, {}, ''));
    await expect(welcome()).rejects.toThrow();
    expect(threads.peek('g')).toBeDefined();
  });
});
