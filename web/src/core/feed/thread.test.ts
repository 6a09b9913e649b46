import { describe, expect, it } from 'vitest';
import type { Change, ChangePage, Message, MessagePage } from '../conversationTypes.ts';
import { Thread, type PageQuery, type ChangeRange } from './thread.svelte.ts';

/** A server in a few lines: the truth that a thread must come to hold. */
class Truth {
  messages: Message[] = [];
  log: { number: number; kind: Change['kind']; ordinal: number }[] = [];

  get number(): number {
    return this.log.length;
  }

  send(text: string, key: string | null = null): Message {
    const number = this.number + 1;
    const ordinal = this.messages.length + 1;
    this.messages.push({
      id: `m${ordinal}`, conversation_id: 'c', ordinal, number, kind: 'text', party_id: 'p', sender: null, text,
      attachments: [], created_at: '2026-01-01T00:00:00Z', edited_at: null, deleted_at: null, key,
    });
    this.log.push({ number, kind: 'message_sent', ordinal });
    return this.messages[ordinal - 1]!;
  }

  change(ordinal: number, kind: 'message_edited' | 'message_deleted'): Message {
    const number = this.number + 1;
    const text = kind === 'message_edited' ? `edited ${number}` : '';
    const message = { ...this.messages[ordinal - 1]!, number, text, deleted_at: kind === 'message_deleted' ? 'x' : null };
    this.messages[ordinal - 1] = message;
    this.log.push({ number, kind, ordinal });
    return message;
  }

  range(after: number, until = this.number): ChangeRange {
    const changes = this.log.slice(after, until).map(({ number, kind, ordinal }) => ({ number, kind, at: 'x', message: this.messages[ordinal - 1]! }));
    return { after, until, changes };
  }

  changes(after: number, limit = 5): ChangePage {
    const until = Math.min(this.number, after + limit);
    return { conversation_id: 'c', head: this.number, ...this.range(after, until) };
  }

  page({ before, after, around, limit = 50 }: PageQuery): MessagePage {
    const end = this.messages.length;
    const size = Math.min(limit, 7);
    let from = end - size;
    if (before) from = before - 1 - size;
    if (after) from = after;
    if (around) from = around - 1 - (size >> 1);
    const to = before ? before - 1 : Math.min(end, Math.max(from, 0) + size);
    const items = this.messages.slice(Math.max(0, from), Math.max(0, to));
    return { items, first_ordinal: 1, last_ordinal: end, number: this.number };
  }
}

/** Answers wait here until the test lets them through; each was read when it was asked for. */
class Wire {
  waiting: (() => void)[] = [];

  answer<T>(value: T, fails: boolean): Promise<T> {
    return new Promise((resolve, reject) => this.waiting.push(() => (fails ? reject(new Error('cut')) : resolve(value))));
  }
}

