import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { session } from '../core/session.svelte.ts';
import type { Me } from '../core/types.ts';
import { paths, router } from '../routing/index.ts';
import { turn } from '../../test/turn.ts';
import { clients, segments } from './api.ts';
import ClientsPage from './ClientsPage.svelte';
import type { Segment } from './types.ts';

let page: Record<string, unknown>;
const list = vi.spyOn(clients, 'list').mockResolvedValue({ items: [], next: null });
vi.spyOn(segments, 'list').mockResolvedValue(['french', 'sailors'].map((id) => ({ id, name: id }) as Segment));

const settle = async () => {
  flushSync();
  await turn();
  flushSync();
};
const words = () => document.querySelector<HTMLInputElement>('input[type=search]')!;
const segment = () => document.querySelector<HTMLSelectElement>('select')!;
const type = (text: string) => {
  words().value = text;
  words().dispatchEvent(new Event('input', { bubbles: true }));
};
const choose = (id: string) => {
  segment().value = id;
  segment().dispatchEvent(new Event('change', { bubbles: true }));
};
const address = () => router.path + (router.query.size ? `?${router.query}` : '');

beforeEach(async () => {
  vi.stubGlobal('scrollTo', () => undefined);
  session.me = { id: 'nora', roles: ['employee', 'communications'] } as Me;
  router.go(paths.clients('french'));
  page = mount(ClientsPage, { target: document.body });
  await settle();
});
afterEach(() => unmount(page));

describe('the register', () => {
  it('is searched as a whole', async () => {
    expect(list).toHaveBeenLastCalledWith({ q: '', segment_id: 'french' }, null);
    type('zoe');
    await settle();
    expect([words().value, segment().value, address()]).toEqual(['zoe', '', '/clients']);
    await vi.waitFor(() => expect(list).toHaveBeenLastCalledWith({ q: 'zoe', segment_id: '' }, null));
  });

  it('shows a segment without the words of a search', async () => {
    type('zoe');
    await settle();
    choose('sailors');
    await settle();
    expect([words().value, segment().value, address()]).toEqual(['', 'sailors', '/clients?segment=sailors']);
    expect(list).toHaveBeenLastCalledWith({ q: '', segment_id: 'sailors' }, null);
  });

  it('follows its address', async () => {
    router.go(paths.clients());
    await settle();
    expect(segment().value).toBe('');
    expect(list).toHaveBeenLastCalledWith({ q: '', segment_id: '' }, null);
    router.go(paths.clients('sailors'));
    await settle();
    expect(segment().value).toBe('sailors');
    expect(list).toHaveBeenLastCalledWith({ q: '', segment_id: 'sailors' }, null);
  });
});
