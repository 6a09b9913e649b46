import { describe, expect, it } from 'vitest';
import type { Change, Message, MessagePage, Reaction } from '../conversationTypes.ts';
import { Thread, type PageQuery, type ThreadSource } from './thread.svelte.ts';

const people = ['anna', 'ben', 'me'].map((id) => ({ id, name: id, picture: null }));
const MESSAGES = 4;

/** A server in a few lines: who reacted to which message with what. */
class Truth {
  number = MESSAGES;
  log: { number: number; kind: 'reaction_added' | 'reaction_removed'; person: string; ordinal: number; emoji: string }[] = [];
  versions = new Map<number, number>();

  toggle(person: string, ordinal: number, emoji: string): void {
    const there = this.#people(ordinal, emoji).includes(person);
    this.number += 1;
    this.versions.set(ordinal, this.number);
    this.log.push({ number: this.number, kind: there ? 'reaction_removed' : 'reaction_added', person, ordinal, emoji });
  }

  #people(ordinal: number, emoji: string): string[] {
    const there = new Set<string>();
    for (const step of this.log) {
      if (step.ordinal !== ordinal || step.emoji !== emoji) continue;
      if (step.kind === 'reaction_added') there.add(step.person);
      else there.delete(step.person);
    }
    return [...there];
  }

  #since(ordinal: number, emoji: string): number {
    let since = 0;
    const there = new Set<string>();
    for (const step of this.log) {
      if (step.ordinal !== ordinal || step.emoji !== emoji) continue;
      if (step.kind === 'reaction_added' && !there.size) since = step.number;
      if (step.kind === 'reaction_added') there.add(step.person);
      else there.delete(step.person);
    }
    return since;
  }

  #reaction(ordinal: number, emoji: string): Reaction {
    const there = this.#people(ordinal, emoji);
    return { emoji, count: there.length, since: this.#since(ordinal, emoji), people: people.filter(({ id }) => there.includes(id)) };
  }

  message(ordinal: number, personal: boolean): Message {
    const emoji = [...new Set(this.log.filter((step) => step.ordinal === ordinal).map((step) => step.emoji))];
    const reactions = emoji
      .map((each) => ({ ...this.#reaction(ordinal, each), ...(personal && { mine: this.#people(ordinal, each).includes('me') }) }))
      .filter(({ count }) => count)
      .sort((a, b) => a.since - b.since);
    return {
      id: `m${ordinal}`, conversation_id: 'c', ordinal, number: this.versions.get(ordinal) ?? ordinal, kind: 'text', party_id: 'p', sender: null,
      text: 'x', attachments: [], created_at: 'x', edited_at: null, deleted_at: null, key: null, reactions,
    };
  }

  edit(ordinal: number): void {
    this.number += 1;
    this.versions.set(ordinal, this.number);
  }

  changes(after: number): Change[] {
    const edits = [...this.versions].filter(([, number]) => number > after && !this.log.some((step) => step.number === number));
    const edited = edits.map(([ordinal, number]): Change => ({ number, kind: 'message_edited', at: 'x', message: this.message(ordinal, false) }));
    const steps = this.log.filter(({ number }) => number > after).map(({ number, kind, person, ordinal, emoji }): Change => {
      const later = this.log.some((other) => other.number > number && other.person === person && other.ordinal === ordinal && other.emoji === emoji);
      if (later) return { number, kind, at: 'x', message: null, person: null, reaction: null };
      const { mine: _, ...reaction } = this.#reaction(ordinal, emoji);
      return { number, kind, at: 'x', message: null, person: people.find(({ id }) => id === person)!, reaction: { ...reaction, since: reaction.since || number, message_id: `m${ordinal}`, ordinal } };
    });
    return [...edited, ...steps].sort((a, b) => a.number - b.number);
  }

  page({ before }: PageQuery): MessagePage {
    const ordinals = before ? [1, 2] : [3, 4];
    return { items: ordinals.map((ordinal) => this.message(ordinal, true)), first_ordinal: 1, last_ordinal: MESSAGES, number: this.number };
  }
}

/** A page that is read at once and answered when the test says so. */
function slowly(truth: Truth): { source: ThreadSource; answer: () => void } {
  let waiting = () => {};
  const source: ThreadSource = {
    page: (query) => {
      const page = truth.page(query);
      return query.before ? new Promise((resolve) => (waiting = () => resolve(page))) : Promise.resolve(page);
    },
    changes: async (after) => ({ conversation_id: 'c', after, until: truth.number, head: truth.number, changes: truth.changes(after) }),
    me: () => 'me',
  };
  return { source, answer: () => waiting() };
}

describe('reactions in a thread', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('are what a fresh read has, in whatever order pages and frames come (%i)', async (seed) => {
    let state = seed;
    const chance = (n: number) => (state = (state * 1103515245 + 12345) % 2 ** 31) % n;
    const truth = new Truth();
    const { source, answer } = slowly(truth);
    const thread = new Thread(source);
    await thread.open();
    let older: Promise<void> | null = null;
    for (let step = 0; step < 80; step += 1) {
      if (chance(8) === 0) truth.edit(1 + chance(MESSAGES));
      else truth.toggle(people[chance(3)]!.id, 1 + chance(MESSAGES), ['👍', '🍐'][chance(2)]!);
      if (step === 30) older = thread.loadOlder();
      if (step === 50) answer();
      if (step === 50) await older;
      if (chance(3) === 0) await thread.receive({ after: thread.number, until: truth.number, changes: truth.changes(thread.number) });
    }
    await thread.catchUp();
    expect(thread.messages).toEqual([1, 2, 3, 4].map((ordinal) => truth.message(ordinal, true)));
  });

  it('are one’s own at once when the answer comes, and still when the frame follows', async () => {
    const truth = new Truth();
    const thread = new Thread(slowly(truth).source);
    await thread.open();
    truth.toggle('me', 4, '👍');
    thread.merge(truth.message(4, true));
    expect(thread.messages.at(-1)!.reactions![0]).toMatchObject({ count: 1, mine: true });
    await thread.receive({ after: 4, until: 5, changes: truth.changes(4) });
    expect(thread.messages.at(-1)).toEqual(truth.message(4, true));
  });
});
