/** How much the reader hears of one conversation: known once asked, changed at once, and back again when it was not taken. */
import { clock } from '../i18n/clock.svelte.ts';
import type { Id, Iso } from '../core/types.ts';
import { notifications } from './api.ts';
import { inHours } from './disturb.ts';
import type { Level } from './types.ts';

export interface Wish {
  level: Level;
  until: Iso | null;
}

/** What can be chosen, in the order of the menu; `hours`: it ends by itself. */
export const choices = [
  { name: 'all', level: 'all' },
  { name: 'app', level: 'app' },
  { name: 'hour', level: 'nothing', hours: 1 },
  { name: 'hours', level: 'nothing', hours: 8 },
  { name: 'nothing', level: 'nothing' },
] as const satisfies { name: string; level: Level; hours?: number }[];

export type Choice = (typeof choices)[number];

export const wishOf = (choice: Choice, now: number): Wish => ({ level: choice.level, until: 'hours' in choice ? inHours(choice.hours, now) : null });

export class Topic {
  #wish = $state.raw<Wish | null>(null);
  #asked = 0;

  constructor(readonly id: Id) {}

  /** What holds now; null until it is known. One that has ended says nothing any more. */
  get wish(): Wish | null {
    const wish = this.#wish;
    return wish?.until && Date.parse(wish.until) <= clock.now ? { level: 'all', until: null } : wish;
  }

  async load(): Promise<void> {
    const asked = ++this.#asked;
    const { level, until } = await notifications.exception(this.id);
    if (asked === this.#asked) this.#wish = { level, until };
  }

  /** Throws when the server did not take it; then all is as before. */
  async choose(wish: Wish): Promise<void> {
    const before = this.#wish;
    const asked = ++this.#asked;
    this.#wish = wish;
    try {
      const { level, until } = await notifications.except(this.id, wish.level, wish.until);
      if (asked === this.#asked) this.#wish = { level, until };
    } catch (error) {
      if (asked === this.#asked) this.#wish = before;
      throw error;
    }
  }
}
