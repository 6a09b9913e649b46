import { describe, expect, it, vi } from 'vitest';
import { clock } from '../i18n/clock.svelte.ts';
import type { Level, TopicException } from './types.ts';

let held: TopicException = { topic_id: 'c', level: 'all', until: null };
vi.mock('./api.ts', () => ({
  notifications: {
    exception: async () => held,
    except: vi.fn(async (topic_id: string, level: Level, until: string | null) => (held = { topic_id, level, until })),
  },
}));
const { choices, Topic, ruleOf } = await import('./topic.svelte.ts');
const { notifications } = await import('./api.ts');
const { TopicMenu } = await import('./topicMenu.svelte.ts');

const now = Date.parse('2026-03-12T15:15:00Z');

describe('how much one hears of a conversation', () => {
  it('is chosen for good or for some hours', () => {
    expect(choices.map((choice) => ruleOf(choice, now))).toEqual([
      { level: 'all', until: null },
      { level: 'app', until: null },
      { level: 'nothing', until: '2026-03-12T16:15:00.000Z' },
      { level: 'nothing', until: '2026-03-12T23:15:00.000Z' },
      { level: 'nothing', until: null },
    ]);
  });

  it('is all again once the hours are over', async () => {
    const topic = new Topic('c');
    clock.now = now;
    await topic.load();
    await topic.choose({ level: 'nothing', until: '2026-03-12T16:15:00.000Z' });
    expect(topic.rule?.level).toBe('nothing');
    clock.now = now + 3_600_000;
    expect(topic.rule).toEqual({ level: 'all', until: null });
  });

  it('is put off for some hours in a chat, and all again when one likes', async () => {
    held = { topic_id: 'c', level: 'all', until: null };
    clock.now = now;
    const menu = new TopicMenu('c');
    const labels = () => menu.timed.map(({ label }) => label);
    expect(labels()).toEqual(['Nothing for 1 hour', 'Nothing for 8 hours']);
    menu.timed[0]!.run!();
    await vi.waitFor(() => expect(labels()).toEqual(['Everything', 'Nothing for 1 hour', 'Nothing for 8 hours']));
    menu.timed[0]!.run!();
    await vi.waitFor(() => expect(menu.less).toBeNull());
    expect(held).toMatchObject({ level: 'all', until: null });
  });

  it('is as before when the server does not take it', async () => {
    held = { topic_id: 'c', level: 'app', until: null };
    const topic = new Topic('c');
    await topic.load();
    vi.mocked(notifications.except).mockRejectedValueOnce(new Error('away'));
    await expect(topic.choose({ level: 'nothing', until: null })).rejects.toThrow('away');
    expect(topic.rule).toEqual({ level: 'app', until: null });
  });
});
