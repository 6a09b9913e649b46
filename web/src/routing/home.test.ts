import { describe, expect, it } from 'vitest';
import type { Me, Role } from '../core/types.ts';
import { home } from './home.ts';

const me = (...roles: Role[]) => ({ id: 'me', name: 'Me', roles, partners: [] }) as unknown as Me;

describe('the first page', () => {
  it('is what one works on', () => {
    expect(home(me('customer'))).toBe('/messages');
    expect(home(me('administrator'))).toBe('/administration/people');
    expect(home(me('employee'))).toBe('/chats');
    expect(home(me('customer', 'employee'))).toBe('/messages');
    expect(home(me('service'))).toBe('/outbox');
    expect(home({ ...me('customer', 'administrator'), partners: [{ id: 'p', name: 'P', picture: null, role: 'owner' }] })).toBe('/inbox/p');
  });
});
