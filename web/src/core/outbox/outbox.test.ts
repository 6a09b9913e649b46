import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem, NetworkFailure } from '../problem.ts';
import type { Message } from '../conversationTypes.ts';
import { MemoryStore, type Entry } from './entries.ts';
import { Outbox, type Sent, type OutboxPorts } from './outbox.svelte.ts';

const there = { conversation: 'c' };

/** A server that keeps each key once, a disk that outlives tabs, and a lock between them. */
class World {
  store = new MemoryStore();
  arrived: Entry[] = [];
  attempts: string[] = [];
  who: string | null = 'anna';
  trouble: (entry: Entry) => 'none' | 'lost' | 'answer lost' | ApiProblem = () => 'none';
  #turn: Promise<void> = Promise.resolve();

  tab(): Outbox {
    return new Outbox({ store: this.store, post: (entry) => this.#post(entry), alone: (work) => this.#alone(work), identify: async () => this.who, announce: () => undefined } satisfies OutboxPorts);
  }

  async #post(entry: Entry): Promise<Sent> {
    this.attempts.push(entry.key);
    await Promise.resolve();
    const trouble = this.trouble(entry);
    if (trouble instanceof ApiProblem) throw trouble;
    if (trouble === 'lost') throw new NetworkFailure();
    if (!this.arrived.some(({ key }) => key === entry.key)) this.arrived.push(entry);
    if (trouble === 'answer lost') throw new NetworkFailure();
    return { message: { key: entry.key, text: entry.text } as Message };
  }

  #alone(work: () => Promise<void>): Promise<void> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }
}

const texts = (world: World) => world.arrived.map(({ text }) => text);

describe('the outbox', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('stores before it sends and forgets when the server has answered', async () => {
    const world = new World();
    const outbox = world.tab();
    await outbox.start('anna');
    const sent: string[] = [];
    outbox.onSent(({ text }) => sent.push(text));
    await outbox.add({ target: there, lane: 'c', text: 'hello' });
    expect(outbox.entries).toHaveLength(1);
    await vi.runAllTimersAsync();
    expect(texts(world)).toEqual(['hello']);
    expect(sent).toEqual(['hello']);
    expect(outbox.entries).toEqual([]);
    expect(await world.store.all()).toEqual([]);
  });

  it('repeats with the same key until it gets through, in order, once each', async () => {
    const world = new World();
    const dice = [0.1, 0.7, 0.2, 0.9, 0.4, 0.6, 0.05, 0.95];
    let throws = 0;
    world.trouble = () => {
      const roll = dice[throws++ % dice.length]!;
      return roll < 0.3 ? 'lost' : roll < 0.65 ? 'answer lost' : 'none';
    };
    const outbox = world.tab();
    await outbox.start('anna');
    for (const text of ['1', '2', '3', '4', '5']) await outbox.add({ target: there, lane: 'c', text });
    await vi.advanceTimersByTimeAsync(600_000);
    expect(texts(world)).toEqual(['1', '2', '3', '4', '5']);
    expect(new Set(world.attempts).size).toBe(5);
    expect(outbox.entries).toEqual([]);
  });

  it('goes out from another tab after its own was closed', async () => {
    const world = new World();
    world.trouble = () => 'lost';
    const closed = world.tab();
    await closed.start('anna');
    await closed.add({ target: there, lane: 'c', text: 'written offline' });
    await closed.start(null);
    world.trouble = () => 'none';
    const next = world.tab();
    await next.start('anna');
    await vi.runAllTimersAsync();
    expect(texts(world)).toEqual(['written offline']);
  });

  it('sends once when several tabs are open', async () => {
    const world = new World();
    const tabs = [world.tab(), world.tab(), world.tab()];
    for (const tab of tabs) await tab.start('anna');
    await tabs[0]!.add({ target: there, lane: 'c', text: 'one' });
    for (const tab of tabs) await tab.reload();
    await Promise.all(tabs.map((tab) => tab.wake()));
    await vi.runAllTimersAsync();
    expect(world.attempts).toHaveLength(1);
  });

  it('keeps a refused message with its reason until it is repeated or deleted, and sends the next', async () => {
    const world = new World();
    world.trouble = ({ text }) => (text === 'bad' ? new ApiProblem(422, { code: 'text_too_long', detail: 'too long' }, 'r1') : 'none');
    const outbox = world.tab();
    await outbox.start('anna');
    const bad = await outbox.add({ target: there, lane: 'c', text: 'bad' });
    await outbox.add({ target: there, lane: 'c', text: 'good' });
    await vi.runAllTimersAsync();
    expect(texts(world)).toEqual(['good']);
    expect(outbox.entries).toMatchObject([{ key: bad.key, refusal: { code: 'text_too_long', requestId: 'r1' } }]);
    world.trouble = () => 'none';
    await outbox.retry(bad.key);
    await vi.runAllTimersAsync();
    expect(texts(world)).toEqual(['good', 'bad']);
    expect(world.attempts.filter((key) => key === bad.key)).toHaveLength(2);
  });

  it('waits out an overloaded server instead of giving up', async () => {
    const world = new World();
    let refusals = 3;
    world.trouble = () => (refusals-- > 0 ? new ApiProblem(503, {}, '') : 'none');
    const outbox = world.tab();
    await outbox.start('anna');
    await outbox.add({ target: there, lane: 'c', text: 'patience' });
    await vi.advanceTimersByTimeAsync(120_000);
    expect(texts(world)).toEqual(['patience']);
  });

  it('does not hold up one conversation for another', async () => {
    const world = new World();
    world.trouble = ({ lane }) => (lane === 'stuck' ? 'lost' : 'none');
    const outbox = world.tab();
    await outbox.start('anna');
    await outbox.add({ target: there, lane: 'stuck', text: 'a' });
    await outbox.add({ target: { partner: 'p' }, lane: 'free', text: 'b' });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(texts(world)).toEqual(['b']);
  });

  it('never sends as somebody else', async () => {
    const world = new World();
    world.trouble = () => 'lost';
    const outbox = world.tab();
    await outbox.start('anna');
    await outbox.add({ target: there, lane: 'c', text: 'from Anna' });
    await vi.advanceTimersByTimeAsync(100);
    world.trouble = () => 'none';
    world.who = 'boris';
    await vi.advanceTimersByTimeAsync(100_000);
    await outbox.start('boris');
    await vi.advanceTimersByTimeAsync(100_000);
    expect(outbox.entries).toEqual([]);
    expect(texts(world)).toEqual([]);
    world.who = 'anna';
    await outbox.start('anna');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(texts(world)).toEqual(['from Anna']);
  });

  it('clears what a person leaves unsent and nothing of others', async () => {
    const world = new World();
    world.trouble = () => 'lost';
    const outbox = world.tab();
    await outbox.start('anna');
    await outbox.add({ target: there, lane: 'c', text: 'gone' });
    await outbox.start('boris');
    await outbox.add({ target: there, lane: 'c', text: 'stays' });
    await outbox.clear('anna');
    expect((await world.store.all()).map(({ text }) => text)).toEqual(['stays']);
  });
});
