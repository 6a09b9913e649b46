import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';

type Handler = (event: unknown) => void;

/** The service worker with a window that is open, or none. */
function worker(pages: ReturnType<typeof page>[], scopePath = '/') {
  const handlers: Record<string, Handler> = {};
  const scope = {
    location: { origin: 'https://talk.example' },
    addEventListener: (type: string, handler: Handler) => (handlers[type] = handler),
    registration: { scope: `https://talk.example${scopePath}`, pushManager: { subscribe: vi.fn(async () => fresh) } },
    clients: { matchAll: async () => pages, openWindow: vi.fn() },
  };
  const fetched = vi.fn(async (_url: string, { method }: { method: string }) => ({
    ok: true,
    status: method === 'DELETE' ? 204 : 200,
    json: async () => ({ items: [{ id: 'one', endpoint: 'old', label: 'Chrome on Linux' }] }),
  }));
  new Function('self', 'fetch', readFileSync('public/sw.js', 'utf8'))(scope, fetched);
  const happen = async (type: string, event: object) => {
    const waits: Promise<unknown>[] = [];
    handlers[type]!({ ...event, waitUntil: (wait: Promise<unknown>) => waits.push(wait) });
    await Promise.all(waits);
  };
  return { scope, fetched, happen };
}

const fresh = { toJSON: () => ({ endpoint: 'new', keys: { p256dh: 'p', auth: 'a' } }) };
const page = (visibilityState: string, path = '/profile', focused = false) => ({ url: `https://talk.example${path}`, visibilityState, focused, postMessage: vi.fn(), focus: vi.fn() });
const pressed = (url: string) => ({ notification: { close: vi.fn(), data: { url } } });

describe('the service worker', () => {
  it('leads a page that is open to its place, the visible one first', async () => {
    const [hidden, visible] = [page('hidden'), page('visible')];
    const { scope, happen } = worker([hidden, visible]);
    const press = pressed('/messages');
    await happen('notificationclick', press);
    expect(press.notification.close).toHaveBeenCalled();
    expect(visible.postMessage).toHaveBeenCalledWith({ type: 'open', url: '/messages' });
    expect(visible.focus).toHaveBeenCalled();
    expect(hidden.postMessage).not.toHaveBeenCalled();
    expect(scope.clients.openWindow).not.toHaveBeenCalled();
  });

  it('prefers the page that is in use to one that is visible beside it', async () => {
    const [beside, inUse] = [page('visible'), page('visible', '/messages', true)];
    const { happen } = worker([beside, inUse]);
    await happen('notificationclick', pressed('/notifications'));
    expect(inUse.focus).toHaveBeenCalled();
    expect(beside.postMessage).not.toHaveBeenCalled();
  });

  it('leaves alone what cannot be led: a file or the documentation', async () => {
    const [file, docs] = [page('visible', '/api/v1/files/1', true), page('visible', '/docs')];
    const { scope, happen } = worker([file, docs]);
    await happen('notificationclick', pressed('/messages'));
    expect(file.focus).not.toHaveBeenCalled();
    expect(docs.postMessage).not.toHaveBeenCalled();
    expect(scope.clients.openWindow).toHaveBeenCalledWith('/messages');
  });

  it('opens a window where there is none', async () => {
    const { scope, happen } = worker([]);
    await happen('notificationclick', pressed('/messages'));
    expect(scope.clients.openWindow).toHaveBeenCalledWith('/messages');
  });

  it('tells the server of a subscription that was made anew, under its former name', async () => {
    const { fetched, happen } = worker([]);
    await happen('pushsubscriptionchange', { oldSubscription: { endpoint: 'old', options: { userVisibleOnly: true } } });
    const said = fetched.mock.calls.map(([url, { method }]) => `${method} ${url}`);
    expect(said).toEqual(['GET /api/v1/push/subscriptions', 'POST /api/v1/push/subscriptions', 'DELETE /api/v1/push/subscriptions/one']);
    const [, options] = fetched.mock.calls[1] as unknown as [string, { body: string }];
    expect(JSON.parse(options.body)).toEqual({ endpoint: 'new', keys: { p256dh: 'p', auth: 'a' }, label: 'Chrome on Linux' });
  });

  it('tells of news under their former secret, without asking who is signed in', async () => {
    const { fetched, happen } = worker([], '/news/');
    const toJSON = () => ({ endpoint: 'old', keys: { p256dh: 'q', auth: 'secret' } });
    await happen('pushsubscriptionchange', { oldSubscription: { endpoint: 'old', options: {}, toJSON } });
    expect(fetched.mock.calls.map(([url, { method }]) => `${method} ${url}`)).toEqual(['POST /api/v1/push/broadcast-subscriptions']);
    const [, options] = fetched.mock.calls[0] as unknown as [string, { body: string }];
    expect(JSON.parse(options.body)).toEqual({ endpoint: 'new', keys: { p256dh: 'p', auth: 'a' }, replaces: { endpoint: 'old', auth: 'secret' } });
  });
});
