import { describe, expect, it } from 'vitest';
import type { Me, Role } from '../core/types.ts';
import { destinations, onPhone } from './navigation.ts';

const me = (...roles: Role[]) => ({ id: 'me', name: 'Me', roles, partners: [] }) as unknown as Me;
const places = (who: Me) => destinations(who).map(({ href }) => href);

describe('where one can go', () => {
  it('lets customers write, administrators send and manage, programs send', () => {
    expect(places(me('customer'))).toEqual(['/messages', '/partners']);
    expect(places(me('administrator'))).toEqual(['/colleagues', '/partners', '/outbox', '/clients', '/communications', '/administration/people']);
    expect(places(me('employee'))).toEqual(['/chats', '/messages', '/colleagues', '/partners']);
    expect(places(me('service'))).toEqual(['/partners', '/outbox']);
    expect(places(me('employee', 'communications'))).toContain('/clients');
    expect(places(me('customer', 'communications'))).not.toContain('/clients');
  });

  it('stands in the bar of a phone as far as there is room, and leads to the rest', () => {
    const [few, many] = [destinations(me('administrator')).slice(0, 5), destinations(me('employee', 'administrator'))];
    expect([few.length, onPhone(few)]).toEqual([5, 5]);
    expect([many.length, onPhone(many)]).toEqual([7, 4]);
  });
});
