import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { PartyChange } from '../core/live/frames.ts';
import type { ContactRequest, RequestDetails } from './types.ts';

let onFrame: (frame: { party: string; changes: PartyChange[] }) => void;
let welcome: () => Promise<void>;
vi.mock('../core/live/live.svelte.ts', () => ({
  live: {
    on: (_: string, listener: typeof onFrame) => ((onFrame = listener), () => undefined),
    onWelcome: (reader: typeof welcome) => ((welcome = reader), () => undefined),
  },
}));
let stored: ContactRequest[] = [];
vi.mock('./api.ts', () => ({
  requests: {
    list: vi.fn(async (_partner: string, { state }: { state: string }, cursor: string | null, limit: number) => {
      const from = stored.filter((request) => (!state || request.state === state) && (!cursor || request.created_at < cursor));
      const items = from.slice(0, limit).map((request) => ({ ...request }));
      return { items, next: from.length > limit ? items.at(-1)!.created_at : null };
    }),
    details: vi.fn(async (_: string, id: string) => ({ ...stored.find((request) => request.id === id), steps: [], others: [] })),
    move: vi.fn(async (_: string, id: string, state: string) => ({ ...stored.find((request) => request.id === id), state, steps: [], others: [] })),
  },
}));
const { RequestList, merged } = await import('./list.svelte.ts');
const { OpenRequest, READ_AFTER } = await import('./openRequest.svelte.ts');
const { requests } = await import('./api.ts');

const time = (minute: number) => new Date(Date.UTC(2026, 2, 12, 0, minute)).toISOString();
const request = (minute: number, more: Partial<ContactRequest> = {}) =>
  ({ id: `r${minute}`, state: 'new', created_at: time(minute), changed_at: time(minute), ...more }) as ContactRequest;
const receive = (kind: PartyChange['kind'], ...subjects: string[]) => onFrame({ party: 'p', changes: subjects.map((subject, number) => ({ number, kind, subject, at: '' })) });
function look(shown: boolean) {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(!shown);
  document.dispatchEvent(new Event('visibilitychange'));
}
const nothing = { state: '', advert_id: '', assigned_to: '', q: '' };

beforeEach(() => {
  vi.useFakeTimers();
  stored = Array.from({ length: 90 }, (_, index) => request(90 - index));
  vi.clearAllMocks();
});

describe('the list of contact requests', () => {
  async function shown(filter = nothing) {
    const list = new RequestList('p');
    await list.show(filter);
    list.follow();
    return list;
  }

  it('puts new requests in front, reading once for many, and keeps what was loaded', async () => {
    const { listing } = await shown();
    await listing.more();
    expect(listing.items).toHaveLength(80);
    stored = [request(92), request(91), ...stored];
    receive('contact_requested', 'r91');
    receive('contact_requested', 'r92');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(requests.list).toHaveBeenCalledTimes(3);
    expect(listing.items.slice(0, 3).map(({ id }) => id)).toEqual(['r92', 'r91', 'r90']);
    await listing.more();
    expect(listing.items).toHaveLength(92);
    expect(listing.items.at(-1)?.id).toBe('r1');
  });

  it('reads a changed request alone when it is shown, and not at all when it is not', async () => {
    const { listing } = await shown();
    stored[3] = request(87, { state: 'done', changed_at: time(99) });
    receive('contact_request_changed', 'r87', 'r1');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(vi.mocked(requests.details).mock.calls).toEqual([['p', 'r87']]);
    expect(listing.items[3]).toMatchObject({ id: 'r87', state: 'done' });
  });

  it('lets in only what fits the filter, and leaves what did until the next reading', async () => {
    const list = await shown({ ...nothing, state: 'new' });
    stored = [request(91, { state: 'done' }), ...stored];
    receive('contact_requested', 'r91');
    list.put(request(90, { state: 'seen', changed_at: time(99) }));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(list.listing.items[0]).toMatchObject({ id: 'r90' });
    expect(list.listing.items.some(({ id }) => id === 'r91')).toBe(false);
  });

  it('does not go back to an older version', async () => {
    const list = await shown();
    list.put(request(90, { state: 'done', changed_at: time(99) }));
    list.put(request(90, { state: 'seen', changed_at: time(98) }));
    expect(list.listing.items[0]).toMatchObject({ state: 'done' });
  });

  it('reads as much as it shows after a reconnection, and many changes together', async () => {
    const { listing } = await shown();
    await listing.more();
    stored[60] = request(30, { state: 'spam' });
    await welcome();
    expect(listing.items).toHaveLength(90);
    expect(listing.items[60]).toMatchObject({ id: 'r30', state: 'spam' });
    receive('contact_request_changed', ...listing.items.slice(0, 20).map(({ id }) => id));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(requests.details).not.toHaveBeenCalled();
  });

  it('is in order however its parts come', () => {
    expect(merged([request(2), request(1)], [request(3), request(1)]).map(({ id }) => id)).toEqual(['r3', 'r2', 'r1']);
  });
});

describe('an open request', () => {
  it('has been seen once it was read for a moment, and may be put back', async () => {
    const changed: string[] = [];
    const watch = new OpenRequest('p', 'r90', ({ state }) => changed.push(state));
    watch.follow();
    await vi.advanceTimersByTimeAsync(READ_AFTER - 1);
    expect(requests.move).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(requests.move).toHaveBeenCalledExactlyOnceWith('p', 'r90', 'seen');
    expect(watch.details?.state).toBe('seen');
    receive('contact_request_changed', 'r90');
    await vi.advanceTimersByTimeAsync(1);
    expect(watch.details?.state).toBe('new');
    expect(requests.move).toHaveBeenCalledTimes(1);
    expect(changed).toEqual(['new', 'seen', 'new']);
  });

  it('was not seen by who goes on at once, or looks at something else', async () => {
    const leave = new OpenRequest('p', 'r90', () => undefined).follow();
    await vi.advanceTimersByTimeAsync(READ_AFTER - 1);
    leave();
    await vi.advanceTimersByTimeAsync(READ_AFTER);
    new OpenRequest('p', 'r90', () => undefined).follow();
    await vi.advanceTimersByTimeAsync(READ_AFTER - 1);
    look(false);
    await vi.advanceTimersByTimeAsync(READ_AFTER);
    expect(requests.move).not.toHaveBeenCalled();
    look(true);
    await vi.advanceTimersByTimeAsync(READ_AFTER);
    expect(requests.move).toHaveBeenCalledExactlyOnceWith('p', 'r90', 'seen');
  });

  it('is not changed by an answer that was on its way before', async () => {
    stored[0] = request(90, { state: 'seen' });
    const watch = new OpenRequest('p', 'r90', () => undefined);
    await watch.read();
    let answer = (_: RequestDetails) => {};
    vi.mocked(requests.details).mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
    const reading = watch.read();
    await watch.move('done');
    answer({ ...request(90, { state: 'seen' }), steps: [], others: [] });
    await reading;
    expect(watch.details?.state).toBe('done');
  });
});
