import { afterEach, expect, it, vi } from 'vitest';
import { api, NetworkFailure } from '../core/api.ts';
import { Search } from './search.svelte.ts';

afterEach(() => vi.restoreAllMocks());

it('what was found stays when more of it does not come', async () => {
  const page = (id: string, next: string | null) => ({ chats: { items: [{ id }], next } });
  const get = vi.spyOn(api, 'get').mockResolvedValueOnce(page('a', '2'));
  const search = new Search();
  await search.ask('boat', 'newest');
  const failure = new NetworkFailure();
  get.mockRejectedValueOnce(failure);
  await search.more('chats', 'newest');
  expect([search.error, search.moreError, search.adding]).toEqual([null, failure, null]);
  get.mockResolvedValueOnce(page('b', null));
  await search.more('chats', 'newest');
  expect([search.moreError, search.results?.chats?.items.map((each) => each.id)]).toEqual([null, ['a', 'b']]);
});
