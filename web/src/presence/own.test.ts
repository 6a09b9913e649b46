import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { turn } from '../../test/turn.ts';
import type { OwnPresence } from '../core/presenceTypes.ts';
import type { Me } from '../core/types.ts';

let tell: (frame: { people: { id: string }[] }) => void;
vi.mock('../core/live/live.svelte.ts', () => ({ live: { on: (_: string, listener: typeof tell) => (tell = listener), onWelcome: vi.fn() } }));
const { own } = await import('./own.svelte.ts');
const { presenceApi } = await import('./api.ts');
const { session } = await import('../core/session.svelte.ts');

const presence = (how: Partial<OwnPresence> = {}): OwnPresence => ({
  id: 'gina', status: 'available', chosen: null, until: null, custom: null, last_seen_hidden: false, ...how,
});

beforeEach(async () => {
  session.me = { id: 'gina', roles: ['employee'] } as unknown as Me;
  vi.spyOn(presenceApi, 'own').mockResolvedValue(presence());
  await own.load();
});
afterEach(() => vi.restoreAllMocks());

describe('one’s own presence', () => {
  it('shows what was chosen at once', async () => {
    const taken = presence({ status: 'do_not_disturb', chosen: 'do_not_disturb' });
    vi.spyOn(presenceApi, 'setStatus').mockResolvedValue(taken);
    const choosing = own.choose('do_not_disturb');
    expect(own.current?.status).toBe('do_not_disturb');
    await choosing;
    expect(own.current).toBe(taken);
  });

  it('is what it was, with the reason, when it was not taken', async () => {
    const cut = new Error('cut');
    vi.spyOn(presenceApi, 'setStatus').mockRejectedValue(cut);
    await own.choose('away');
    expect([own.current?.chosen, own.failure]).toEqual([null, cut]);
  });

  it('follows one’s other devices, and nobody else', async () => {
    const asked = vi.spyOn(presenceApi, 'own').mockResolvedValue(presence({ status: 'away', chosen: 'away' }));
    asked.mockClear();
    tell({ people: [{ id: 'hugo' }] });
    await turn();
    expect(asked).not.toHaveBeenCalled();
    tell({ people: [{ id: 'gina' }] });
    await turn();
    expect(own.current?.chosen).toBe('away');
  });

  it('is not overtaken by the answer to an earlier question', async () => {
    let late = (_: OwnPresence) => {};
    vi.spyOn(presenceApi, 'own').mockImplementation(() => new Promise((resolve) => (late = resolve)));
    const reading = own.load();
    own.put(presence({ chosen: 'away' }));
    late(presence());
    await reading;
    expect(own.current?.chosen).toBe('away');
  });

  it('is read anew for the next person', async () => {
    session.me = { id: 'hugo', roles: ['employee'] } as unknown as Me;
    let come = (_: OwnPresence) => {};
    vi.spyOn(presenceApi, 'own').mockImplementation(() => new Promise((resolve) => (come = resolve)));
    const reading = own.load();
    expect(own.current).toBeNull();
    come(presence({ id: 'hugo' }));
    await reading;
    expect(own.current?.id).toBe('hugo');
  });
});
