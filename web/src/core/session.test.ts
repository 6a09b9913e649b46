import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Me } from './types.ts';

const claire = { id: 'claire', name: 'Claire', partners: [] as Me['partners'] } as Me;

describe('signing in', () => {
  let session: (typeof import('./session.svelte.ts'))['session'];
  const answers = (me: Me) => vi.spyOn(globalThis, 'fetch').mockImplementation(async () => Response.json(me));

  beforeEach(async () => {
    vi.resetModules();
    ({ session } = await import('./session.svelte.ts'));
  });
  afterEach(() => vi.restoreAllMocks());

  it('waits for what only signed-in people need', async () => {
    let came = () => {};
    session.equipWith(() => new Promise((resolve) => (came = resolve)));
    const entering = session.enter(claire);
    expect(session.me).toBeNull();
    came();
    await entering;
    expect(session.me).toEqual(claire);
  });

  it('has it fetched once, whoever asks', async () => {
    const fetched = vi.fn(async () => {});
    session.equipWith(fetched);
    session.equip();
    await session.enter(claire);
    session.set(null);
    await session.enter(claire);
    expect(fetched).toHaveBeenCalledOnce();
  });

  it('fails as without a network where it does not come, and fetches it again the next time', async () => {
    const fetched = vi.fn(async () => {}).mockRejectedValueOnce(new TypeError('Failed to fetch dynamically imported module'));
    session.equipWith(fetched);
    await expect(session.enter(claire)).rejects.toMatchObject({ name: 'NetworkFailure' });
    expect(session.me).toBeNull();
    await session.enter(claire);
    expect(session.me).toEqual(claire);
  });

  it('is a failure of the first question, too, which can be asked again', async () => {
    answers(claire);
    let away = true;
    session.equipWith(async () => {
      if (away) throw new TypeError();
    });
    await session.refresh();
    expect([session.ready, session.failure]).toEqual([false, expect.objectContaining({ name: 'NetworkFailure' })]);
    away = false;
    await session.refresh();
    expect([session.ready, session.failure, session.me]).toEqual([true, null, claire]);
  });

  it('is not held up where nobody is signed in', async () => {
    vi.spyOn(globalThis, 'fetch').mockImplementation(async () => Response.json({ code: 'unauthenticated' }, { status: 401 }));
    session.equipWith(() => new Promise(() => {}));
    await session.refresh();
    expect([session.ready, session.me]).toEqual([true, null]);
  });

  it('tells at once who it is, and when it is somebody else or nobody', () => {
    const told: (string | null)[] = [];
    session.onPerson((person) => told.push(person));
    session.set(claire);
    session.set({ ...claire, name: 'Claire Dubois' });
    session.set({ ...claire, id: 'oliver' });
    session.set(null);
    expect(told).toEqual(['claire', 'oliver', null]);
  });
});
