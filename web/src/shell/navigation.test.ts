import { describe, expect, it } from 'vitest';
import type { Me, Role } from '../core/types.ts';
import { destinations, home, mayOpen } from './navigation.ts';

const me = (...roles: Role[]) => ({ id: 'me', name: 'Me', roles, partners: [] }) as unknown as Me;
const places = (who: Me) => destinations(who).map(({ href }) => href);

describe('where one can go', () => {
  it('lets customers write, administrators send and manage, programs send', () => {
    expect(places(me('customer'))).toEqual(['/messages', '/partners']);
    expect(places(me('administrator'))).toEqual(['/partners', '/outbox', '/administration/people']);
    expect(places(me('service'))).toEqual(['/partners', '/outbox']);
  });

  it('begins with what one works on', () => {
    expect(home(me('customer'))).toBe('/messages');
    expect(home(me('administrator'))).toBe('/administration/people');
    expect(home(me('service'))).toBe('/outbox');
    expect(home({ ...me('customer', 'administrator'), partners: [{ id: 'p', name: 'P', picture: null, role: 'owner' }] })).toBe('/inbox/p');
  });

  it('opens a page for whom it is made, and none before it is known', () => {
    const open = (access: Parameters<typeof mayOpen>[0]) => [null, me('customer'), me('service'), me('administrator')].map((who) => mayOpen(access, who));
    expect(open('everyone')).toEqual([true, true, true, true]);
    expect(open('strangers')).toEqual([true, false, false, false]);
    expect(open('people')).toEqual([false, true, true, true]);
    expect(open('senders')).toEqual([false, false, true, true]);
    expect(open('administrators')).toEqual([false, false, false, true]);
    expect(open(undefined)).toEqual([false, false, false, false]);
  });
});