function seeded(seed: number): () => number {
  return () => {
    seed = (seed * 1664525 + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
}

const settle = async () => {
  for (let turn = 0; turn < 6; turn += 1) await Promise.resolve();
};

function expectContiguous(thread: Thread): void {
  thread.messages.forEach((message, index) => expect(message.ordinal).toBe(thread.first + index));
}

describe('a thread', () => {
  it('applies what continues it, ignores what it holds and fetches a gap', async () => {
    const truth = new Truth();
    const thread = new Thread({ page: async (query) => truth.page(query), changes: async (after) => truth.changes(after) });
    truth.send('one');
    await thread.open();
    truth.send('two');
    await thread.receive(truth.range(1));
    await thread.receive(truth.range(0, 1));
    truth.send('three');
    truth.change(1, 'message_edited');
    truth.send('four');
    await thread.receive(truth.range(4));
    expect(thread.messages).toEqual(truth.messages);
    expect(thread.number).toBe(5);
  });

  it('takes a part of a frame that it holds half of', async () => {
    const truth = new Truth();
    const thread = new Thread({ page: async (query) => truth.page(query), changes: async (after) => truth.changes(after) });
    truth.send('one');
    await thread.open();
    truth.send('two');
    truth.change(1, 'message_deleted');
    await thread.receive(truth.range(0));
    expect(thread.messages).toEqual(truth.messages);
  });

  it('shows an own message that was answered before those in front of it arrived', async () => {
    const truth = new Truth();
    const thread = new Thread({ page: async (query) => truth.page(query), changes: async (after) => truth.changes(after) });
    truth.send('one');
    await thread.open();
    truth.send('two, from elsewhere');
    const own = truth.send('three', 'k');
    thread.merge(own);
    expect(thread.ahead).toEqual([own]);
    await thread.receive(truth.range(1, 2));
    expect(thread.messages).toEqual(truth.messages);
    expect(thread.ahead).toEqual([]);
    await thread.receive(truth.range(2, 3));
    expect(thread.messages).toEqual(truth.messages);
  });

  it('begins again where the server was restored and gives its numbers anew', async () => {
    const lost = new Truth();
    const truth = new Truth();
    let server = lost;
    const thread = new Thread({ page: async (query) => server.page(query), changes: async (after) => server.changes(after) });
    for (const each of [lost, truth]) each.send('one');
    lost.send('said after the backup');
    lost.send('and one more');
    await thread.open();
    server = truth;
    truth.send('said after the restore');
    await thread.catchUp();
    expect(thread.messages).toEqual(truth.messages);
    truth.send('and heard');
    await thread.receive(truth.range(2));
    expect(thread.messages).toEqual(truth.messages);
  });

  it('keeps an edit that overtook the page with the older text', async () => {
    const truth = new Truth();
    const wire = new Wire();
    const thread = new Thread({ page: (query) => wire.answer(truth.page(query), false), changes: async (after) => truth.changes(after) });
    for (let index = 0; index < 20; index += 1) truth.send(`text ${index}`);
    const opening = thread.open();
    wire.waiting.shift()!();
    await opening;
    const older = thread.loadOlder();
    const before = truth.number;
    truth.change(10, 'message_edited');
    await thread.receive(truth.range(before));
    wire.waiting.shift()!();
    await older;
    expect(thread.find(10)).toEqual(truth.messages[9]);
  });

  it.each(Array.from({ length: 300 }, (_, seed) => seed))('holds what a fresh read holds, interleaving %i', async (seed) => {
    const random = seeded(seed + 1);
    const below = (limit: number) => Math.floor(random() * limit);
    const truth = new Truth();
    const wire = new Wire();
    const fails = () => random() < 0.1;
    const thread = new Thread({ page: (query) => wire.answer(truth.page(query), fails()), changes: (after) => wire.answer(truth.changes(after), fails()) });
    for (let index = below(40); index > 0; index -= 1) truth.send(`old ${index}`);
    let told = truth.number;
    let connected = true;
    const ignore = () => undefined;
    thread.open().catch(ignore);

    for (let step = 0; step < 120; step += 1) {
      const count = truth.messages.length;
      const dice = below(15);
      if (dice < 4) truth.send(`new ${step}`);
      else if (dice === 4 && count) truth.change(1 + below(count), 'message_edited');
      else if (dice === 5 && count) truth.change(1 + below(count), 'message_deleted');
      else if (dice === 6) thread.merge(truth.send(`own ${step}`, `k${step}`));
      else if (dice === 7) thread.loadOlder().catch(ignore);
      else if (dice === 8) thread.loadNewer().catch(ignore);
      else if (dice === 9 && count) thread.reach(1 + below(count)).catch(ignore);
      else if (dice === 10) connected = random() < 0.5;
      else if (dice === 11) thread.toLatest().catch(ignore);
      else if (wire.waiting.length) wire.waiting.splice(below(wire.waiting.length), 1)[0]!();
      if (connected && told < truth.number && random() < 0.6) {
        thread.receive(truth.range(told)).catch(ignore);
        told = truth.number;
      } else if (!connected) told = truth.number;
      await settle();
      expectContiguous(thread);
    }

    // The connection is back: catch up, then read to both ends.
    const finish = async (work: () => Promise<void>) => {
      for (let attempt = 0; attempt < 60; attempt += 1) {
        let done = false;
        work().then(() => (done = true)).catch(ignore);
        await settle();
        while (wire.waiting.length) {
          wire.waiting.shift()!();
          await settle();
        }
        if (done) return;
      }
      throw new Error('never finished');
    };
    if (!thread.loaded) await finish(() => thread.open());
    for (let turn = 0; turn < 200 && !(thread.number === truth.number && thread.atStart && thread.atEnd); turn += 1) {
      await finish(() => thread.catchUp());
      await finish(() => thread.loadOlder());
      await finish(() => thread.loadNewer());
    }
    expect(thread.messages).toEqual(truth.messages);
    expect(thread.number).toBe(truth.number);
    expect(thread.ahead).toEqual([]);
  });
});
