import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Notification } from './types.ts';

let changed: () => void;
let welcome: () => Promise<void>;
vi.mock('../core/live/live.svelte.ts', () => ({
  live: {
    on: (_: string, listener: () => void) => ((changed = listener), () => undefined),
    onWelcome: (reader: () => Promise<void>) => ((welcome = reader), () => undefined),
  },
}));
let stored: Notification[] = [];
vi.mock('./api.ts', () => ({
  notifications: {
    list: vi.fn(async ({ unread, cursor, limit }: { unread: boolean; cursor: string | null; limit: number }) => {
      const all = stored.filter(({ read_at }) => !unread || !read_at);
      const from = cursor ? all.findIndex(({ id }) => id === cursor) + 1 : 0;
      const items = all.slice(from, from + limit).map((each) => ({ ...each }));
      return { items, unread: 0, next: from + limit < all.length ? items.at(-1)!.id : null };
    }),
    read: vi.fn(async () => 0),
  },
}));
const { NotificationList } = await import('./list.svelte.ts');
const { notifications } = await import('./api.ts');

const one = (minute: number, read = false) =>
  ({ id: `n${1000 + minute}`, changed_at: `2026-03-12T${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00Z`, read_at: read ? 'then' : null }) as Notification;
const ids = (list: { listing: { items: Notification[] } }) => list.listing.items.map(({ id }) => id);

describe('the list of notifications', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    stored = Array.from({ length: 120 }, (_, index) => one(120 - index));
    vi.mocked(notifications.list).mockClear();
    vi.mocked(notifications.read).mockReset().mockResolvedValue(0);
  });

  async function shown(unread = false) {
    const list = new NotificationList(10);
    await list.show(unread);
    list.follow();
    return list;
  }

  it('takes in what is new and what was read elsewhere, asking once for many changes', async () => {
    const list = await shown();
    stored.unshift(one(121));
    stored[5]!.read_at = 'now';
    for (let times = 0; times < 5; times++) changed();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(notifications.list).toHaveBeenCalledTimes(2);
    expect(ids(list)[0]).toBe('n1121');
    expect(list.listing.items[5]?.read_at).toBe('now');
  });

  it('moves up what has changed, and keeps what lies further back', async () => {
    const list = await shown();
    await list.listing.more();
    stored.unshift({ ...stored.splice(14, 1)[0]!, changed_at: '2026-03-12T09:00:00Z' });
    changed();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(ids(list).slice(0, 2)).toEqual(['n1106', 'n1120']);
    expect(new Set(ids(list)).size).toBe(list.listing.items.length);
    await list.listing.more();
    expect(ids(list)).toHaveLength(30);
  });

  it('reads no more than a hundred again, however many are shown', async () => {
    const list = await shown();
    for (let times = 0; times < 11; times++) await list.listing.more();
    expect(ids(list)).toHaveLength(120);
    stored.unshift(one(121));
    await welcome();
    expect(vi.mocked(notifications.list).mock.lastCall?.[0].limit).toBe(100);
    expect(ids(list)).toHaveLength(121);
  });

  it('shows one as read before the server has answered, and as unread again when it refuses', async () => {
    const list = await shown();
    const [first, second] = list.listing.items;
    let fail = (_: Error) => {};
    vi.mocked(notifications.read).mockImplementationOnce(() => new Promise((_, reject) => (fail = reject)));
    const reading = list.read(first!);
    expect(first?.read_at).not.toBeNull();
    fail(new Error('away'));
    await expect(reading).rejects.toThrow('away');
    expect(list.listing.items[0]?.read_at).toBeNull();
    await list.read(second!);
    await list.read(second!);
    expect(notifications.read).toHaveBeenCalledTimes(2);
  });

  it('of what is unread keeps what is read here in its place, until it is made anew', async () => {
    const list = await shown(true);
    await list.read(list.listing.items[1]!);
    stored[1]!.read_at = 'now';
    changed();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(ids(list).slice(0, 3)).toEqual(['n1120', 'n1119', 'n1118']);
    expect(list.listing.items[1]?.read_at).not.toBeNull();
    await list.show(true);
    expect(ids(list).slice(0, 2)).toEqual(['n1120', 'n1118']);
  });

  it('reads again when it was changed while the answer was on its way', async () => {
    const list = await shown();
    changed();
    await vi.advanceTimersByTimeAsync(399);
    const more = list.listing.more();
    await vi.advanceTimersByTimeAsync(2_000);
    await more;
    expect(ids(list)).toHaveLength(20);
    expect(vi.mocked(notifications.list).mock.lastCall?.[0]).toMatchObject({ cursor: null, limit: 20 });
  });
});
