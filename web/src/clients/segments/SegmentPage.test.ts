import { flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, it, vi } from 'vitest';
import { session } from '../../core/session.svelte.ts';
import type { Me } from '../../core/types.ts';
import { turn } from '../../../test/turn.ts';
import { attributes, segments } from '../api.ts';
import type { Segment } from '../types.ts';
import SegmentPage from './SegmentPage.svelte';

let page: Record<string, unknown> | undefined;
afterEach(async () => {
  if (page) await unmount(page);
  vi.restoreAllMocks();
});

const french: Segment = { id: 'french', name: 'French', filter: { kind: 'group', match: 'all', rules: [{ kind: 'language', values: ['fr'] }] }, missing: [], revision: 1 };

it('what is typed while a segment is saved stays', async () => {
  session.me = { id: 'nora', roles: ['employee', 'communications'] } as Me;
  let answer = (_: Segment) => {};
  vi.spyOn(attributes, 'list').mockResolvedValue([]);
  vi.spyOn(segments, 'get').mockResolvedValue(french);
  vi.spyOn(segments, 'count').mockResolvedValue({ count: 1, exact: true, clients: 1, some: [] });
  const change = vi.spyOn(segments, 'change').mockImplementation(() => new Promise((done) => (answer = done)));
  page = mount(SegmentPage, { target: document.body, props: { segment: 'french' } });
  await turn();
  flushSync();
  const name = document.querySelector<HTMLInputElement>('form input')!;
  const type = (words: string) => {
    name.value = words;
    name.dispatchEvent(new Event('input', { bubbles: true }));
    flushSync();
  };
  const form = document.querySelector('form')!;
  type('French guests ');
  form.requestSubmit();
  type('French guests of spring');
  answer({ ...french, name: 'French guests', revision: 2 });
  await turn();
  flushSync();
  expect(name.value).toBe('French guests of spring');
  form.requestSubmit();
  expect(change).toHaveBeenLastCalledWith('french', 2, 'French guests of spring', french.filter);
});
