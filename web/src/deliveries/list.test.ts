import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { DeliveryNews, Frame } from '../core/live/frames.ts';
import type { Delivery } from './types.ts';

let onFrame: (frame: Extract<Frame, { type: 'deliveries' }>) => void;
let welcome: () => Promise<void>;
vi.mock('../core/live/live.svelte.ts', () => ({
  live: {
    on: (_: string, listener: typeof onFrame) => ((onFrame = listener), () => undefined),
    onWelcome: (reader: typeof welcome) => ((welcome = reader), () => undefined),
  },
}));
const stored: Delivery[] = [];
vi.mock('./api.ts', () => ({
  deliveries: {
    list: vi.fn(async (_filter: unknown, cursor: string | null, limit: number) => {
      const from = stored.filter(({ id }) => !cursor || id < Number(cursor));
      const items = from.slice(0, limit).map((delivery) => ({ ...delivery }));
      return { items, next: from.length > limit ? String(items.at(-1)!.id) : null };
    }),
  },
}));
const { DeliveryList } = await import('./list.svelte.ts');
const { deliveries } = await import('./api.ts');

const message = (id: number) => ({ id, status: 'CREATED', reason: null, sequence: 0, changed_at: '' }) as unknown as Delivery;
const news = (id: number, sequence: number, status: DeliveryNews['status']): DeliveryNews => ({ id, sequence, status, public_status: status, reason: null, changed_at: 'now' });
const receive = (...changed: DeliveryNews[]) => onFrame({ type: 'deliveries', owner: 'robot', changed });
const nothing = { channel: '', status: '', gateway: '', q: '' };

describe('the list of the outbox', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    stored.splice(0, stored.length, ...Array.from({ length: 120 }, (_, index) => message(120 - index)));
    vi.mocked(deliveries.list).mockClear();
  });

  async function shown() {
    const list = new DeliveryList();
    await list.show({ ...nothing });
    list.follow();
    return list;
  }

  it('takes over what is newer and ignores what is older', async () => {
    const { listing } = await shown();
    receive(news(119, 2, 'DELIVERED'), news(119, 1, 'SENT'));
    expect(listing.items.find(({ id }) => id === 119)).toMatchObject({ status: 'DELIVERED', sequence: 2 });
  });

  it('reads the head once when messages come that it does not know, and keeps what was loaded', async () => {
    const { listing } = await shown();
    await listing.more();
    expect(listing.items).toHaveLength(100);
    stored.unshift(message(122), message(121));
    receive(news(121, 1, 'SENT'), news(122, 1, 'SENT'));
    receive(news(122, 2, 'DELIVERED'));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(deliveries.list).toHaveBeenCalledTimes(3);
    expect(listing.items.map(({ id }) => id)).toEqual(Array.from({ length: 102 }, (_, index) => 122 - index));
    await listing.more();
    expect(listing.items.at(-1)?.id).toBe(1);
  });

  it('asks for nothing when an old message changes that is not shown', async () => {
    await shown();
    receive(news(3, 1, 'SENT'));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(deliveries.list).toHaveBeenCalledTimes(1);
  });

  it('reads as much as it shows after a reconnection', async () => {
    const { listing } = await shown();
    await listing.more();
    stored[60]!.status = 'DELIVERED';
    await welcome();
    expect(listing.items.length).toBeGreaterThanOrEqual(100);
    expect(listing.items[60]).toMatchObject({ id: 60, status: 'DELIVERED' });
  });

  it('believes news more than an answer that was on its way when they came', async () => {
    const list = await shown();
    let answer = (_: { items: Delivery[]; next: null }) => {};
    vi.mocked(deliveries.list).mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
    const reading = list.listing.restart();
    receive(news(120, 2, 'DELIVERED'));
    answer({ items: [{ ...message(120), sequence: 1, status: 'SENT' } as Delivery], next: null });
    await reading;
    expect(list.listing.items[0]).toMatchObject({ id: 120, status: 'DELIVERED', sequence: 2 });
  });

  it('leaves an answer aside that the filter has overtaken', async () => {
    const list = await shown();
    let answer = (_: { items: Delivery[]; next: null }) => {};
    vi.mocked(deliveries.list).mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
    receive(news(121, 1, 'SENT'));
    vi.advanceTimersByTime(1_000);
    await list.show({ ...nothing, channel: 'email' });
    answer({ items: [message(121)], next: null });
    await vi.advanceTimersByTimeAsync(1);
    expect(list.listing.items[0]?.id).toBe(120);
  });
});
