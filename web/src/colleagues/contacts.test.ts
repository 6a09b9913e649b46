import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { live } from '../core/live/live.svelte.ts';
import { session } from '../core/session.svelte.ts';
import type { Me } from '../core/types.ts';
import { toasts } from '../ui/toasts.svelte.ts';
import { contactApi } from './api.ts';
import { Contacts } from './contacts.svelte.ts';
import { placed } from './order.ts';
import { ORGANISATION } from './organisation.ts';
import type { Colleague, Contact } from './types.ts';

const contact = (id: string, is_favourite = false): Contact => ({ person: { id, name: id } as Colleague, is_favourite });
const named = (items: Contact[]) => items.map(({ person, is_favourite }) => person.id + (is_favourite ? '*' : ''));

describe('the place of a contact', () => {
  const list = [contact('gina', true), contact('hugo'), contact('ida'), contact('jan')];

  it('is among its equals, at the end of those it comes to', () => {
    expect(named(placed(list, contact('jan', true)))).toEqual(['gina*', 'jan*', 'hugo', 'ida']);
    expect(named(placed(list, contact('gina')))).toEqual(['hugo', 'ida', 'jan', 'gina']);
    expect(named(placed(list, contact('kim')))).toEqual(['gina*', 'hugo', 'ida', 'jan', 'kim']);
  });

  it('is kept, or the one that is given', () => {
    expect(named(placed(list, contact('ida')))).toEqual(named(list));
    expect(named(placed(list, contact('jan'), 0))).toEqual(['gina*', 'jan', 'hugo', 'ida']);
    expect(named(placed(list, contact('hugo'), 2))).toEqual(['gina*', 'ida', 'jan', 'hugo']);
  });
});

describe('the contact list', () => {
  let held: Contact[];
  let tell: (party: string, kind: string, subject: string) => void;
  let leave: () => void;
  let contacts: Contacts;

  beforeEach(async () => {
    vi.useFakeTimers();
    session.me = { id: 'me', roles: ['employee'] } as unknown as Me;
    held = [contact('gina'), contact('hugo')];
    vi.spyOn(contactApi, 'list').mockImplementation(async () => ({ items: held, next: null }));
    vi.spyOn(live, 'on').mockImplementation((_, listener) => {
      tell = (party, kind, subject) => (listener as (frame: unknown) => void)({ party, changes: [{ kind, subject }] });
      return () => undefined;
    });
    contacts = new Contacts();
    leave = contacts.follow();
    await vi.runAllTimersAsync();
  });
  afterEach(() => {
    leave();
    session.me = null;
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it('shows a change at once, and asks the server once it is taken', async () => {
    let taken = () => {};
    const put = vi.spyOn(contactApi, 'put').mockImplementation(() => new Promise((resolve) => (taken = () => resolve(contact('hugo')))));
    void contacts.move('hugo', 0);
    expect(named(contacts.items)).toEqual(['hugo', 'gina']);
    expect(put).toHaveBeenCalledWith('hugo', { position: 0 });
    // Read before it was taken: older than what is shown.
    await contacts.load();
    expect(named(contacts.items)).toEqual(['hugo', 'gina']);
    held = [contact('hugo'), contact('gina'), contact('ida')];
    taken();
    await vi.runAllTimersAsync();
    expect(named(contacts.items)).toEqual(['hugo', 'gina', 'ida']);
  });

  it('takes a change back that the server does not take, and says so', async () => {
    vi.spyOn(contactApi, 'remove').mockRejectedValue(new Error('cut'));
    const say = vi.spyOn(toasts, 'say');
    void contacts.remove('gina');
    expect(named(contacts.items)).toEqual(['hugo']);
    await vi.runAllTimersAsync();
    expect(named(contacts.items)).toEqual(['gina', 'hugo']);
    expect(say).toHaveBeenCalledWith(expect.any(String), 'danger');
  });

  it('follows other devices, and colleagues on it who change or leave', async () => {
    const list = vi.mocked(contactApi.list);
    const before = list.mock.calls.length;
    tell(ORGANISATION, 'colleague_changed', 'nobody on it');
    tell('a partner', 'contacts_changed', 'gina');
    await vi.runAllTimersAsync();
    expect(list.mock.calls).toHaveLength(before);
    held = [contact('hugo')];
    tell(ORGANISATION, 'colleague_changed', 'gina');
    await vi.runAllTimersAsync();
    held = [contact('hugo', true)];
    tell('me', 'contacts_changed', 'hugo');
    await vi.runAllTimersAsync();
    expect(named(contacts.items)).toEqual(['hugo*']);
    expect(named(contacts.favourites)).toEqual(['hugo*']);
  });

  it('is nothing to who is no employee', async () => {
    session.me = { id: 'me', roles: ['administrator'] } as unknown as Me;
    const before = vi.mocked(contactApi.list).mock.calls.length;
    new Contacts().follow()();
    await vi.runAllTimersAsync();
    expect(vi.mocked(contactApi.list).mock.calls).toHaveLength(before);
  });
});
