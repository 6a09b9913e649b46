import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem } from '../core/api.ts';
import { live } from '../core/live/live.svelte.ts';
import { directory } from './api.ts';
import { ColleagueList } from './list.svelte.ts';
import { ORGANISATION } from './organisation.ts';
import type { Colleague } from './types.ts';

const colleague = (id: string, title = '') => ({ id, name: id, title }) as Colleague;
const many = Array.from({ length: 60 }, (_, place) => colleague(`person ${place}`));
let tell: (frame: unknown) => void;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(live, 'on').mockImplementation((_, listener) => ((tell = listener as typeof tell), () => undefined));
  vi.spyOn(live, 'onWelcome').mockReturnValue(() => undefined);
  vi.spyOn(directory, 'departments').mockResolvedValue({ items: [], next: null });
});
afterEach(() => (vi.useRealTimers(), vi.restoreAllMocks()));

const changed = (...subjects: string[]) => ({ party: ORGANISATION, changes: subjects.map((subject) => ({ kind: 'colleague_changed', subject })) });

describe('the directory while others change it', () => {
  it('is read again, once for all that comes together, as long as it is short', async () => {
    const search = vi.spyOn(directory, 'search').mockResolvedValue({ items: [colleague('gina')], next: null });
    const list = new ColleagueList();
    await list.show('', null);
    list.follow();
    search.mockResolvedValue({ items: [colleague('gina', 'Lawyer'), colleague('ida')], next: null });
    tell(changed('gina'));
    tell(changed('ida'));
    await vi.runAllTimersAsync();
    expect(list.listing.items.map(({ id, title }) => [id, title])).toEqual([['gina', 'Lawyer'], ['ida', '']]);
    expect(search).toHaveBeenCalledTimes(2);
  });

  it('keeps its length when it was scrolled: who changed is read, who is gone goes', async () => {
    const search = vi.spyOn(directory, 'search').mockResolvedValue({ items: many, next: null });
    const gone = new ApiProblem(404, { code: 'not_found' }, '');
    vi.spyOn(directory, 'person').mockImplementation((id) => (id === 'person 1' ? Promise.reject(gone) : Promise.resolve(colleague(id, 'Buyer'))));
    const list = new ColleagueList();
    await list.show('', null);
    list.follow();
    tell(changed('person 1', 'person 2', 'somebody else'));
    await vi.runAllTimersAsync();
    expect(list.listing.items).toHaveLength(59);
    expect(list.listing.items[1]).toEqual(colleague('person 2', 'Buyer'));
    expect(search).toHaveBeenCalledOnce();
  });

  it('hears nothing of other streams', async () => {
    const search = vi.spyOn(directory, 'search').mockResolvedValue({ items: [], next: null });
    const list = new ColleagueList();
    await list.show('', null);
    list.follow();
    tell({ ...changed('gina'), party: 'a partner' });
    await vi.runAllTimersAsync();
    expect(search).toHaveBeenCalledOnce();
  });
});
