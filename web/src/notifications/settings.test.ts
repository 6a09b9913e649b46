import { beforeEach, describe, expect, it, vi } from 'vitest';
import { turn } from '../../test/turn.ts';
import type { Me } from '../core/types.ts';
import type { Settings, SettingsChanges } from './types.ts';

const base: Settings = {
  quiet_from: null,
  quiet_until: null,
  do_not_disturb: false,
  do_not_disturb_until: null,
  reach: [],
  rules: [{ kind: 'message', channel: 'push', enabled: true, delay_seconds: 30, shortest_delay_seconds: 0 }],
};
let held = base;
const answers: ((error?: Error) => void)[] = [];
vi.mock('./api.ts', () => ({
  notifications: {
    settings: vi.fn(async () => held),
    change: vi.fn(
      (changes: SettingsChanges) =>
        new Promise<Settings>((resolve, reject) =>
          answers.push((error) => {
            if (error) return reject(error);
            held = applied(held, changes);
            resolve(held);
          }),
        ),
    ),
  },
}));
const { applied } = await import('./changes.ts');
const { settings } = await import('./settings.svelte.ts');
const { notifications } = await import('./api.ts');
const { session } = await import('../core/session.svelte.ts');

const push = () => settings.current?.rules[0];
const off = { rules: [{ kind: 'message', channel: 'push', enabled: false }] } satisfies SettingsChanges;

describe('settings that take effect at once', () => {
  beforeEach(async () => {
    held = base;
    answers.length = 0;
    vi.mocked(notifications.change).mockClear();
    session.set({ id: crypto.randomUUID() } as Me);
    await settings.load();
  });

  it('show a change before the server has taken it', async () => {
    const taken = settings.change('message push', off);
    expect(push()?.enabled).toBe(false);
    expect(settings.saving).toBe(true);
    await turn();
    answers[0]!();
    expect(await taken).toBe(true);
    expect(push()?.enabled).toBe(false);
    expect(settings.saving).toBe(false);
  });

  it('send one after the other, and an early answer takes nothing back', async () => {
    void settings.change('message push', off);
    const last = settings.change('quiet', { quiet_from: '22:00', quiet_until: '07:00' });
    await turn();
    expect(notifications.change).toHaveBeenCalledTimes(1);
    answers[0]!();
    await turn();
    expect(settings.current).toMatchObject({ quiet_from: '22:00' });
    answers[1]!();
    await last;
    expect(push()?.enabled).toBe(false);
    expect(settings.current).toMatchObject({ quiet_from: '22:00' });
  });

  it('take back only what was refused, and say why where it stands', async () => {
    const refused = settings.change('message push', off);
    const taken = settings.change('quiet', { quiet_from: '22:00', quiet_until: '07:00' });
    await turn();
    answers[0]!(new Error('no'));
    expect(await refused).toBe(false);
    expect(push()?.enabled).toBe(true);
    expect(settings.errorOf('message push')).toBeInstanceOf(Error);
    expect(settings.errorOf('quiet')).toBeNull();
    await turn();
    answers[1]!();
    expect(await taken).toBe(true);
    void settings.change('message push', off);
    expect(settings.errorOf('message push')).toBeNull();
    await turn();
    answers[2]!();
    await turn();
  });

  it('believe what was taken more than a reading from before', async () => {
    let answer = (_: Settings) => {};
    vi.mocked(notifications.settings).mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
    const reading = settings.load();
    const taken = settings.change('message push', off);
    await turn();
    answers[0]!();
    await taken;
    answer(base);
    await reading;
    expect(push()?.enabled).toBe(false);
  });

  it('are nothing to the next person at the same browser', async () => {
    void settings.change('message push', off);
    const second = settings.change('quiet', { quiet_from: '22:00', quiet_until: '07:00' });
    await turn();
    session.set({ id: crypto.randomUUID() } as Me);
    answers[0]!();
    expect(await second).toBe(false);
    expect(notifications.change).toHaveBeenCalledTimes(1);
    expect(settings.current).toBeNull();
  });
});
