import { describe, expect, it } from 'vitest';
import { Listing } from './listing.svelte.ts';

/** Pages of two out of what there is; `trouble` stands for a server that does not answer. */
function server(all: string[]) {
  const own = { all, trouble: false };
  const listing = new Listing<string>(async (cursor) => {
    if (own.trouble) throw new Error('away');
    const from = Number(cursor ?? 0);
    return { items: own.all.slice(from, from + 2), next: from + 2 < own.all.length ? String(from + 2) : null };
  });
  return { own, listing };
}

describe('a list that is read anew', () => {
  it('keeps as many pages as its reader has read', async () => {
    const { own, listing } = server(['a', 'b', 'c', 'd', 'e']);
    await listing.restart();
    await listing.more();
    own.all = ['a', 'B', 'c', 'D', 'e'];
    await listing.refresh();
    expect([[...listing.items], listing.next]).toEqual([['a', 'B', 'c', 'D'], '4']);
  });

  it('keeps what it shows when that fails', async () => {
    const { own, listing } = server(['a', 'b']);
    await listing.restart();
    own.trouble = true;
    await listing.refresh();
    expect([[...listing.items], listing.error]).toEqual([['a', 'b'], null]);
  });

  it('gives way to a reader who goes on', async () => {
    const { listing } = server(['a', 'b', 'c']);
    await listing.restart();
    await Promise.all([listing.refresh(), listing.more()]);
    expect([...listing.items]).toEqual(['a', 'b', 'c']);
  });
});
