/** What people are called now, who stand in texts by their ids: asked once for each, and anew when somebody changes. */
import { directory } from '../../colleagues/api.ts';
import type { Colleague } from '../../colleagues/types.ts';
import { live } from '../../core/live/live.svelte.ts';
import { session } from '../../core/session.svelte.ts';
import type { Id } from '../../core/types.ts';

class Names {
  #known = $state.raw<ReadonlyMap<Id, string>>(new Map());
  #asked = new Set<Id>();
  #queue: Promise<void> = Promise.resolve();

  constructor() {
    live.on('party', ({ changes }) => changes.forEach(({ kind, subject }) => kind === 'colleague_changed' && this.#asked.has(subject) && this.#ask(subject)));
  }

  /** Undefined until it is known, and for who is no colleague of the reader. */
  of(person: Id): string | undefined {
    return this.#known.get(person);
  }

  /** Something shows this person. */
  want(person: Id): void {
    if (this.#asked.has(person) || !session.me?.roles.includes('employee')) return;
    this.#asked.add(person);
    this.#ask(person);
  }

  learn({ id, name }: Pick<Colleague, 'id' | 'name'>): void {
    if (this.#known.get(id) !== name) this.#known = new Map(this.#known).set(id, name);
  }

  /** One after the other: nobody waits for them, the name of then stands there meanwhile. */
  #ask(person: Id): void {
    this.#queue = this.#queue.then(async () => {
      try {
        this.learn(await directory.person(person));
      } catch {
        // Gone, or no answer: the name of then stays.
      }
    });
  }
}

export const names = new Names();
