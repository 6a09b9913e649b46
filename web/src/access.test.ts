import { describe, expect, it } from 'vitest';
import { mayOpen } from './access.ts';
import type { Me, Role } from './core/types.ts';

const me = (...roles: Role[]) => ({ id: 'me', name: 'Me', roles, partners: [] }) as unknown as Me;

describe('access', () => {
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
