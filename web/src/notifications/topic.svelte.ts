/** How much the reader hears of one conversation: known once asked, changed at once, and back again when it was not taken. */
import type { Id, Iso } from '../core/types.ts';
import { clock } from '../i18n/clock.svelte.ts';
import { notifications } from './api.ts';
import { inHours } from './disturb.ts';
import type { Level } from './types.ts';

export interface TopicRule {
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

export const ruleOf = (choice: Choice, now: number): TopicRule => ({ level: choice.level, until: 'hours' in choice ? inHours(choice.hours, now) : null });

export class Topic {
  #rule = $state.raw<TopicRule | null>(null);
  #asked = 0;

  constructor(readonly id: Id) {}

  /** What holds now; null until it is known. One that has ended says nothing any more. */
  get rule(): TopicRule | null {
    const rule = this.#rule;
    return rule?.until && Date.parse(rule.until) <= clock.now ? { level: 'all', until: null } : rule;
  }

  async load(): Promise<void> {
    const asked = ++this.#asked;
    const { level, until } = await notifications.exception(this.id);
    if (asked === this.#asked) this.#rule = { level, until };
  }

  /** Throws when the server did not take it; then all is as before. */
  async choose(rule: TopicRule): Promise<void> {
    const before = this.#rule;
    const asked = ++this.#asked;
    this.#rule = rule;
    try {
      const { level, until } = await notifications.except(this.id, rule.level, rule.until);
      if (asked === this.#asked) this.#rule = { level, until };
    } catch (error) {
      if (asked === this.#asked) this.#rule = before;
      throw error;
    }
  }
}
