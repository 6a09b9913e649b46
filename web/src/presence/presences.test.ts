import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Presence } from '../core/presenceTypes.ts';
import type { Me } from '../core/types.ts';

vi.mock('../core/session.svelte.ts', () => ({ session: { me: null, onSignedOut: vi.fn() } }));
const { GATHER, LINGER, MOST, Presences } = await import('./presences.svelte.ts');
const { session } = await import('../core/session.svelte.ts');

let named: string[][];
let tell: (frame: { snapshot: boolean; people: Presence[] }) => void;
let welcome: () => Promise<void>;

function page() {
  return new Presences({
    on: (_, listener) => ((tell = listener as unknown as typeof tell), () => undefined),
    onWelcome: (reader) => ((welcome = reader), () => undefined),
    send: (frame) => frame.type === 'show_presence' && named.push(frame.people),
  });
}
const presence = (id: string, status: Presence['status']): Presence => ({ id, status, until: null, last_seen_at: null, custom: null });

beforeEach(() => {
  vi.useFakeTimers();
  session.me = { roles: ['employee'] } as unknown as Me;
  named = [];
});
afterEach(() => vi.useRealTimers());

describe('who is shown', () => {
  it('is named together, once, however often they are on the page', () => {
    const presences = page();
    for (const id of ['gina', 'hugo', 'gina']) presences.show(id);
    vi.advanceTimersByTime(GATHER);
    expect(named).toEqual([['gina', 'hugo']]);
    presences.show('hugo');
    vi.advanceTimersByTime(GATHER * 10);
    expect(named).toHaveLength(1);
  });

  it('is let go of after a while, unless they are back', () => {
    const presences = page();
    const leave = ['gina', 'hugo', 'ida'].map((id) => presences.show(id));
    vi.advanceTimersByTime(GATHER);
    for (const each of leave) each();
    presences.show('ida');
    vi.advanceTimersByTime(LINGER);
    expect(named).toEqual([['gina', 'hugo', 'ida'], ['ida']]);
  });

  it('is named again after each welcome', async () => {
    const presences = page();
    presences.show('gina');
    await welcome();
    await welcome();
    expect(named).toEqual([['gina'], ['gina']]);
  });

  it('is never more than the server tells of, nor named faster than it may be', () => {
    const presences = page();
    for (let number = 0; number < MOST + 5; number += 1) presences.show(`person ${number}`);
    vi.advanceTimersByTime(GATHER);
    expect(named[0]).toHaveLength(MOST);
    expect(named[0]?.at(-1)).toBe(`person ${MOST + 4}`);
    presences.show('one more');
    vi.advanceTimersByTime(4_000);
    expect(named).toHaveLength(1);
    vi.advanceTimersByTime(2_000);
    expect(named).toHaveLength(2);
  });

  it('is nobody for who is no employee', () => {
    session.me = { roles: ['customer'] } as unknown as Me;
    page().show('gina');
    vi.advanceTimersByTime(GATHER);
    expect(named).toEqual([]);
  });
});

describe('what is known of them', () => {
  it('is the last that was told, and nothing of whom a snapshot leaves out', () => {
    const presences = page();
    tell({ snapshot: true, people: [presence('gina', 'available'), presence('hugo', 'away')] });
    tell({ snapshot: false, people: [presence('gina', 'do_not_disturb')] });
    expect([presences.of('gina')?.status, presences.of('hugo')?.status]).toEqual(['do_not_disturb', 'away']);
    tell({ snapshot: true, people: [presence('hugo', 'offline')] });
    expect([presences.of('gina')?.status, presences.of('hugo')?.status]).toEqual([undefined, 'offline']);
  });
});
