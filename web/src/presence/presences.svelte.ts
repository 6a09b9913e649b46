/**
 * Who of the people on the page is there. Components say whom they show; the server is told together for all of them,
 * and tells of nobody else.
 */
import { SvelteMap } from 'svelte/reactivity';
import { live, type Live } from '../core/live/live.svelte.ts';
import type { Presence } from '../core/presenceTypes.ts';
import { session } from '../core/session.svelte.ts';
import type { Id } from '../core/types.ts';

/** How many the server tells a client of. */
export const MOST = 1_000;
/** What comes onto the page within this time is named together; in milliseconds. */
export const GATHER = 150;
/** Who has left the page is named along for a while: many come back at once. */
export const LINGER = 5_000;
/** A client may send 8,192 bytes a second, and an id takes 39 of them. */
const PACE_OF_AN_ID = 39 / 8.192;

export class Presences {
  #live: Pick<Live, 'on' | 'onWelcome' | 'send'>;
  #held = new SvelteMap<Id, Presence>();
  /** How often each is on the page, in the order in which they came. */
  #shown = new Map<Id, number>();
  #named = new Set<Id>();
  #mayNameAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #dueAt = Infinity;

  constructor(connection: Pick<Live, 'on' | 'onWelcome' | 'send'>) {
    this.#live = connection;
    connection.on('presence', ({ snapshot, people }) => this.#take(snapshot, people));
    // A connection begins with showing nobody.
    connection.onWelcome(async () => this.#name());
  }

  /** What is known of somebody who is shown. */
  of(person: Id): Presence | undefined {
    return this.#held.get(person);
  }

  /** Shows somebody until the returned function is called. */
  show(person: Id): () => void {
    this.#shown.set(person, (this.#shown.get(person) ?? 0) + 1);
    if (!this.#named.has(person)) this.#nameWithin(GATHER);
    return () => {
      const left = (this.#shown.get(person) ?? 0) - 1;
      if (left > 0) return void this.#shown.set(person, left);
      this.#shown.delete(person);
      this.#nameWithin(LINGER);
    };
  }

  /** What is held of one person's colleagues is nothing to the next. */
  clear(): void {
    this.#held.clear();
    this.#named.clear();
  }

  #nameWithin(wait: number): void {
    const at = Math.max(Date.now() + wait, this.#mayNameAt);
    if (at >= this.#dueAt) return;
    clearTimeout(this.#timer);
    this.#dueAt = at;
    this.#timer = setTimeout(() => this.#name(), at - Date.now());
  }

  #name(): void {
    clearTimeout(this.#timer);
    this.#dueAt = Infinity;
    if (!session.me?.roles.includes('employee')) return;
    // Whoever came last is what is looked at.
    const people = [...this.#shown.keys()].slice(-MOST);
    if (!people.length && !this.#named.size) return;
    this.#named = new Set(people);
    this.#mayNameAt = Date.now() + people.length * PACE_OF_AN_ID;
    this.#live.send({ type: 'show_presence', people });
  }

  #take(snapshot: boolean, people: Presence[]): void {
    for (const presence of people) this.#held.set(presence.id, presence);
    if (!snapshot) return;
    const told = new Set(people.map(({ id }) => id));
    for (const id of [...this.#held.keys()]) if (!told.has(id)) this.#held.delete(id);
  }
}

export const presences = new Presences(live);
session.onSignedOut(() => presences.clear());
